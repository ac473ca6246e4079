"""The embedded store: one SQLite file, one writer and many readers across processes."""

import json
import logging
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from kg.errors import StoreError, StoreUnavailableError
from kg.model import Direction, Entity, EntityId, Record, Relation, RunId
from kg.store import restated
from kg.store.base import Counts, Delivery, Ended, GraphReader, Hit, Lifetime, Run
from kg.store.clock import now
from kg.store.connection import connect
from kg.store.copying import Entry
from kg.store.fold import Precedence
from kg.store.folded import FoldedReader, ever, held_at, held_on
from kg.store.garbage import no_collection
from kg.store.lock import WriteLock
from kg.store.reading import FileReading
from kg.store.records import stamp
from kg.store.searching import FileSearch
from kg.store.writing import FileWriting

log = logging.getLogger(__name__)


class EmbeddedStore:
    """A GraphStore in a file. A sweep stays open until the next batch or the end of the run commits it."""

    def __init__(self, path: Path, ontology: Precedence, *, create: bool, readonly: bool) -> None:
        self._connection = connect(path, create=create, readonly=readonly)
        self._ontology = ontology
        self._readonly = readonly
        self._reading = FileReading(self._connection, ontology)
        self._searching = FileSearch(self._connection)
        self._writing = FileWriting(self._connection, ontology, self._reading)
        self._lock = WriteLock(path.with_name(path.name + ".lock"))
        self._active: RunId | None = None
        self._trial = False
        self._seen: dict[str, Counter[str]] = defaultdict(Counter)

    def get(self, ids: Collection[EntityId]) -> dict[EntityId, Entity]:
        """See GraphReader."""
        return self._reading.get(ids)

    def entities(self, *, entity_type: str | None = None, after: EntityId | None = None) -> Iterator[Entity]:
        """See GraphReader."""
        return self._reading.entities(entity_type, after)

    def relations(
        self,
        ids: Collection[EntityId] | None = None,
        *,
        types: Collection[str] = (),
        direction: Direction = Direction.OUT,
    ) -> Iterator[Relation]:
        """See GraphReader."""
        return self._reading.relations(ids, types, direction)

    def counts(self) -> dict[str, int]:
        """See GraphReader."""
        return self._reading.counts()

    def search(
        self, text: str, *, entity_type: str | None = None, limit: int = 10, offset: int = 0
    ) -> list[Hit]:
        """See GraphReader."""
        return self._searching.search(text, entity_type, limit=limit, offset=offset)

    def named(self, name: str, *, entity_type: str | None = None) -> list[EntityId]:
        """See GraphReader."""
        return self._searching.named(name, entity_type)

    def version(self) -> int:
        """See GraphReader."""
        return self._reading.version()

    def as_of(self, date: str) -> GraphReader:
        """See GraphReader."""
        return FoldedReader(self._reading, self._ontology, held_on(date))

    def at_run(self, run: int) -> GraphReader:
        """See GraphReader."""
        return FoldedReader(self._reading, self._ontology, held_at(run))

    def history(self) -> GraphReader:
        """See GraphReader."""
        return FoldedReader(self._reading, self._ontology, ever)

    def begin(self, what: str, *, trial: bool = False) -> RunId:
        """See GraphStore. A trial is one transaction that is never committed."""
        if self._readonly:
            raise StoreError("知识库以只读方式打开，不能写入")
        if self._active is not None:
            raise StoreUnavailableError(f"写入被占用：任务 {self._active} 尚未结束")
        self._lock.acquire()
        self._trial = trial
        try:
            with self._transaction():
                self._connection.execute("UPDATE run SET status = 'failed' WHERE status = 'running'")
                cursor = self._connection.execute(
                    "INSERT INTO run (started, status, what, summary) VALUES (?, 'running', ?, '{}')",
                    (now(), what),
                )
        except BaseException:
            self._lock.release()
            raise
        self._seen.clear()
        self._writing.forget_keys()
        self._active = RunId(int(cursor.lastrowid or 0))
        return self._active

    def upsert(self, run: RunId, delivery: Delivery, records: Iterable[Record]) -> Counts:
        """See GraphStore."""
        self._expect(run)
        stamped = {(r.digest, r.ended): r for r in stamp(records, self._seen[delivery.key])}
        self._commit()
        with self._transaction(), no_collection():
            known = self._known(delivery.key, [digest for digest, _ in stamped])
            fresh = [record for key, record in stamped.items() if key not in known]
            counts = self._writing.upsert(run, delivery, fresh)
            self._move_version()
        return counts

    def records(self, delivery: str) -> dict[str, EntityId]:
        """See GraphStore."""
        rows = self._connection.execute(
            "SELECT r.digest, r.subject FROM record r JOIN delivery d ON d.key = r.delivery"
            " WHERE d.name = ? AND r.closed IS NULL ORDER BY r.digest",
            (delivery,),
        )
        return dict(rows.fetchall())

    def ended(self, delivery: str) -> dict[str, Ended]:
        """See GraphStore."""
        rows = self._connection.execute(
            "SELECT r.digest, r.subject, r.ended FROM record r JOIN delivery d ON d.key = r.delivery"
            " WHERE d.name = ? AND r.closed IS NOT NULL ORDER BY r.digest, r.ended, r.key",
            (delivery,),
        )
        return {digest: Ended(EntityId(subject), ended) for digest, subject, ended in rows}

    def sweep(self, run: RunId, delivery: str, digests: Collection[str], *, said_on: str) -> Counts:
        """See GraphStore."""
        held = {digest for digest, ended in self._known(delivery, digests) if ended is None}
        return self.redate(run, delivery, dict.fromkeys(held, said_on))

    def redate(self, run: RunId, delivery: str, days: Mapping[str, str | None]) -> Counts:
        """See GraphStore."""
        self._expect(run)
        with self._left_open():
            return self._writing.redate(run, delivery, days)

    def lifetimes(self, delivery: str) -> list[Lifetime]:
        """See GraphStore."""
        rows = self._connection.execute(
            "SELECT r.key, r.digest, r.opened, r.closed, r.ended FROM record r"
            " JOIN delivery d ON d.key = r.delivery WHERE d.name = ? ORDER BY r.key",
            (delivery,),
        )
        return [Lifetime(*row) for row in rows]

    def settle(self, run: RunId, delivery: str, lives: Collection[Lifetime]) -> Counts:
        """See GraphStore."""
        self._expect(run)
        with self._left_open():
            return self._writing.settle(self.lifetimes(delivery), lives)

    def finish(self, run: RunId, *, status: str, summary: Mapping[str, object]) -> None:
        """See GraphStore."""
        self._expect(run)
        if not self._connection.in_transaction:
            self._connection.execute("BEGIN IMMEDIATE")
        self._connection.execute(
            "UPDATE run SET finished = ?, status = ?, summary = ? WHERE id = ?",
            (now(), status, json.dumps(dict(summary), ensure_ascii=False, sort_keys=True), run),
        )
        self._move_version()
        if self._trial:
            self._roll_back()
        self._commit()
        self._active, self._trial = None, False
        self._lock.release()
        log.info("run %s %s", run, status)

    def deliveries(self, *, ever: bool = False) -> list[Delivery]:
        """See GraphStore."""
        rows = self._connection.execute(
            "SELECT d.name, d.source, d.unit, d.period, d.said_on, count(r.key) FROM delivery d"
            " LEFT JOIN record r ON r.delivery = d.key AND r.closed IS NULL GROUP BY d.key ORDER BY d.name"
        )
        found = [Delivery(*row) for row in rows]
        return [delivery for delivery in found if delivery.records or ever]

    def runs(self) -> list[Run]:
        """See GraphStore."""
        rows = self._connection.execute(
            "SELECT id, started, finished, status, what, summary FROM run ORDER BY id"
        )
        return [
            Run(RunId(run), started, finished, status, what, json.loads(summary))
            for run, started, finished, status, what, summary in rows
        ]

    def entries(self) -> Iterator[Entry]:
        """See Copyable."""
        return restated.entries(self._connection)

    def stated(self, numbers: Sequence[int]) -> list[Record]:
        """See Copyable."""
        return restated.stated(self._connection, numbers)

    def close(self) -> None:
        """See GraphStore. A run that was not finished keeps its batches and is marked failed by the next."""
        self._roll_back()
        self._active = None
        self._lock.release()
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _expect(self, run: RunId) -> None:
        if run != self._active:
            raise StoreError(f"任务 {run} 未在进行")

    def _known(self, delivery: str, digests: Collection[str]) -> set[tuple[str, str | None]]:
        """Digest and end of every record that is in the file; None for those that hold."""
        return {(digest, ended) for digest, _, ended in self._writing.records(delivery, digests)}

    def _move_version(self) -> None:
        self._connection.execute("UPDATE meta SET value = value + 1 WHERE name = 'version'")

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        if not self._connection.in_transaction:
            self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._roll_back()
            raise
        self._commit()

    @contextmanager
    def _left_open(self) -> Iterator[None]:
        """A transaction that the next batch or the end of the run commits."""
        if not self._connection.in_transaction:
            self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._move_version()
        except BaseException:
            self._roll_back()
            raise

    def _commit(self) -> None:
        if self._connection.in_transaction and not self._trial:
            self._connection.execute("COMMIT")

    def _roll_back(self) -> None:
        if self._connection.in_transaction:
            self._connection.execute("ROLLBACK")
            self._writing.forget_keys()
