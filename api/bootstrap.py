"""From settings to the objects that answer: store, archive, encoder, snapshot."""

from importlib.metadata import version
from pathlib import Path

from api.settings import Settings
from ingest.archive import Archive
from kg.matching.encoder.loading import load_encoder
from kg.matching.encoder.port import Encoder
from kg.ontology import load_ontology
from kg.store import open_store
from kg.store.base import GraphReader, GraphStore
from kg.store.canonical import CanonicalReader
from queries.check import CheckContext, prepare

DISTRIBUTION = "reuse-knowledge-graph"
FILE = "sqlite:///"


def engine_version() -> str:
    """The version of the installed package."""
    return version(DISTRIBUTION)


def writable_store(settings: Settings) -> GraphStore:
    """The store to load into, made when it is not there. Raises: StoreError."""
    return open_store(settings.store, create=True)


def readable_store(settings: Settings) -> GraphStore:
    """The store to ask; never made by a question. Raises: StoreError when it is not there."""
    return open_store(settings.store, readonly=True)


def canonical(reader: GraphReader) -> CanonicalReader:
    """The graph with what is one thing shown as one."""
    return CanonicalReader(reader, load_ontology())


def archive(settings: Settings) -> Archive | None:
    """Where raw files are kept; None for a store that is no file, unless a folder is set."""
    if settings.archive is not None:
        return Archive(settings.archive)
    if not settings.store.startswith(FILE):
        return None
    path = Path(settings.store.removeprefix(FILE))
    return Archive(path.with_name(f"{path.name}.archive"))


def encoder(settings: Settings) -> Encoder:
    """The sentence model, or the lexical encoder where it is not installed."""
    return load_encoder(settings.model)


def check_context(reader: GraphReader, settings: Settings, *, as_of: str | None = None) -> CheckContext:
    """The estate prepared for comparison."""
    return prepare(reader, encoder(settings), engine=engine_version(), as_of=as_of)
