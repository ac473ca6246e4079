"""Walks over a snapshot: the same answers as a plain graph library, with paths that exist."""

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Direction, Entity, EntityId, Modality
from kg.ontology import load_ontology
from kg.snapshot import Snapshot, steps
from kg.store.memory import MemoryStore
from tests.conformance.graphs import CENSUS, load, relation, row

SYSTEMS = tuple(f"asset-{char}" for char in "甲乙丙丁戊abc")
EDGES = st.sets(
    st.tuples(
        st.sampled_from(SYSTEMS),
        st.sampled_from(["DEPENDS_ON", "PART_OF"]),
        st.sampled_from(SYSTEMS),
        st.sampled_from([None, "plan", "forbidden"]),
    ),
    max_size=24,
)
Drawn = set[tuple[str, str, str, str | None]]


def _snapshot(edges: Drawn) -> Snapshot:
    store = MemoryStore(load_ontology())
    facts = [Entity(EntityId(name), "System", name) for name in SYSTEMS]
    known = {(a, kind, b): modality for a, kind, b, modality in sorted(edges, key=str)}
    links = [relation(*key, {"modality": value} if value else {}) for key, value in known.items()]
    load(store, CENSUS, row(CENSUS, *facts, *links))
    return Snapshot.build(store)


def _one_modality(edges: Drawn) -> dict[tuple[str, str, str], str | None]:
    return {(a, kind, b): modality for a, kind, b, modality in sorted(edges, key=str)}


def _plain(edges: Drawn, kinds: set[str], modalities: set[str | None]) -> "nx.DiGraph[str]":
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(SYSTEMS)
    for (source, kind, target), modality in _one_modality(edges).items():
        if kind in kinds and modality in modalities:
            graph.add_edge(source, target)
    return graph


@given(EDGES, st.sampled_from(SYSTEMS), st.sampled_from([{"DEPENDS_ON"}, {"DEPENDS_ON", "PART_OF"}]))
def test_what_is_reached_and_how_far_agrees_with_networkx(edges: Drawn, start: str, kinds: set[str]) -> None:
    reached = _snapshot(edges).reach(EntityId(start), steps(sorted(kinds), Direction.OUT))
    found = dict(zip(reached.entity_ids(), reached.hops.tolist(), strict=True))
    expected = nx.single_source_shortest_path_length(_plain(edges, kinds, {None}), start)
    assert found == {node: hops for node, hops in expected.items() if node != start}


@given(EDGES, st.sampled_from(SYSTEMS), st.integers(0, 3))
def test_against_the_arrows_and_within_a_depth_agrees_with_networkx(
    edges: Drawn, start: str, depth: int
) -> None:
    reached = _snapshot(edges).reach(EntityId(start), steps(["DEPENDS_ON"], Direction.IN), depth=depth)
    plain = _plain(edges, {"DEPENDS_ON"}, {None}).reverse()
    expected = nx.single_source_shortest_path_length(plain, start, cutoff=depth)
    assert set(reached.entity_ids()) == set(expected) - {start}


@given(EDGES, st.sampled_from(SYSTEMS))
def test_every_path_is_made_of_relations_that_exist_and_is_as_long_as_said(edges: Drawn, start: str) -> None:
    walk = steps(["DEPENDS_ON", "PART_OF"], Direction.BOTH)
    reached = _snapshot(edges).reach(EntityId(start), walk, modalities=[Modality.FACT, Modality.PLAN])
    known = _one_modality(edges)
    for position in range(len(reached)):
        path, node = reached.path(position), start
        assert len(path) == reached.hops[position]
        for hop in path:
            assert (known[hop.source, hop.type, hop.target] or "fact") == hop.modality
            assert node in {hop.source, hop.target}
            node = hop.target if node == hop.source else hop.source
        assert node == reached.entity_id(position)
        assert reached.planned[position] == any(hop.modality is Modality.PLAN for hop in path)


@given(EDGES, st.sampled_from(SYSTEMS))
def test_plans_add_to_facts_and_come_last(edges: Drawn, start: str) -> None:
    snapshot, walk = _snapshot(edges), steps(["DEPENDS_ON"], Direction.OUT)
    facts = snapshot.reach(EntityId(start), walk)
    both = snapshot.reach(EntityId(start), walk, modalities=[Modality.FACT, Modality.PLAN])
    assert both.entity_ids(limit=len(facts)) == facts.entity_ids()
    assert both.planned.tolist() == [False] * len(facts) + [True] * (len(both) - len(facts))
    expected = nx.descendants(_plain(edges, {"DEPENDS_ON"}, {None, "plan"}), start)
    assert set(both.entity_ids()) == expected


def test_a_shorter_way_over_a_plan_does_not_make_a_fact_a_plan() -> None:
    edges: Drawn = {
        ("asset-a", "DEPENDS_ON", "asset-b", None),
        ("asset-b", "DEPENDS_ON", "asset-c", None),
        ("asset-a", "PART_OF", "asset-c", "plan"),
    }
    walk = steps(["DEPENDS_ON", "PART_OF"], Direction.OUT)
    reached = _snapshot(edges).reach(EntityId("asset-a"), walk, modalities=list(Modality))
    assert reached.entity_ids() == ["asset-b", "asset-c"]
    assert [hop.type for hop in reached.path(1)] == ["DEPENDS_ON", "DEPENDS_ON"]


def test_several_starts_are_no_part_of_the_answer_and_unknown_ones_lead_nowhere() -> None:
    edges: Drawn = {
        ("asset-a", "DEPENDS_ON", "asset-b", None),
        ("asset-b", "DEPENDS_ON", "asset-c", None),
    }
    starts = [EntityId("asset-a"), EntityId("asset-b"), EntityId("nowhere")]
    reached = _snapshot(edges).reach(starts, steps(["DEPENDS_ON"], Direction.OUT))
    assert reached.entity_ids() == ["asset-c"]


def test_neighbours_of_many_nodes_are_read_at_once() -> None:
    edges: Drawn = {("asset-a", "PART_OF", "asset-c", None), ("asset-b", "PART_OF", "asset-c", None)}
    snapshot = _snapshot(edges)
    nodes = snapshot.nodes([EntityId("asset-c"), EntityId("asset-a")])
    of, found = snapshot.neighbours(nodes, ("PART_OF", Direction.IN))
    assert [(snapshot.ids[a], snapshot.ids[b]) for a, b in zip(of, found, strict=True)] == [
        ("asset-c", "asset-a"),
        ("asset-c", "asset-b"),
    ]


@pytest.mark.parametrize(("name", "kind"), [("asset-甲", "System"), ("asset-", None), ("zzz", None)])
def test_the_type_of_a_node_is_known_and_of_no_other(name: str, kind: str | None) -> None:
    assert _snapshot(set()).type_of(EntityId(name)) == kind


def test_an_empty_graph_has_a_snapshot() -> None:
    snapshot = Snapshot.build(MemoryStore(load_ontology()))
    assert len(snapshot) == 0
    assert len(snapshot.reach(EntityId("a"), steps(["DEPENDS_ON"], Direction.OUT))) == 0
