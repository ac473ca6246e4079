"""What the runs of a store tell of themselves: which deliveries each read whole, and which were undone."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from kg.store.base import Run

READ, DOCUMENTS, UNDONE = "read", "documents", "undone"
"""Keys in the summary of a run: of each delivery it read as a whole the date, and the documents; the run that
it undid."""


@dataclass(frozen=True, slots=True)
class Books:
    """`read` has for each run that tells it the date of every delivery it read as a whole.

    `undone` has the runs that were taken back, each with the run that did so.
    """

    read: Mapping[int, Mapping[str, str]]
    undone: Mapping[int, int]

    def readings(self, delivery: str) -> tuple[tuple[int, str], ...]:
        """The runs that read the delivery as a whole and stand, oldest first, each with the date."""
        return tuple(
            (number, read[delivery])
            for number, read in sorted(self.read.items())
            if delivery in read and number not in self.undone
        )


def books(runs: Iterable[Run]) -> Books:
    """The books of the runs that were completed."""
    read: dict[int, Mapping[str, str]] = {}
    undone: dict[int, int] = {}
    for run in runs:
        told, taken = run.summary.get(READ), run.summary.get(UNDONE)
        if run.status == "complete" and isinstance(told, Mapping):
            read[run.id] = {str(key): str(day) for key, day in told.items()}
        if run.status == "complete" and taken is not None:
            undone[int(str(taken))] = run.id
    return Books(read, undone)


def standing(runs: Iterable[Run]) -> list[Run]:
    """The same runs, those that were undone with the status undone."""
    told = list(runs)
    undone = books(told).undone
    return [replace(run, status=UNDONE) if run.id in undone else run for run in told]
