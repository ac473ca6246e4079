"""Compares each candidate pair: likenesses, what one says and the other does not, codes, numbers, values."""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from kg.matching.linkage.candidates import Floats, Ints, candidates, rounded, views
from kg.matching.linkage.table import Table
from kg.matching.linkage.terms import codes, numbers, value
from kg.matching.similar import tokens

UNKNOWN = 0.5
MOSTLY = 0.9
"""Share of the filled cells of a column that must be numbers for it to be a column of values."""


Apart = Callable[[str, str], bool]
_Both = tuple[Sequence[str], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Compared:
    """Candidate pairs of two tables of `sizes` records, with their likenesses and all plain features."""

    i: Ints
    j: Ints
    sizes: tuple[int, int]
    likenesses: tuple[Floats, ...]
    plain: Floats


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of one record: of its name, of all it says, and its text without spaces."""

    name: frozenset[str]
    all: frozenset[str]
    run: str


def compare(left: Table, right: Table, name: str, *, neighbours: int, apart: Apart | None = None) -> Compared:
    """Compares all candidates; of one table given twice, those that are not the same and not kept apart."""
    first = left.texts()
    texts = first, first if right is left else right.texts()
    names = left.columns[name], right.columns[name]
    found = [*views(*texts, names=False), *views(*names, names=True)]
    i, j = candidates(found, neighbours)
    if apart is not None:
        i, j = _kept(left, i, j, apart=apart)
    cosines = [view.cosines(i, j) for view in found]
    pairs = list(zip(i.tolist(), j.tolist(), strict=True))
    said = _said(texts, names, pairs)
    likenesses = [*cosines, *_geometric(said)]
    mean = rounded(np.mean(likenesses, axis=0))
    plain = np.column_stack([*likenesses, said, _codes(texts, pairs), _numbers(names, pairs)])
    features = np.column_stack([plain, *_values((left, right), i, j)])
    return Compared(i, j, (len(left.ids), len(right.ids)), (*likenesses, mean), features)


def _kept(table: Table, i: Ints, j: Ints, *, apart: Apart) -> tuple[Ints, Ints]:
    """The pairs in order, both ways round, of different records that nothing keeps apart."""
    size = len(table.ids)
    once = np.unique(np.minimum(i, j)[i != j] * size + np.maximum(i, j)[i != j])
    pairs = [divmod(code, size) for code in once.tolist()]
    kept = [(a, b) for a, b in pairs if not apart(table.ids[a], table.ids[b])]
    both = np.array(sorted([*kept, *((b, a) for a, b in kept)]), dtype=np.int64).reshape(-1, 2)
    return both[:, 0], both[:, 1]


def _said(texts: _Both, names: _Both, pairs: list[tuple[int, int]]) -> Floats:
    """How much of each name (and text) the other has, and the rarest words that one has alone and both have.

    Ten columns: names both ways; texts both ways; of names within the whole of the other, both ways; rarest
    word alone, left, right and the smaller of these; rarest word in common.
    """
    sides = [
        [_words(name, text) for name, text in zip(*side, strict=True)]
        for side in zip(names, texts, strict=True)
    ]
    rarity = _rarity(words.all for side in sides for words in side)
    rows = [_missing(sides[0][a], sides[1][b], rarity) for a, b in pairs]
    return rounded(np.array(rows, dtype=np.float64).reshape(-1, 10))


def _words(name: str, text: str) -> _Words:
    return _Words(frozenset(tokens(name)), frozenset(tokens(text)), text.replace(" ", ""))


def _rarity(bags: Iterable[frozenset[str]]) -> Mapping[str, float]:
    """The share 0..1 that the rarity of a word has of the greatest possible one."""
    counts, total = Counter[str](), 0
    for bag in bags:
        counts.update(bag)
        total += 1
    greatest = math.log((1 + total) / 2) + 1
    return {word: (math.log((1 + total) / (1 + count)) + 1) / greatest for word, count in counts.items()}


def _missing(one: _Words, other: _Words, rarity: Mapping[str, float]) -> tuple[float, ...]:
    def weight(words: Iterable[str]) -> float:
        return math.fsum(rarity[word] for word in words)

    def rarest(words: Iterable[str]) -> float:
        return max((rarity[word] for word in words), default=0.0)

    shared, common = weight(one.name & other.name), weight(one.all & other.all)
    left = {word for word in one.name - other.all if word not in other.run}
    right = {word for word in other.name - one.all if word not in one.run}
    name_a, name_b = weight(one.name) or 1.0, weight(other.name) or 1.0
    alone = rarest(left), rarest(right)
    return (
        shared / name_a,
        shared / name_b,
        common / (weight(one.all) or 1.0),
        common / (weight(other.all) or 1.0),
        1 - weight(left) / name_a,
        1 - weight(right) / name_b,
        *alone,
        min(alone),
        rarest(one.name & other.name),
    )


def _geometric(said: Floats) -> tuple[Floats, Floats]:
    """Likenesses of names: both ways at once, by words in names, and by words of names in whole texts."""
    return (
        rounded(np.sqrt(said[:, 0] * said[:, 1])),
        rounded(np.sqrt(np.clip(said[:, 4] * said[:, 5], 0, 1))),
    )


def _codes(texts: _Both, pairs: list[tuple[int, int]]) -> Floats:
    """Agreement of codes (1 shared, .5 one begins the other) and conflict (both have some, none agrees)."""
    left, right = ([codes(text) for text in side] for side in texts)
    rows = [_agreement(left[a], right[b]) for a, b in pairs]
    return np.array(rows, dtype=np.float64).reshape(-1, 2)


def _agreement(one: frozenset[str], other: frozenset[str]) -> tuple[float, float]:
    if not one or not other:
        return 0.0, 0.0
    if one & other:
        return 1.0, 0.0
    begun = any(a.startswith(b) or b.startswith(a) for a in one for b in other)
    return (0.5, 0.0) if begun else (0.0, 1.0)


def _numbers(names: _Both, pairs: list[tuple[int, int]]) -> Floats:
    """Of the numbers in names: share in common, whether each has others, whether one has none."""
    left, right = ([numbers(text) for text in side] for side in names)
    rows = []
    for a, b in pairs:
        one, other = left[a], right[b]
        share = len(one & other) / len(one | other) if one | other else 0.0
        rows.append((share, bool(one - other and other - one), bool(one) != bool(other)))
    return rounded(np.array(rows, dtype=np.float64).reshape(-1, 3))


def _values(tables: tuple[Table, Table], i: Ints, j: Ints) -> Iterable[Floats]:
    """For each column of values in both: ratio, equality and whether one is not given."""
    left, right = tables
    for header in left.columns:
        one, other = _valued(left.columns[header]), _valued(right.columns.get(header, ()))
        if one is None or other is None:
            continue
        a, b = one[i], other[j]
        absent = np.isnan(a) | np.isnan(b)
        ratio = np.minimum(a, b) / np.maximum(np.maximum(a, b), 1e-9)
        yield rounded(np.where(absent, UNKNOWN, ratio))
        yield np.where(absent, UNKNOWN, (a == b).astype(np.float64))
        yield absent.astype(np.float64)


def _valued(cells: Sequence[str]) -> Floats | None:
    found = [value(cell) for cell in cells]
    filled = sum(bool(cell) for cell in cells)
    if not filled or sum(one is not None for one in found) < MOSTLY * filled:
        return None
    return np.array([math.nan if one is None else one for one in found])
