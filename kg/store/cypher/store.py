"""The store on a server that speaks Cypher: every write a transaction, repeated when a connection breaks."""

import logging
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from types import TracebackType
from typing import Self

from kg.errors import StoreError, StoreUnavailableError
from kg.model import Direction, Entity, EntityId, Record, Relation, RunId
from kg.store.base import Counts, Delivery, Ended, GraphReader, Hit, Lifetime, Run
from kg.store.copying import Entry
from kg.store.cypher import ledger, restated
from kg.store.cypher.lease import Lease
from kg.store.cypher.port import Server, Transaction
from kg.store.cypher.reading import ServerReading
from kg.store.cypher.searching import ServerSearch
from kg.store.cypher.work import Operation, Result, Work, persistently
from kg.store.cypher.writing import ServerWriting
from kg.store.fold import Precedence
from kg.store.folded import FoldedReader, ever, held_at, held_on
from kg.store.garbage import no_collection
from kg.store.records import stamp

log = logging.getLogger(__name__)


class CypherStore:
    """A GraphStore on a server. A sweep stays open until the next batch or the end of the run commits it."""

    def __init__(self, server: Server, ontology: Precedence, *, readonly: bool) -> None:
        self._server = server
        self._ontology = ontology
        self._readonly = readonly
        self._work = Work(server, Lease.reached)
        self._reading = ServerReading(self._work.ask, ontology)
        self._searching = ServerSearch(self._work.ask)
        self._writing = ServerWriting(ontology)
        self._lease = Lease()
        self._active: RunId | None = None
        self._trial = False
        self._turn = 0
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
        self._alone(self._lease.take)
        self._trial = trial
        try:
            run = self._write(lambda work: ledger.begin(work, what), commits=not trial, moves=0)
        except BaseException:
            self._trial = False
            self._alone(self._lease.release)
            raise
        self._seen.clear()
        self._active = run
        return run

    def upsert(self, run: RunId, delivery: Delivery, records: Iterable[Record]) -> Counts:
        """See GraphStore."""
        self._expect(run)
        stamped = {(r.digest, r.ended): r for r in stamp(records, self._seen[delivery.key])}

        def write(work: Transaction) -> Counts:
            known = self._writing.records(work, delivery.key, {digest for digest, _ in stamped})
            there = {(digest, ended) for digest, _, ended, _ in known}
            fresh = [record for key, record in stamped.items() if key not in there]
            return self._writing.upsert(work, run, delivery=delivery, records=fresh)

        self._commit()
        return self._write(write, commits=not self._trial)

    def records(self, delivery: str) -> dict[str, EntityId]:
        """See GraphStore."""
        return ledger.records(self._work.ask, delivery)

    def ended(self, delivery: str) -> dict[str, Ended]:
        """See GraphStore."""
        return ledger.ended(self._work.ask, delivery)

    def sweep(self, run: RunId, delivery: str, digests: Collection[str], *, said_on: str) -> Counts:
        """See GraphStore."""
        held = self.records(delivery)
        return self.redate(run, delivery, {digest: said_on for digest in digests if digest in held})

    def redate(self, run: RunId, delivery: str, days: Mapping[str, str | None]) -> Counts:
        """See GraphStore."""
        self._expect(run)
        return self._write(
            lambda work: self._writing.redate(work, run, delivery=delivery, days=days), commits=False
        )

    def lifetimes(self, delivery: str) -> list[Lifetime]:
        """See GraphStore."""
        return ledger.lifetimes(self._work.ask, delivery)

    def settle(self, run: RunId, delivery: str, lives: Collection[Lifetime]) -> Counts:
        """See GraphStore."""
        self._expect(run)
        return self._write(lambda work: self._writing.settle(work, delivery, lives), commits=False)

    def finish(self, run: RunId, *, status: str, summary: Mapping[str, object]) -> None:
        """See GraphStore."""
        self._expect(run)
        self._write(
            lambda work: ledger.finish(work, run, status=status, summary=summary), commits=not self._trial
        )
        self._work.roll_back()
        self._active, self._trial = None, False
        self._alone(self._lease.release)
        self._searching.refresh()
        log.info("run %s %s", run, status)

    def deliveries(self, *, ever: bool = False) -> list[Delivery]:
        """See GraphStore."""
        return ledger.deliveries(self._work.ask, ever=ever)

    def runs(self) -> list[Run]:
        """See GraphStore."""
        return ledger.runs(self._work.ask)

    def entries(self) -> Iterator[Entry]:
        """See Copyable."""
        return restated.entries(self._work)

    def stated(self, numbers: Sequence[int]) -> list[Record]:
        """See Copyable."""
        return restated.stated(self._work, numbers)

    def close(self) -> None:
        """See GraphStore. A run that was not finished keeps its batches and is marked failed by the next."""
        try:
            self._work.roll_back()
            if self._active is not None:
                self._active = None
                self._alone(self._lease.release, patiently=False)
        except StoreError as error:
            log.info("the lease was not given back: %s", error)
        finally:
            self._server.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _expect(self, run: RunId) -> None:
        if run != self._active:
            raise StoreError(f"任务 {run} 未在进行")

    def _write(self, operation: Operation[Result], *, commits: bool, moves: int = 1) -> Result:
        """Does a piece of work and moves the version with it."""

        def write(work: Transaction) -> tuple[Result, int]:
            turn = self._lease.renew(work, moves=moves)
            return operation(work), turn

        with no_collection():
            result, self._turn = self._work.do(write)
        self._searching.written()
        if commits:
            self._commit()
        return result

    def _commit(self) -> None:
        if self._work.open and not self._trial:
            self._work.commit(self._turn)

    def _alone(self, step: Operation[None], *, patiently: bool = True) -> None:
        """Does a step in a transaction of its own."""

        def attempt() -> None:
            work = self._server.begin()
            try:
                step(work)
                work.commit()
            finally:
                work.roll_back()

        if patiently:
            persistently(attempt)
        else:
            attempt()
