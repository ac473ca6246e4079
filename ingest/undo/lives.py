"""The records of a delivery as they would stand had some runs never been; nothing is read or written here."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from kg.store.base import NEVER, Lifetime
from kg.store.books import Books


@dataclass(frozen=True, slots=True)
class Retelling:
    """How one delivery is told anew: without the undone runs of the books, by the run `by`.

    `readings` are the runs that read it as a whole and stand, oldest first, with the date.
    """

    delivery: str
    books: Books
    by: int
    readings: tuple[tuple[int, str], ...]

    def relived(self, lives: Iterable[Lifetime]) -> list[Lifetime]:
        """The records that end otherwise once the undone runs are left out, as they are to be.

        A record that only undone runs said ends before anything was said. One that an undone run took back
        holds until the next reading that leaves it out; where a later reading wrote an equal one, that is it.
        """
        equal: dict[str, list[Lifetime]] = defaultdict(list)
        for life in lives:
            if life.ended != NEVER:
                equal[life.digest].append(life)
        return [new for same in equal.values() for old, new in self._retold(same) if old != new]

    def is_kept(self, life: Lifetime) -> bool:
        """Whether a record of an undone run holds because a later reading said it again."""
        return life.opened in self.books.undone and life.ended != NEVER and self._is_said(life)

    def _retold(self, same: Sequence[Lifetime]) -> Iterator[tuple[Lifetime, Lifetime]]:
        """Equal records, oldest first, each before and after."""
        waiting = list(same)
        while waiting:
            life = waiting.pop(0)
            if not self._is_said(life):
                yield life, self._unsaid(life)
                continue
            told = life
            while told.closed in self.books.undone:
                following = next(filter(self._is_said, waiting), None)
                after = self._reading_after(told) if self._is_own_end(told) else None
                if following and (after is None or following.opened <= after[0]):
                    waiting.remove(following)
                    yield following, self._unsaid(following)
                    told = replace(told, closed=following.closed, ended=following.ended)
                else:
                    closed, ended = after or (None, None)
                    told = replace(told, closed=closed, ended=ended)
            yield life, told

    def _is_said(self, life: Lifetime) -> bool:
        """Whether a run that stands says the record: the one that wrote it, or a reading that found it."""
        if life.opened not in self.books.undone:
            return True
        last = life.closed if self._is_own_end(life) else None
        return any(life.opened < number and (last is None or number < last) for number, _ in self.readings)

    def _is_own_end(self, life: Lifetime) -> bool:
        """Whether the delivery itself took the record back; else it holds, or a newer period overtook it."""
        if life.closed is None:
            return False
        read = self.books.read.get(life.closed)
        return read is None or life.ended == read.get(self.delivery)

    def _reading_after(self, life: Lifetime) -> tuple[int, str] | None:
        return next((one for one in self.readings if one[0] > (life.closed or 0)), None)

    def _unsaid(self, life: Lifetime) -> Lifetime:
        return replace(life, closed=self.by, ended=NEVER)
