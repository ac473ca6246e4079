"""Notebooks written with py2neo get the same graph from the same server."""

import pytest

from kg.exchange.subgraph import py2neo_graph, to_subgraph
from kg.store import open_store
from tests.conformance.graphs import CENSUS, OWNER, SEAL, SIGN, load, seal_row

pytestmark = pytest.mark.neo4j
AROUND = "MATCH (a:Entity {id: $id})-[link]-(b) RETURN a, link, b"


def test_an_answer_becomes_a_subgraph(neo4j_url: str) -> None:
    with open_store(neo4j_url, create=True) as store:
        load(store, CENSUS, seal_row())
    with py2neo_graph(neo4j_url) as graph:
        found = to_subgraph(graph, AROUND, id=SEAL)
        nothing = to_subgraph(graph, AROUND, id="asset-none")
    assert nothing is None
    assert found is not None
    assert {node["id"]: set(node.labels) for node in found.nodes} == {
        SEAL: {"Entity", "System"},
        OWNER: {"Entity", "Organization"},
        SIGN: {"Entity", "Function"},
    }
    assert {type(one).__name__ for one in found.relationships} == {"OWNS", "PROVIDES"}
