"""Decisions of people: they join, hold apart, survive re-reading and can be withdrawn."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.errors import NotFoundError
from kg.model import Direction, EntityId
from kg.ontology import load_ontology
from kg.store import open_store
from kg.store.base import GraphStore
from kg.store.canonical import CanonicalReader
from kg.store.clusters import clusters
from kg.store.judgements import Sameness, judge, judgement_id, judgements, withdraw
from tests.conformance.graphs import (
    CENSUS,
    MANIFEST,
    OWNER,
    SEAL,
    SIGN,
    drop,
    entity,
    load,
    relation,
    row,
    seal_row,
)

OTHER = EntityId("asset-other")
DATE = "2024-07-01"


@pytest.fixture(params=["memory:", "sqlite"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[GraphStore]:
    url = f"sqlite:///{tmp_path}/kg.db" if request.param == "sqlite" else str(request.param)
    with open_store(url, create=True) as opened:
        fill(opened)
        yield opened


def fill(opened: GraphStore) -> None:
    load(opened, CENSUS, seal_row())
    other = entity(OTHER, "Component", "统一电子签章平台", remark="另一处", aliases=("签章台",))
    links = relation(OTHER, "PROVIDES", SIGN), relation(OTHER, "PROVIDES", "function-two")
    two = entity("function-two", "Function", "验章")
    load(opened, MANIFEST, row(MANIFEST, other, entity(SIGN, "Function", "在线签章"), two, *links))


def say(store: GraphStore, verdict: Sameness, because: str = "同一合同") -> None:
    judge(store, (OTHER, SEAL), verdict, by="张三", because=because, said_on=DATE)


def shown(store: GraphStore) -> CanonicalReader:
    return CanonicalReader(store, load_ontology())


def test_a_judgement_says_who_and_why(store: GraphStore) -> None:
    say(store, Sameness.SAME)
    (made,) = judgements(store)
    assert (made.a, made.b, made.verdict, made.by, made.because) == (OTHER, SEAL, "same", "张三", "同一合同")
    assert made.id == judgement_id(SEAL, OTHER)


def test_what_is_one_is_shown_as_one(store: GraphStore) -> None:
    say(store, Sameness.SAME)
    reader = shown(store)
    assert reader.canonical(SEAL) == reader.canonical(OTHER) == OTHER
    merged = reader.get([SEAL])[SEAL]
    assert (merged.id, merged.type, merged.name) == (OTHER, "Component", "电子印章系统")
    assert merged.properties["remark"] == "另一处"
    assert merged.properties["aliases"] == ("印章平台", "签章台")
    assert len(merged.claims) == 2
    assert [one.id for one in reader.entities()] == [OTHER, SIGN, "function-two", OWNER]
    assert [one.name for one in reader.entities(entity_type="Component")] == ["电子印章系统"]
    assert list(reader.entities(entity_type="System")) == []


def test_relations_of_one_thing_fall_together(store: GraphStore) -> None:
    say(store, Sameness.SAME)
    reader = shown(store)
    provided = list(reader.relations([SEAL]))
    assert [(one.source, one.target, len(one.claims)) for one in provided] == [
        (OTHER, SIGN, 2),
        (OTHER, "function-two", 1),
    ]
    assert [one.key for one in reader.relations()] == [
        (OTHER, "PROVIDES", SIGN),
        (OTHER, "PROVIDES", "function-two"),
        (OWNER, "OWNS", OTHER),
    ]
    assert [one.key for one in reader.relations([OTHER], direction=Direction.IN)] == [(OWNER, "OWNS", OTHER)]
    assert reader.counts() == {"Component": 1, "Function": 2, "OWNS": 1, "Organization": 1, "PROVIDES": 2}


def test_one_thing_is_found_once_under_every_name(store: GraphStore) -> None:
    say(store, Sameness.SAME)
    reader = shown(store)
    for text in ("电子印章系统", "统一电子签章", "签章台", "印章平台"):
        assert [one.id for one in reader.search(text)][:1] == [OTHER], text
    assert [one.id for one in reader.search("电子")] == [OTHER]
    assert reader.named("统一电子签章平台") == reader.named("电子印章系统") == [OTHER]


def test_a_judgement_survives_reading_the_source_again(store: GraphStore) -> None:
    say(store, Sameness.SAME)
    drop(store, CENSUS)
    assert judgements(store) == []
    load(store, CENSUS, seal_row(name="改名的系统"))
    assert [made.verdict for made in judgements(store)] == ["same"]
    assert shown(store).canonical(SEAL) == OTHER


def test_a_withdrawn_judgement_leaves_no_trace_in_the_open_graph(store: GraphStore) -> None:
    before = store.counts()
    say(store, Sameness.SAME)
    withdraw(store, judgement_id(SEAL, OTHER), said_on=DATE)
    assert store.counts() == before
    assert shown(store).canonical(SEAL) == SEAL
    with pytest.raises(NotFoundError):
        withdraw(store, judgement_id(SEAL, OTHER), said_on=DATE)


def test_a_later_verdict_takes_the_place_of_the_former(store: GraphStore) -> None:
    say(store, Sameness.SAME)
    say(store, Sameness.DIFFERENT, "两个合同")
    assert [made.verdict for made in judgements(store)] == ["different"]
    assert shown(store).canonical(SEAL) == SEAL
    say(store, Sameness.UNSURE)
    assert judgements(store) == []


def test_saying_the_same_again_changes_nothing(store: GraphStore) -> None:
    say(store, Sameness.SAME)
    say(store, Sameness.SAME)
    (made,) = judgements(store)
    assert made.verdict == "same"


def test_only_what_is_in_the_graph_can_be_judged(store: GraphStore) -> None:
    with pytest.raises(NotFoundError, match="asset-none"):
        judge(store, (SEAL, EntityId("asset-none")), Sameness.SAME, by="张三", because="", said_on=DATE)
    with pytest.raises(ValueError, match=SEAL):
        judge(store, (SEAL, SEAL), Sameness.SAME, by="张三", because="", said_on=DATE)


def test_the_past_knows_no_later_judgement(store: GraphStore) -> None:
    say(store, Sameness.SAME)
    assert shown(store).as_of("2024-06-30").counts()["System"] == 1
    assert "System" not in shown(store).as_of("2024-07-01").counts()


def test_a_rule_never_joins_what_a_person_holds_apart() -> None:
    a, b, c, d = map(EntityId, "abcd")
    found = clusters([((a, b), False), ((b, c), False), ((c, d), True)], [(a, d)])
    assert found.members == {"a": ("a", "b"), "c": ("c", "d")}
    assert found.refused == (("b", "c"),)
    assert found == clusters([((d, c), True), ((c, b), False), ((b, a), False)], [(d, a)])
