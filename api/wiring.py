"""What a request is given: the graph it may read, and the estate prepared for comparison."""

from collections.abc import Iterator
from threading import Lock
from typing import Annotated

from fastapi import Depends, Request

from api.bootstrap import canonical, check_context, readable_store
from api.settings import Settings
from kg.snapshot import Snapshot
from kg.store.canonical import CanonicalReader
from queries.check import CheckContext


class Prepared:
    """What is built once per version of the store: estate with index, and snapshot; safe over threads."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._lock = Lock()
        self._context: tuple[int, CheckContext] | None = None
        self._snapshot: tuple[int, Snapshot] | None = None

    def context(self, reader: CanonicalReader) -> CheckContext:
        """The estate of the reader's version."""
        with self._lock:
            version = reader.version()
            if self._context is None or self._context[0] != version:
                self._context = (version, check_context(reader, self.settings))
            return self._context[1]

    def snapshot(self, reader: CanonicalReader) -> Snapshot:
        """The snapshot of the reader's version."""
        with self._lock:
            version = reader.version()
            if self._snapshot is None or self._snapshot[0] != version:
                self._snapshot = (version, Snapshot.build(reader))
            return self._snapshot[1]


def prepared(request: Request) -> Prepared:
    """The application's prepared objects."""
    found: Prepared = request.app.state.prepared
    return found


def graph(request: Request) -> Iterator[CanonicalReader]:
    """The graph for the length of one request."""
    with readable_store(prepared(request).settings) as store:
        yield canonical(store)


Graph = Annotated[CanonicalReader, Depends(graph)]
Ready = Annotated[Prepared, Depends(prepared)]
