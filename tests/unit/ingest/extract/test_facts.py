"""What a document says, as records of the graph."""

from pathlib import Path

import pytest

from ingest.documents.blocks import Block, BlockKind, Document
from ingest.extract.facts import Said, facts
from kg.model import EntityId, Modality, Place, Record


def named(type_: str, name: str, *, owner: str) -> EntityId:
    return EntityId(f"{type_}/{name}" if type_ != "Function" else f"{type_}/{owner}/{name}")


def read(*paragraphs: str, region: str = "") -> list[Record]:
    blocks = tuple(
        Block(BlockKind.PARAGRAPH, Place(block=number), text)
        for number, text in enumerate(paragraphs, start=1)
    )
    document = Document("a.txt", "0" * 64, "text/plain", blocks)
    return list(facts(document, said=Said("policy", "2023-12-12", region), naming=named))


def relations(records: list[Record]) -> set[tuple[str, str, str]]:
    return {relation.key for record in records for relation in record.relations}


def test_building_is_owning() -> None:
    assert ("Organization/市民政局", "OWNS", "System/养老服务信息系统") in relations(
        read("市民政局建立养老服务信息系统。")
    )


def test_a_capability_formed_by_a_platform_is_offered_by_it() -> None:
    said = relations(read("在建设数字政务一体化平台中形成了电子印章、统一消息等应用。"))
    assert said == {
        ("System/数字政务一体化平台", "OFFERS", "capability:seal"),
        ("System/数字政务一体化平台", "OFFERS", "capability:message"),
    }


def test_using_a_generic_component_is_reuse_of_the_capability() -> None:
    said = relations(read("市民政局建立养老服务信息系统。养老服务信息系统调用电子证照。"))
    assert ("System/养老服务信息系统", "REUSES", "capability:license") in said


def test_an_organ_named_by_level_belongs_to_the_region_of_the_issuer() -> None:
    said = relations(read("广西壮族自治区信息中心", "自治区发展改革委建立公物仓管理系统。"))
    assert ("Organization/广西壮族自治区发展改革委", "LOCATED_IN", "Region/广西壮族自治区") in said


def test_places_count_within_their_block() -> None:
    first, second = read("省财政厅发布通知。", "市民政局建立养老服务信息系统。")
    place = second.entities[0].claims[0].place
    assert (place.block, place.start, place.end) == (2, 0, 4)
    assert first.entities[0].claims[0].place.block == 1


def test_a_plan_is_marked() -> None:
    (record,) = read("市民政局计划建设养老服务信息系统。")
    (relation,) = [item for item in record.relations if item.type == "OWNS"]
    assert relation.modality is Modality.PLAN


def test_every_end_of_a_relation_is_in_its_record() -> None:
    for record in read(
        "市民政局建立养老服务信息系统，提供在线预约、进度查询等功能。", "养老服务信息系统接入政务服务平台。"
    ):
        known = {entity.id for entity in record.entities}
        assert all({item.source, item.target} <= known for item in record.relations)


@pytest.mark.shared
def test_the_founding_brief_says_what_its_platform_offers(shared_data: Path) -> None:
    text = (shared_data / "cn" / "founding_brief.txt").read_text(encoding="utf-8")
    offered = {target for source, kind, target in relations(read(*text.splitlines())) if kind == "OFFERS"}
    assert offered == {"capability:license", "capability:seal", "capability:identity", "capability:message"}
