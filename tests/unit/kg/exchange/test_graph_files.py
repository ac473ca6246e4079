"""GraphML, GEXF, CSV and networkx: other tools read what is written, and nothing in it harms them."""

import csv
import io
import re
from decimal import Decimal

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.exchange import to_networkx, write_csv, write_gexf, write_graphml
from kg.model import Entity, EntityId
from kg.ontology import load_ontology
from kg.store.memory import MemoryStore
from tests.conformance.graphs import CENSUS, OWNER, SEAL, SIGN, load, relation, row, seal_row

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
