"""GraphML, GEXF, CSV and networkx: other tools read what is written, and nothing in it harms them."""

import csv
import io
import json
import re
from decimal import Decimal

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.exchange import to_networkx, write_csv, write_gexf, write_graphml, write_jsonl
from kg.model import Claim, Entity, EntityId, Record
from kg.ontology import load_ontology
from kg.store.base import Delivery
from kg.store.memory import MemoryStore
from kg.store.resolution import RESOLVER
from tests.conformance.graphs import CENSUS, OWNER, SEAL, SIGN, load, relation, row, seal_row

MENTIONS = Delivery("resolver:mentions", RESOLVER, None, None, "2024-12-31", 0)
HOSTILE = ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "＝1"]


def _store(name: str = "电子印章系统", **said: object) -> MemoryStore:
    store = MemoryStore(load_ontology())
    load(store, CENSUS, seal_row(CENSUS, name=name, kind="System", **said))
    return store


def _graphml(store: MemoryStore) -> "nx.Graph[str]":
    out = io.StringIO()
    write_graphml(store, out)
    return nx.parse_graphml(out.getvalue(), force_multigraph=True)


def _gexf(store: MemoryStore) -> "nx.Graph[str]":
    out = io.StringIO()
    write_gexf(store, out)
    return nx.read_gexf(io.BytesIO(out.getvalue().encode()))


@settings(max_examples=40)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=20))
def test_graphml_brings_every_text_back_but_for_what_xml_cannot_hold(text: str) -> None:
    clean = re.sub("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", text)
    read = _graphml(_store(description=text))
    assert str(read.nodes[SEAL].get("description") or "") == clean


@settings(max_examples=40)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=20))
def test_gexf_brings_every_text_back_but_for_what_xml_cannot_hold(text: str) -> None:
    clean = re.sub("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", text)
    assert _gexf(_store(description=text)).nodes[SEAL]["description"] == clean


def test_graphml_keeps_types_names_numbers_and_lists() -> None:
    read = _graphml(_store(users=7, budget=Decimal("0.5"), for_small=True, aliases=("甲", "乙")))
    node = read.nodes[SEAL]
    assert (node["type"], node["name"], node["aliases"]) == ("System", "电子印章系统", "甲；乙")
    assert (node["users"], node["budget"], node["for_small"]) == (7, 0.5, True)
    assert sorted((a, b, data["type"]) for a, b, data in read.edges(data=True)) == [
        (SEAL, SIGN, "PROVIDES"),
        (OWNER, SEAL, "OWNS"),
    ]


def test_gexf_labels_nodes_by_name_and_edges_by_type() -> None:
    read = _gexf(_store())
    assert read.nodes[SEAL]["label"] == "电子印章系统"
    assert read.edges[OWNER, SEAL]["label"] == "OWNS"


def test_a_property_of_two_kinds_becomes_text() -> None:
    store = _store(code=7)
    load(store, CENSUS, row(CENSUS, Entity(EntityId("b"), "System", "乙", {"code": "七"}), at=2))
    read = _graphml(store)
    assert {read.nodes[SEAL]["code"], read.nodes["b"]["code"]} == {"7", "七"}


@pytest.mark.parametrize("text", HOSTILE)
def test_no_cell_of_a_table_starts_a_formula(text: str) -> None:
    entities, relations = io.StringIO(newline=""), io.StringIO(newline="")
    write_csv(_store(description=text, name=text), entities, relations)
    tables = entities.getvalue() + relations.getvalue()
    cells = [cell for line in csv.reader(io.StringIO(tables, newline="")) for cell in line]
    assert f"'{text}" in cells
    assert not [cell for cell in cells if cell[:1] in {start[0] for start in HOSTILE}]


def test_tables_name_both_ends_and_count_their_rows() -> None:
    entities, relations = io.StringIO(newline=""), io.StringIO(newline="")
    counts = write_csv(_store(), entities, relations)
    rows = list(csv.DictReader(io.StringIO(relations.getvalue(), newline="")))
    assert (counts.entities, counts.relations) == (3, 2)
    assert {(one["source_name"], one["type"], one["target_name"]) for one in rows} == {
        ("大数据局", "OWNS", "电子印章系统"),
        ("电子印章系统", "PROVIDES", "在线签章"),
    }


def test_networkx_holds_the_whole_graph_keyed_by_relation_type() -> None:
    graph = to_networkx(_store())
    assert set(graph) == {SEAL, OWNER, SIGN}
    assert set(graph.edges(keys=True)) == {(OWNER, SEAL, "OWNS"), (SEAL, SIGN, "PROVIDES")}


def test_networkx_can_be_limited_to_types_and_to_surroundings() -> None:
    store = _store()
    far = Entity(EntityId("asset-far"), "System", "远处系统")
    near = relation(OWNER, "OWNS", "asset-far")
    load(store, CENSUS, row(CENSUS, far, near, at=2))
    assert set(to_networkx(store, entity_types=["System"])) == {SEAL, "asset-far"}
    assert set(to_networkx(store, around=[SEAL])) == {SEAL, OWNER, SIGN}
    assert set(to_networkx(store, around=[SEAL], depth=2)) == {SEAL, OWNER, SIGN, "asset-far"}


def _derived_store() -> MemoryStore:
    """One reuse that somebody states and the rules too, one that the rules alone say, and an overlap."""
    store = MemoryStore(load_ontology())
    load(store, CENSUS, seal_row())
    others = [Entity(EntityId(f"asset-{name}"), "Component", name) for name in "bc"]
    load(store, CENSUS, row(CENSUS, *others, relation(SEAL, "REUSES", "asset-b"), at=2))
    said = Claim(RESOLVER, "resolver:mentions", "2024-12-31")
    resolved = [relation(SEAL, "REUSES", f"asset-{name}") for name in "bc"]
    load(store, MENTIONS, *(Record(SEAL, said, (), (one,)) for one in resolved))
    load(store, CENSUS, row(CENSUS, relation(SEAL, "OVERLAPS", "asset-b", {"score": 0.5}), at=3))
    return store


def _edges(store: MemoryStore, form: str, *, include_derived: bool) -> set[tuple[str, str, str]]:
    out, links = io.StringIO(), io.StringIO()
    if form == "csv":
        write_csv(store, out, links, include_derived=include_derived)
        return {(r["source"], r["type"], r["target"]) for r in csv.DictReader(io.StringIO(links.getvalue()))}
    if form == "jsonl":
        write_jsonl(store, out, include_derived=include_derived)
        rows = [json.loads(line) for line in out.getvalue().splitlines()]
        return {(r["source"], r["type"], r["target"]) for r in rows if r["kind"] == "relation"}
    if form == "graphml":
        write_graphml(store, out, include_derived=include_derived)
        read = nx.parse_graphml(out.getvalue(), force_multigraph=True)
        return {(a, data["type"], b) for a, b, data in read.edges(data=True)}
    write_gexf(store, out, include_derived=include_derived)
    found = nx.read_gexf(io.BytesIO(out.getvalue().encode()))
    return {(a, data["type"], b) for a, b, data in found.edges(data=True)}


@pytest.mark.parametrize("form", ["jsonl", "csv", "graphml", "gexf"])
def test_every_form_leaves_out_what_only_rules_say_unless_asked(form: str) -> None:
    store = _derived_store()
    stated = {(OWNER, "OWNS", SEAL), (SEAL, "PROVIDES", SIGN), (SEAL, "REUSES", "asset-b")}
    assert _edges(store, form, include_derived=False) == stated
    derived = {(SEAL, "REUSES", "asset-c"), (SEAL, "OVERLAPS", "asset-b")}
    assert _edges(store, form, include_derived=True) == stated | derived
