"""The same system in several sources becomes a question for a person, never a merge against what is known."""

from collections.abc import Iterator

import pytest

from kg.model import Claim, Entity, EntityId, Place, Record, Relation
from kg.store import open_store
from kg.store.base import Delivery, GraphStore
from kg.store.clusters import clusters, read_clusters
from kg.store.judgements import Sameness, judge
from queries.proposals import proposals
from queries.review import lines, review_list

A, B, PLAN = "census/2023.xlsx", "census/2024.xlsx", "proposal.docx"


@pytest.fixture
def store() -> Iterator[GraphStore]:
    with open_store("memory:", create=True) as opened:
        yield opened


def told(store: GraphStore, document: str, *systems: Entity, owner: str = "") -> None:
    """One delivery that tells of systems, all of one owner where one is given."""
    run = store.begin(document)
    delivery = Delivery(document, "census", None, None, "2024-01-01", len(systems))
    records = []
    for at, system in enumerate(systems):
        claim = Claim("census", document, "2024-01-01", Place(row=at + 1))
        unit = (Entity(EntityId(owner), "Organization", owner),) if owner else ()
        owned = (Relation(EntityId(owner), "OWNS", system.id),) if owner else ()
        records.append(Record(system.id, claim, (*unit, system), owned))
    store.upsert(run, delivery, records)
    store.finish(run, status="complete", summary={})


def system(ident: str, name: str, **said: str) -> Entity:
    return Entity(EntityId(ident), "System", name, {"description": f"{name}的建设内容", **said})


def found(store: GraphStore) -> list[tuple[str, str]]:
    return [(one.a, one.b) for one in proposals(store)]


def test_the_same_system_in_two_censuses_and_a_proposal_is_asked(store: GraphStore) -> None:
    told(store, A, system("a1", "居家养老服务管理系统"), system("a2", "公务用车调度系统"))
    told(store, B, system("b1", "居家养老服务管理平台"), system("b2", "河湖巡查系统"))
    told(store, PLAN, system("c1", "公务用车调度平台"))
    assert set(found(store)) == {("a1", "b1"), ("a2", "c1")}
    assert not read_clusters(store).members


def test_a_proposed_pair_stands_on_the_review_list_until_it_is_judged(store: GraphStore) -> None:
    told(store, A, system("a1", "居家养老服务管理系统"))
    told(store, B, system("b1", "居家养老服务管理平台"))
    (item,) = review_list(store, proposed=proposals(store)).to_json()["items"]
    assert (item["id"], item["candidates"][0]["id"], item["reason"]) == ("a1", "b1", "may_be_one")
    assert item["score"] >= 0.5
    judge(
        store,
        (EntityId("a1"), EntityId("b1")),
        Sameness.SAME,
        by="某人",
        because="同一",
        said_on="2024-02-01",
    )
    assert review_list(store, proposed=proposals(store)).total == 0


def test_the_list_tells_how_sure_a_pair_is_and_how_to_judge_it(store: GraphStore) -> None:
    told(store, A, system("a1", "居家养老服务管理系统"))
    assert list(lines(review_list(store))) == ["待确认 0 项"]
    told(store, B, system("b1", "居家养老服务管理平台"))
    shown = list(lines(review_list(store, proposed=proposals(store))))
    assert any("b1  把握 " in line and line.endswith("%") for line in shown)
    assert shown[-1].startswith("逐项判定：kg judge")


def test_what_a_person_holds_apart_is_never_proposed(store: GraphStore) -> None:
    told(store, A, system("a1", "居家养老服务管理系统"))
    told(store, B, system("b1", "居家养老服务管理系统"))
    assert found(store) == [("a1", "b1")]
    pair = EntityId("b1"), EntityId("a1")
    judge(store, pair, Sameness.DIFFERENT, by="某人", because="两套", said_on="2024-02-01")
    assert found(store) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"code": "450100-001"}, {"code": "450100-002"}),
        ({"region": "450100"}, {"region": "450200"}),
    ],
)
def test_different_codes_or_regions_are_never_proposed(
    one: dict[str, str], other: dict[str, str], store: GraphStore
) -> None:
    told(store, A, system("a1", "居家养老服务管理系统", **one))
    told(store, B, system("b1", "居家养老服务管理系统", **other))
    assert found(store) == []


def test_different_owners_are_never_proposed(store: GraphStore) -> None:
    told(store, A, system("a1", "居家养老服务管理系统"), owner="南宁市民政局")
    told(store, B, system("b1", "居家养老服务管理系统"), owner="柳州市民政局")
    assert found(store) == []


def test_systems_of_one_document_are_never_proposed(store: GraphStore) -> None:
    told(store, A, system("a1", "居家养老服务管理系统"), system("a2", "居家养老服务管理平台"))
    assert found(store) == []


def test_judgements_that_contradict_each_other_merge_nothing_and_are_told() -> None:
    a, b, c, d, e = (EntityId(i) for i in "abcde")
    said = [((a, b), True), ((b, c), True), ((d, e), True)]
    torn = clusters(said, [(a, c)])
    assert torn.members == {d: (d, e)}
    assert torn.refused == ((a, b), (b, c))
    assert clusters(said[::-1], [(c, a)]) == torn
