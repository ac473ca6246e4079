"""From settings to the objects that answer: store, archive, encoder, snapshot."""

import logging
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from api.audit.act import Actor, this_user
from api.audit.journal import Journal
from api.audit.stores import audited
from api.keys.file import KeyFile
from api.keys.ring import Ring
from api.release import engine_version
from api.settings import Settings
from ingest.archive import Archive
from kg.errors import StoreError
from kg.matching.encoder.cache import CachedEncoder, VectorCache
from kg.matching.encoder.loading import load_encoder
from kg.matching.encoder.port import Encoder
from kg.ontology import load_ontology
from kg.store import open_console, open_store
from kg.store.base import GraphReader, GraphStore
from kg.store.canonical import CanonicalReader
from kg.store.copying import Copyable
from kg.store.cypher.console import Console
from queries.check import CheckContext, Kept, prepare

log = logging.getLogger(__name__)

FILE = "sqlite:///"
IN_MEMORY = Path(":memory:")
S = TypeVar("S", bound=GraphStore)


def writable_store(settings: Settings, *, by: Actor | None = None, inputs: Sequence[str] = ()) -> GraphStore:
    """The store to load into, made when it is not there; its runs are told to the audit log.

    `by` is who writes, None the user of this machine; `inputs` are the SHA-256 of the files loaded.
    Raises: StoreError.
    """
    return _told(_opened(settings, create=True), settings, by=by, inputs=inputs)


def existing_store(settings: Settings, *, by: Actor | None = None) -> GraphStore:
    """The store to decide in, never made; its runs are told to the audit log. Raises: StoreError."""
    return _told(_opened(settings), settings, by=by)


def _told(store: S, settings: Settings, *, by: Actor | None = None, inputs: Sequence[str] = ()) -> S:
    log = journal(settings)
    return audited(store, log, by=by or this_user(), inputs=inputs) if log else store


def journal(settings: Settings) -> Journal | None:
    """The audit log; None for a store that is no file, unless a file is set."""
    path = settings.audit_file or kept_beside(settings, "audit.jsonl")
    return Journal(path) if path else None


def readable_store(settings: Settings) -> GraphStore:
    """The store to ask; never made by a question. Raises: StoreError when it is not there."""
    return _opened(settings, readonly=True)


def copyable_store(settings: Settings, *, create: bool = False) -> Copyable:
    """The store to copy from, read only, or to copy to (`create`). Raises: StoreError."""
    store = _opened(settings, create=create, readonly=not create)
    if not isinstance(store, Copyable):
        store.close()
        raise StoreError("memory: 中的知识库不能复制；请使用 sqlite:///路径 或 neo4j://主机:端口")
    return _told(store, settings) if create else store


@contextmanager
def cypher_server(settings: Settings) -> Iterator[Console]:
    """The server of the store, to be asked in Cypher. Raises: StoreError when the store is on none."""
    console = open_console(settings.store, user=settings.neo4j_user, password=_password(settings))
    try:
        yield console
    finally:
        console.close()


def _password(settings: Settings) -> str | None:
    return settings.neo4j_password.get_secret_value() if settings.neo4j_password else None


def _opened(settings: Settings, *, create: bool = False, readonly: bool = False) -> GraphStore:
    return open_store(
        settings.store,
        create=create,
        readonly=readonly,
        user=settings.neo4j_user,
        password=_password(settings),
    )


def bring_up_to_date(settings: Settings) -> None:
    """Brings an existing store to the form that this version reads. Raises: StoreError."""
    _opened(settings, create=False).close()


def canonical(reader: GraphReader) -> CanonicalReader:
    """The graph with what is one thing shown as one."""
    return CanonicalReader(reader, load_ontology())


def kept_beside(settings: Settings, what: str) -> Path | None:
    """A path next to the store file, e.g. kg.db.archive; None for a store that is no file."""
    if not settings.store.startswith(FILE):
        return None
    path = Path(settings.store.removeprefix(FILE))
    return path.with_name(f"{path.name}.{what}")


def archive(settings: Settings) -> Archive | None:
    """Where raw files are kept; None for a store that is no file, unless a folder is set."""
    folder = settings.archive or kept_beside(settings, "archive")
    return Archive(folder) if folder else None


def key_file(settings: Settings) -> KeyFile | None:
    """Where named keys are kept; None for a store that is no file, unless a file is set."""
    path = settings.key_file or kept_beside(settings, "keys")
    return KeyFile(path) if path else None


def ring(settings: Settings) -> Ring:
    """Every key that opens something."""
    return Ring(settings.keys(), key_file(settings))


def encoder(settings: Settings) -> Encoder:
    """The sentence model, or the lexical encoder where it is not installed."""
    return load_encoder(settings.model)


def remembering(chosen: Encoder, file: Path | None) -> Encoder:
    """The same encoder with its vectors kept in a file, in memory where that cannot be written.

    The lexical encoder is quicker than any file and stays as it is.
    """
    if chosen.mode == "lexical":
        return chosen
    try:
        return CachedEncoder(chosen, VectorCache(file or IN_MEMORY))
    except sqlite3.Error as error:
        log.warning("vectors are not kept in %s: %s", file, error)
        return CachedEncoder(chosen, VectorCache(IN_MEMORY))


def check_context(
    reader: GraphReader,
    settings: Settings,
    *,
    as_of: str | None = None,
    newest: str | Callable[[], str] = "",
    identity: str | None = None,
) -> CheckContext:
    """The estate prepared for comparison; `newest` is the latest date of its deliveries, "" if unknown.

    With the `identity` of the store's state it is kept beside the store file and taken from there.
    """
    chosen = remembering(encoder(settings), kept_beside(settings, "vectors"))
    file = kept_beside(settings, "estate")
    kept = Kept(file, identity) if file and identity and not as_of else None
    return prepare(reader, chosen, engine=engine_version(), as_of=as_of, newest=newest, kept=kept)
