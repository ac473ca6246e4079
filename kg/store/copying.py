"""Bringing one store to hold what another holds: whole records, with the days on which they ended."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from operator import attrgetter
from typing import Protocol, runtime_checkable

from kg.errors import ValidationError
from kg.model import Record, RunId
from kg.store.base import Counts, Delivery, GraphStore

BATCH = 1000
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Entry:
    """One record as a store keeps it: `number` in the order of writing, `ended` None while it holds."""

    number: int
    delivery: str
    digest: str
    ended: str | None


@runtime_checkable
class Copyable(GraphStore, Protocol):
    """A store whose records can be read back whole."""

    def entries(self) -> Iterator[Entry]:
        """Every record ever written, by number."""
        ...

    def stated(self, numbers: Sequence[int]) -> list[Record]:
        """What these records say, with digest and end, in the order of their numbers."""
        ...


@dataclass(frozen=True, slots=True)
class Copied:
    """What a copy did: records written, ends moved, and records that only the copy has."""

    written: int
    redated: int
    foreign: int

    def to_json(self) -> dict[str, int]:
        """The document `kg sync --json` prints."""
        return {"written": self.written, "redated": self.redated, "foreign": self.foreign}


def copy(source: Copyable, target: Copyable, *, progress: Progress = lambda _done, _all: None) -> Copied:
    """Writes into `target` what it lacks of `source`; what it has already is not touched.

    Done again after a break it goes on where it stopped. Records that only the target has stay.
    """
    deliveries = {one.key: one for one in source.deliveries(ever=True)}
    theirs = list(source.entries())
    missing, moved, foreign = _differences(theirs, list(target.entries()))
    if not missing and not moved:
        return Copied(0, 0, foreign)
    run = target.begin("sync")
    try:
        done = 0
        for batch in _batches(missing):
            _write(
                target,
                run,
                delivery=deliveries[batch[0].delivery],
                records=source.stated([e.number for e in batch]),
            )
            done += len(batch)
            progress(done, len(missing))
        for delivery, days in sorted(moved.items()):
            target.redate(run, delivery, days)
    except BaseException:
        target.finish(run, status="failed", summary={})
        raise
    redated = sum(map(len, moved.values()))
    target.finish(run, status="complete", summary={"records": len(missing), "redated": redated})
    return Copied(len(missing), redated, foreign)


def _differences(
    theirs: Iterable[Entry], ours: Iterable[Entry]
) -> tuple[list[Entry], Mapping[str, dict[str, str | None]], int]:
    """Entries to write, ends to move by delivery and digest, and how many entries only the target has.

    Of equal records those that differ in their end alone are matched one to one, in order.
    """
    wanted, found = _grouped(theirs), _grouped(ours)
    missing: list[Entry] = []
    moved: dict[str, dict[str, str | None]] = defaultdict(dict)
    for key, entries in wanted.items():
        spare = [one for one in found.get(key, []) if one.ended not in {e.ended for e in entries}]
        lacking = [one for one in entries if one.ended not in {e.ended for e in found.get(key, [])}]
        for one in lacking:
            if spare and key[1] not in moved[key[0]]:
                spare.pop()
                moved[key[0]][key[1]] = one.ended
            else:
                missing.append(one)
    foreign = sum(len(entries) for key, entries in found.items() if key not in wanted)
    return sorted(missing, key=attrgetter("number")), {k: v for k, v in moved.items() if v}, foreign


def _grouped(entries: Iterable[Entry]) -> dict[tuple[str, str], list[Entry]]:
    grouped: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for one in entries:
        grouped[one.delivery, one.digest].append(one)
    return grouped


def _batches(entries: Sequence[Entry]) -> Iterator[list[Entry]]:
    """Neighbours of one delivery together, in the order in which they were written."""
    for _, group in groupby(entries, key=attrgetter("delivery")):
        together = list(group)
        for start in range(0, len(together), BATCH):
            yield together[start : start + BATCH]


def _write(target: GraphStore, run: RunId, *, delivery: Delivery, records: Sequence[Record]) -> Counts:
    """Writes records; where a relation has an end that is over, as over first, to be reopened after."""
    try:
        return target.upsert(run, delivery, records)
    except ValidationError:
        over = [one if one.ended else replace(one, ended=one.claim.said_on or "0000") for one in records]
        counts = target.upsert(run, delivery, over)
        target.redate(run, delivery.key, {one.digest: None for one in records if one.ended is None})
        return counts
