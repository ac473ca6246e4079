"""An answer of a Neo4j server as a py2neo Subgraph, for notebooks that were written with py2neo.

py2neo is no longer maintained; the product itself uses the official driver.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from kg.errors import StoreError
from kg.store.cypher.address import parse_address

if TYPE_CHECKING:
    from py2neo import Graph, Subgraph


@contextmanager
def py2neo_graph(url: str, *, user: str | None = None, password: str | None = None) -> "Iterator[Graph]":
    """A py2neo Graph on the server and database of a store address; its connections are closed afterwards.

    Raises:
        StoreError: the address has a mistake, or py2neo is not installed.
    """
    try:
        from py2neo import Graph
    except ModuleNotFoundError as error:
        raise StoreError("本安装不含 py2neo；请安装 reuse-knowledge-graph[py2neo]") from error
    address = parse_address(url, user=user, password=password)
    graph = Graph(address.server, auth=(address.user or "neo4j", address.password), name=address.database)
    try:
        yield graph
    finally:
        graph.service.connector.close()


def to_subgraph(graph: "Graph", query: str, **parameters: object) -> "Subgraph | None":
    """All nodes and relationships that a query in Cypher answers with; None when there are none.

    Their properties are those that Cypher shows, the bookkeeping of the store (names with `_`) included.
    """
    return graph.run(query, **parameters).to_subgraph()
