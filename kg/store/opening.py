"""Which store a URL means."""

from pathlib import Path

from kg.errors import StoreError
from kg.ontology import Ontology, load_ontology
from kg.store.base import GraphStore
from kg.store.embedded import EmbeddedStore
from kg.store.memory import MemoryStore

FILE = "sqlite:///"


def open_store(
    url: str, *, create: bool = False, readonly: bool = False, ontology: Ontology | None = None
) -> GraphStore:
    """The store at a URL: `memory:` or `sqlite:///path` (relative, or absolute with a fourth slash).

    Raises:
        StoreError: the URL names no store we know, or a file that is not there and not to be created.
    """
    types = ontology or load_ontology()
    if url == "memory:":
        return MemoryStore(types)
    if url.startswith(FILE) and len(url) > len(FILE):
        return EmbeddedStore(Path(url.removeprefix(FILE)), types, create=create, readonly=readonly)
    if url.startswith(("neo4j://", "neo4j+s://", "bolt://", "bolt+s://")):
        raise StoreError("本安装不含 Neo4j 存储；请使用 sqlite:///路径")
    raise StoreError(f"无法识别的知识库地址 {url!r}；应为 sqlite:///路径 或 memory:")
