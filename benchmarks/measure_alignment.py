"""Measures the alignment of function lists; prints the figures that thresholds.yaml cites.

Run: python -m benchmarks.measure_alignment [PHRASE_PAIRS.jsonl]. The lists are drawn from the two wordings
of each function of the synthetic vocabulary (every second domain is held out); labelled phrase pairs
({a, b, label, split, domain}) join them, one pair of lists a domain, where a file is named.
"""

import itertools
import json
import random
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from api.bootstrap import encoder
from api.settings import Settings
from examples.generate.vocabulary import Domain, domains, words
from kg.matching.alignment import RIVALS, likeness, pair_up
from kg.matching.encoder.port import Encoder
from kg.matching.phrases import pair_scores

DRAWS, LENGTH, ASPECTS = 12, 8, 4
LIKENESS, SCORES = (0.52, 0.54, 0.56, 0.58, 0.60), (0.0, 0.10, 0.20, 0.30)
OVERLAPS = (0.0, 0.25, 0.5, 0.75, 1.0)
Pair = tuple[str, str]


class Lists(NamedTuple):
    """Two function lists and the pairs of wordings that mean one function."""

    first: list[str]
    second: list[str]
    same: frozenset[Pair]


class Rows(NamedTuple):
    """Likeness and phrase score of each assigned pair, whether it is right, and how many true pairs exist."""

    likeness: np.ndarray
    score: np.ndarray
    right: np.ndarray
    pairs: int


def drawn(domains: Sequence[Domain]) -> Iterator[Lists]:
    """Lists of one domain that share some functions in two wordings; what is not shared may be of another.

    In every second pair of lists some functions are named by theme and aspect (巡查记录, 巡查统计分析), as in
    systems on a single theme: aspects are common to all systems, themes are not.
    """
    for domain in domains:
        for number in range(DRAWS):
            chance = random.Random(f"{domain.key}{number}")
            other = chance.choice([one for one in domains if one is not domain])
            lists = _draw(domain, other, chance)
            yield _with_aspects(lists, domain, other, chance=chance) if number % 2 else lists


def _draw(domain: Domain, other: Domain, chance: random.Random) -> Lists:
    known = chance.sample(domain.functions, len(domain.functions))
    count = round(chance.choice(OVERLAPS) * LENGTH)
    shared, own = known[:count], known[count:LENGTH]
    foreign = (known[LENGTH:] + list(other.functions))[: LENGTH - count]
    pairs = [_turned(wordings, chance) for wordings in shared]
    first = [a for a, _ in pairs] + [chance.choice(wordings) for wordings in own]
    second = [b for _, b in pairs] + [chance.choice(wordings) for wordings in foreign]
    return Lists(chance.sample(first, len(first)), chance.sample(second, len(second)), frozenset(pairs))


def _with_aspects(lists: Lists, domain: Domain, other: Domain, *, chance: random.Random) -> Lists:
    """The lists with themes told by aspects: one theme in two wordings, or two themes."""
    theme, foreign = chance.choice(domain.functions), chance.choice((*domain.functions, *other.functions))
    alike = chance.random() < 0.5
    one, two = _turned(theme, chance) if alike else (theme[0], foreign[1])
    aspects = chance.sample(words()["aspects"], ASPECTS)
    first, second = ([aspect.format(name) for aspect in aspects] for name in (one, two))
    same = set(zip(first, second, strict=True)) if alike or theme == foreign else set()
    return Lists([*lists.first, *first], [*lists.second, *second], lists.same | same)


def _turned(wordings: Pair, chance: random.Random) -> Pair:
    return wordings[::-1] if chance.random() < 0.5 else wordings


def labelled(file: Path, split: str) -> Iterator[Lists]:
    """The labelled pairs of each domain as two lists."""
    groups: dict[str, list[dict[str, str]]] = defaultdict(list)
    for line in map(json.loads, file.read_text("utf-8").splitlines()):
        if line["split"] == split:
            groups[line["domain"]].append(line)
    for rows in groups.values():
        first, second = sorted({row["a"] for row in rows}), sorted({row["b"] for row in rows})
        same = frozenset((row["a"], row["b"]) for row in rows if row["label"])
        if min(len(first), len(second)) >= RIVALS:
            yield Lists(first, second, same)


def measured(lists: Iterator[Lists], model: Encoder) -> Rows:
    """Every pair of the one-to-one assignment of each two lists."""
    likenesses, scores, right, pairs = [], [], [], 0
    for one in lists:
        like = likeness(one.first, one.second, model)
        assigned = pair_up(like, -1.0)
        wordings = [(one.first[i], one.second[j]) for i, j in assigned]
        likenesses += [float(like[i, j]) for i, j in assigned]
        scores += pair_scores(wordings, model)
        right += [wording in one.same for wording in wordings]
        pairs += len(one.same)
    return Rows(np.array(likenesses), np.array(scores), np.array(right), pairs)


def shown(name: str, rows: Rows) -> None:
    """Precision, recall and F1 over all true pairs at each pair of limits."""
    for like, score in itertools.product(LIKENESS, SCORES):
        chosen = (rows.likeness >= like) & (rows.score >= score)
        hits = int((chosen & rows.right).sum())
        precision, recall = hits / max(1, int(chosen.sum())), hits / rows.pairs
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        print(f"{name}, {like} and {score}: P {precision:.2f} R {recall:.2f} F1 {f1:.2f} n {rows.pairs}")


def main(arguments: Sequence[str]) -> None:
    """Prints the figures of both halves of each set."""
    model, known = encoder(Settings()), domains()
    shown("vocabulary dev", measured(drawn(known[::2]), model))
    shown("vocabulary test", measured(drawn(known[1::2]), model))
    for file, split in itertools.product(map(Path, arguments), ("dev", "test")):
        shown(f"{file.stem} {split}", measured(labelled(file, split), model))


if __name__ == "__main__":
    main(sys.argv[1:])
