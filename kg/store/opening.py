"""Which store a URL means."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.errors import StoreError
from kg.ontology import Ontology, load_ontology
from kg.store.base import GraphStore
from kg.store.cypher.address import Address, is_address, parse_address, redacted
from kg.store.cypher.console import Console
from kg.store.embedded import EmbeddedStore
from kg.store.memory import MemoryStore

FILE = "sqlite:///"


def open_store(
    url: str,
    *,
    create: bool = False,
    readonly: bool = False,
    ontology: Ontology | None = None,
    user: str | None = None,
    password: str | None = None,
) -> GraphStore:
    """The store at a URL: `memory:`, `sqlite:///path` (relative, or absolute with a fourth slash), or
    `neo4j://[user:password@]host[:port][/database]`, also with `neo4j+s`, `bolt` and `bolt+s`.

    `user` and `password` are for a server whose address does not name them.

    Raises:
        StoreError: the URL names no store we know, or a file that is not there and not to be created.
    """
    types = ontology or load_ontology()
    if url == "memory:":
        return MemoryStore(types)
    if url.startswith(FILE) and len(url) > len(FILE):
        return EmbeddedStore(Path(url.removeprefix(FILE)), types, create=create, readonly=readonly)
    if is_address(url):
        address = parse_address(url, user=user, password=password)
        return _neo4j(address, types, create=create, readonly=readonly)
    raise StoreError(
        f"无法识别的知识库地址 {redacted(url)!r}；应为 sqlite:///路径、neo4j://主机:端口 或 memory:"
    )


def _neo4j(address: Address, types: Ontology, *, create: bool, readonly: bool) -> GraphStore:
    with _driver_installed():
        from kg.store.neo4j import open_neo4j
    return open_neo4j(address, types, create=create, readonly=readonly)


def open_console(url: str, *, user: str | None = None, password: str | None = None) -> Console:
    """The server behind the address of a store, to be asked in Cypher.

    Raises:
        StoreError: the store is not on a server, or the server cannot be used.
    """
    if not is_address(url):
        raise StoreError(f"Cypher 只用于 Neo4j 知识库（--store neo4j://主机:端口），不能用于 {redacted(url)}")
    with _driver_installed():
        from kg.store.neo4j import Neo4jServer
    return Neo4jServer(parse_address(url, user=user, password=password))


@contextmanager
def _driver_installed() -> Iterator[None]:
    try:
        yield
    except ModuleNotFoundError as error:
        raise StoreError(
            "本安装不含 Neo4j 驱动；请安装 reuse-knowledge-graph[neo4j]，或使用 sqlite:///路径"
        ) from error
