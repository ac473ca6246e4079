"""Remembers what pairs of phrases scored, because an estate asks for the same pairs again and again."""

from collections.abc import Callable, Sequence

Pair = tuple[str, str]
LIMIT = 400_000
"""Pairs held in memory, about 200 bytes each."""


class RememberedPairs:
    """Values of pairs of phrases; forgets everything when it is full. Threads may share one."""

    def __init__(self, limit: int = LIMIT) -> None:
        self._limit = limit
        self._known: dict[Pair, float] = {}

    def values(
        self, pairs: Sequence[Pair], compute: Callable[[Sequence[Pair]], Sequence[float]]
    ) -> list[float]:
        """The value of each pair; `compute` is asked once for the distinct ones not known yet."""
        known = self._known
        found = [known.get(pair) for pair in pairs]
        if None not in found:
            return [value for value in found if value is not None]
        new = list(dict.fromkeys(pair for pair, value in zip(pairs, found, strict=True) if value is None))
        fresh = dict(zip(new, compute(new), strict=True))
        if len(known) + len(fresh) > self._limit:
            self._known = {}
        self._known.update(fresh)
        return [fresh[pair] if value is None else value for pair, value in zip(pairs, found, strict=True)]
