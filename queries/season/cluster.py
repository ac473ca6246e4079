"""Which proposals hang together over pairs."""

from collections.abc import Iterable, Mapping
from itertools import product


def clusters(pairs: Iterable[tuple[int, int]]) -> list[tuple[int, ...]]:
    """Connected groups of two or more, members ascending, in the order of their first members."""
    heads: dict[int, int] = {}

    def head(i: int) -> int:
        while heads.setdefault(i, i) != i:
            i = heads[i]
        return i

    for one, other in sorted(pairs):
        first, second = sorted((head(one), head(other)))
        heads[second] = first
    members: dict[int, list[int]] = {}
    for i in sorted(heads):
        members.setdefault(head(i), []).append(i)
    return [tuple(held) for _, held in sorted(members.items())]


def close_clusters(strengths: Mapping[tuple[int, int], float]) -> list[tuple[int, ...]]:
    """Groups of which more than half of the pairs between any two merged parts hang together.

    The strongest pairs merge first, so that one doubtful pair does not tie two groups into one.
    """
    held: dict[int, tuple[int, ...]] = {}
    for (one, other), _ in sorted(strengths.items(), key=lambda item: (-item[1], item[0])):
        left, right = held.get(one, (one,)), held.get(other, (other,))
        if left == right:
            continue
        crossing = [(min(pair), max(pair)) for pair in product(left, right)]
        if 2 * sum(pair in strengths for pair in crossing) > len(crossing):
            merged = tuple(sorted((*left, *right)))
            held |= dict.fromkeys(merged, merged)
    return sorted(set(held.values()))
