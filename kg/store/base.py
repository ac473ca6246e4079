"""The two ports of the graph: what questions may read, and what loading may write."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Protocol, Self

from kg.model import Direction, Entity, EntityId, Record, Relation, RunId

NEVER = "0001-01-01"
"""The day on which what an undone run said ended: before anything was said, so that it shows on no day."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many entities and relations an operation touched."""

    entities: int = 0
    relations: int = 0


@dataclass(frozen=True, slots=True)
class Hit:
    """One answer of a search: score 0..1, 1 for the exact name."""

    id: EntityId
    type: str
    name: str
    score: float


@dataclass(frozen=True, slots=True)
class Run:
    """One load.

    Clock times are ISO 8601 UTC and live here only; `status` is running, complete, failed or undone.
    """

    id: RunId
    started: str
    finished: str | None
    status: str
    what: str
    summary: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Delivery:
    """One delivered document as the store knows it.

    `unit` and `period` are None when unknown; `records` counts its open records.
    """

    key: str
    source: str
    unit: str | None
    period: str | None
    said_on: str
    records: int


@dataclass(frozen=True, slots=True)
class Ended:
    """A record that was closed: what it is about, and the ISO date of the document that ended it."""

    subject: EntityId
    ended: str


@dataclass(frozen=True, slots=True)
class Lifetime:
    """One record as its store keeps it: the run that wrote it, the run that ended it and on what day.

    `number` is the store's own, in the order of writing; `closed` and `ended` are None while it holds.
    """

    number: int
    digest: str
    opened: int
    closed: int | None = None
    ended: str | None = None


class GraphReader(Protocol):
    """All that questions may ask of a graph. Only open claims count; answers come in a fixed order."""

    def get(self, ids: Collection[EntityId]) -> dict[EntityId, Entity]:
        """The entities that exist among `ids`, with their open claims."""
        ...

    def entities(self, *, entity_type: str | None = None, after: EntityId | None = None) -> Iterator[Entity]:
        """All entities (of exactly this type) by id, after `after`; a stream, claims left out."""
        ...

    def relations(
        self,
        ids: Collection[EntityId] | None = None,
        *,
        types: Collection[str] = (),
        direction: Direction = Direction.OUT,
    ) -> Iterator[Relation]:
        """Relations at `ids`, with claims; all relations when ids is None.

        All relations come as a stream with claims left out. Ordered by source, type, target; each once.
        `types` empty means every type.
        """
        ...

    def counts(self) -> dict[str, int]:
        """Open entities by type and relations by type, e.g. {"System": 12, "OWNS": 12}."""
        ...

    def search(
        self, text: str, *, entity_type: str | None = None, limit: int = 10, offset: int = 0
    ) -> list[Hit]:
        """Entities whose name or an alias holds every part of `text`, best first, ties by id.

        Finds every sub-phrase of two or more characters and, for names in Chinese, pinyin initials.
        """
        ...

    def named(self, name: str, *, entity_type: str | None = None) -> list[EntityId]:
        """Ids whose name (then alias) equals `name` after kg.text.fold; names first, then by id."""
        ...

    def version(self) -> int:
        """A counter that moves with every committed write."""
        ...

    def as_of(self, date: str) -> "GraphReader":
        """The graph as said by ISO `date`: claims said by then, not closed by a document of then."""
        ...

    def at_run(self, run: int) -> "GraphReader":
        """The graph as it was when `run` had finished: claims written by then and not ended by then.

        What a run had ended that was undone later counts as never ended.
        """
        ...

    def history(self) -> "GraphReader":
        """The graph of every claim ever made; those that were ended say when."""
        ...


class GraphStore(GraphReader, Protocol):
    """A graph that can be written. Only loading, judging and deriving ask for one."""

    def begin(self, what: str, *, trial: bool = False) -> RunId:
        """Opens a run and takes the write lock; raises StoreUnavailableError naming who holds it.

        A trial is written like any other run, seen by this store alone, and undone when it is finished: runs,
        version and facts are then as before.
        """
        ...

    def upsert(self, run: RunId, delivery: Delivery, records: Iterable[Record]) -> Counts:
        """Writes whole records as claims of `delivery`, one transaction; counts facts newly claimed.

        Records with an `ended` date are closed from the start, unless one of the same digest and date is.
        Refuses (ValidationError) a relation of which an end exists neither in the store nor in the batch.
        """
        ...

    def records(self, delivery: str) -> dict[str, EntityId]:
        """Digest → subject of the open records of this delivery; digests as of `kg.store.records.digests`."""
        ...

    def ended(self, delivery: str) -> dict[str, Ended]:
        """By digest the closed records of this delivery; of equal ones that which ended last."""
        ...

    def sweep(self, run: RunId, delivery: str, digests: Collection[str], *, said_on: str) -> Counts:
        """Closes these records of the delivery; facts nobody claims any more leave the open view."""
        ...

    def redate(self, run: RunId, delivery: str, days: Mapping[str, str | None]) -> Counts:
        """Moves the day on which records of the delivery ended, by digest; None: they hold again.

        Of equal records the open one is meant, else that which ended last; unknown digests are left aside.
        Counts facts that leave the open view.
        """
        ...

    def lifetimes(self, delivery: str) -> list[Lifetime]:
        """Every record ever written of this delivery, in the order of writing."""
        ...

    def settle(self, run: RunId, delivery: str, lives: Collection[Lifetime]) -> Counts:
        """Gives records of the delivery the ends told here, each with the run that counts as having ended it.

        Records are named by number; those that end do so before others hold again. Counts facts that leave
        the open view.
        """
        ...

    def finish(self, run: RunId, *, status: str, summary: Mapping[str, object]) -> None:
        """Marks the run complete or failed and moves the version, in one transaction; frees the lock."""
        ...

    def deliveries(self, *, ever: bool = False) -> list[Delivery]:
        """Every delivery with an open record, by key; `ever`: also those that have none any more."""
        ...

    def runs(self) -> list[Run]:
        """Every run, oldest first."""
        ...

    def close(self) -> None:
        """Releases files and locks."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...
