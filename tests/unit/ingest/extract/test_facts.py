"""What a document says, as records of the graph."""

from decimal import Decimal
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


@pytest.mark.parametrize("organ", ["海岚省水利厅", "南宁市民政局", "云屏市人民政府办公室"])
def test_a_system_whose_name_begins_with_an_organ_is_owned_by_it(organ: str) -> None:
    said = relations(read(f"{organ}河长制系统对接地质灾害预警系统。"))
    assert (f"Organization/{organ}", "OWNS", f"System/{organ}河长制系统") in said


@pytest.mark.parametrize("name", ["南宁市智慧政务局域网管理系统", "省数字政府运营平台", "海岚省养老服务平台"])
def test_a_system_whose_name_begins_with_no_organ_has_no_owner_by_it(name: str) -> None:
    assert "OWNS" not in {kind for _, kind, _ in relations(read(f"{name}对接地质灾害预警系统。"))}


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


@pytest.mark.shared
def test_the_founding_brief_names_no_project_and_the_offices_of_its_region(shared_data: Path) -> None:
    text = (shared_data / "cn" / "founding_brief.txt").read_text(encoding="utf-8")
    records = read(*text.splitlines())
    found = {(item.type, item.name) for record in records for item in record.entities}
    assert "Project" not in {type_ for type_, _ in found}
    assert ("System", "数字政务一体化平台") in found
    assert ("Organization", "广西壮族自治区发展改革委") in found
    lying = {source for source, kind, target in relations(records) if kind == "LOCATED_IN"}
    assert {"Organization/广西壮族自治区发展改革委", "Organization/广西壮族自治区信息中心"} <= lying


def test_the_number_of_a_heading_is_no_part_of_a_project() -> None:
    records = read("（二）智慧水务升级项目已经批复。")
    assert [f.name for record in records for f in record.entities] == ["智慧水务升级项目"]


def entity(records: list[Record], key: str) -> dict[str, object]:
    return {
        name: value
        for record in records
        for found in record.entities
        for claim in found.claims
        if found.id == key
        for name, value in claim.properties.items()
    }


def test_the_budget_of_a_project_is_read_with_the_words_that_say_it() -> None:
    records = read("智慧水务升级项目由南宁市水利局建设。", "总投资1260万元。")
    assert entity(records, "Project/智慧水务升级项目") == {"budget": Decimal(12600000)}
    (claim,) = [
        claim for record in records for found in record.entities for claim in found.claims if claim.properties
    ]
    assert (claim.quote, claim.place.block, claim.rule) == ("总投资1260万元", 2, "detail.budget")


def test_an_entity_with_figures_keeps_its_name_claim() -> None:
    (record,) = read("养老服务信息系统自2023年7月1日起上线运行。")
    (system,) = [found for found in record.entities if found.type == "System"]
    assert [(claim.name, dict(claim.properties)) for claim in system.claims] == [
        ("养老服务信息系统", {}),
        (None, {"launched_on": "2023-07-01"}),
    ]


def test_a_company_that_builds_is_a_supplier_without_the_issuers_region() -> None:
    records = read("南宁市民政局建立养老服务信息系统。", "养老服务信息系统由南宁智云科技有限公司承建。")
    key = "Organization/南宁智云科技有限公司"
    assert (key, "SUPPLIES", "System/养老服务信息系统") in relations(records)
    assert entity(records, key) == {}


def test_an_agent_that_builds_nothing_is_no_organization() -> None:
    records = read("采购人：南宁市水利局，采购代理机构：广西建通工程咨询有限公司")
    names = {found.name for record in records for found in record.entities}
    assert "广西建通工程咨询有限公司" not in names


def test_a_project_named_after_a_place_lies_there() -> None:
    said = relations(read("南宁市智慧水务升级项目已经批复。"))
    assert ("Project/南宁市智慧水务升级项目", "LOCATED_IN", "Region/南宁市") in said


def test_what_is_to_be_done_is_a_plan_and_what_must_not_is_forbidden() -> None:
    records = read("市民政局应当建立养老服务信息系统。", "县民政局不得新建养老服务信息平台。")
    said = {str(item.target): item.modality for record in records for item in record.relations}
    assert said["System/养老服务信息系统"] is Modality.PLAN
    assert said["System/养老服务信息平台"] is Modality.FORBIDDEN


def test_what_is_denied_is_not_said() -> None:
    assert relations(read("养老服务信息系统尚未与省政务服务平台对接。")) == set()


def test_a_standard_is_followed_by_its_code() -> None:
    records = read("养老服务信息系统符合《养老服务平台技术规范》（GB/T 40692-2021）。")
    assert any(kind == "CONFORMS_TO" for _, kind, _ in relations(records))
    (standard,) = [f for record in records for f in record.entities if f.type == "Standard"]
    assert standard.properties == {"code": "GB/T 40692-2021"}


def test_a_relation_is_quoted_in_the_words_and_at_the_place_of_its_own_sentence() -> None:
    text = "市民政局建立養老服務信息系統(試點),運行良好."
    record = read("无关。", text)[-1]
    (claim,) = next(item for item in record.relations if item.type == "OWNS").claims
    assert claim.quote == text
    assert (claim.place.block, claim.place.start, claim.place.end) == (2, 0, len(text))
