"""Judges the pairs of a block of systems together: the labels and scores are those of `pairs.judge`."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from kg.matching.alignment import Cells, near_cells, penalised
from kg.matching.batch.letters import Letters
from kg.matching.batch.phrase_pairs import PhrasePairs
from kg.matching.batch.wordings import Places, Shares
from kg.matching.description import Description
from kg.matching.encoder.port import Vectors
from kg.matching.features import Features, Seen, agreed, list_ramp, matches, view
from kg.matching.pairs import Context, Label, decided, judge
from kg.matching.phrases import plain
from kg.matching.profile import Profile, profile

Pair = tuple[int, int]
Verdict = tuple[Label, float]


def verdicts(
    described: Mapping[int, Description], pairs: Sequence[Pair], *, context: Context
) -> list[Verdict]:
    """Label and score of each pair of places, in their order."""
    profiles = {place: profile(one) for place, one in described.items()}
    semantic = context.encoder.mode == "semantic"
    fit = {place for place, one in profiles.items() if (one.listed if semantic else one.items)}
    together = [pair for pair in pairs if pair[0] in fit and pair[1] in fit]
    measured = _measured(profiles, together, context) if together else {}

    def verdict(pair: Pair) -> Verdict:
        one, two = (profiles[place] for place in pair)
        declared = described[pair[0]].declared or described[pair[1]].declared
        if pair in measured:
            return decided(one, two, measured[pair], declared=declared)
        return judge(one, two, declared=declared, context=context)

    return [verdict(pair) for pair in pairs]


def _measured(
    profiles: Mapping[int, Profile], pairs: Sequence[Pair], context: Context
) -> dict[Pair, Features]:
    """The features of pairs of which both sides list functions, or without meaning: say any."""
    needed = {place: profiles[place] for pair in pairs for place in pair}
    seen = _meant(needed, pairs, context) if context.encoder.mode == "semantic" else _spelt(needed, pairs)
    found = {}
    for (i, j), one in zip(pairs, seen, strict=True):
        views = [view(profiles[i], profiles[j], one, rarity=context.rarity)]
        found[i, j] = agreed(profiles[i], profiles[j], views)
    return found


def _meant(profiles: Mapping[int, Profile], pairs: Sequence[Pair], context: Context) -> Iterator[Seen]:
    lists = _Lists.of(profiles, context)
    similar = [list_ramp(like) for like in lists.likeness(pairs)]
    matched = [matches(one) for one in similar]
    return map(Seen, similar, matched, lists.scores(pairs, matched))


def _spelt(profiles: Mapping[int, Profile], pairs: Sequence[Pair]) -> Iterator[Seen]:
    letters = Letters.of({place: one.items for place, one in profiles.items()})
    for i, j in pairs:
        similar = letters.shares(i, j)
        yield Seen(similar, matches(similar), ())


@dataclass(frozen=True, slots=True)
class _Lists:
    """The functions of a block: what their phrases score, and where each list's phrases stand."""

    phrases: PhrasePairs
    size: int
    places: Mapping[int, Places]
    vectors: Mapping[int, Vectors]

    @classmethod
    def of(cls, profiles: Mapping[int, Profile], context: Context) -> "_Lists":
        said = {place: [plain(item) for item in one.items] for place, one in profiles.items()}
        distinct = sorted({phrase for row in said.values() for phrase in row})
        rank = {phrase: row for row, phrase in enumerate(distinct)}
        phrases = PhrasePairs(distinct, context.encoder)
        places = {place: np.array([rank[one] for one in row], np.int64) for place, row in said.items()}
        vectors = {place: phrases.vectors[row] for place, row in places.items()}
        return cls(phrases, len(distinct), places, vectors)

    def likeness(self, pairs: Sequence[Pair]) -> Iterator[Vectors]:
        """See `alignment.likeness`, of each pair."""
        cosines = [self.vectors[i] @ self.vectors[j].T for i, j in pairs]
        cells = [near_cells(cosine) for cosine in cosines]
        lost = _valued(self._codes(pairs, cells), self.size, self.phrases.penalties)
        for cosine, chosen, values in zip(cosines, cells, lost, strict=True):
            yield penalised(cosine, chosen, values)

    def scores(
        self, pairs: Sequence[Pair], matched: Sequence[Sequence[tuple[int, int, float]]]
    ) -> Iterator[list[float]]:
        """The phrase scores of the matched functions of each pair."""
        cells = [
            (np.array([i for i, _, _ in one], np.int64), np.array([j for _, j, _ in one], np.int64))
            for one in matched
        ]
        for values in _valued(self._codes(pairs, cells), self.size, self.phrases.scores):
            yield values.tolist()

    def _codes(self, pairs: Sequence[Pair], cells: Sequence[Cells]) -> list[Places]:
        """Both phrases of each cell in one number, the same in either direction."""
        codes = []
        for (i, j), (rows, columns) in zip(pairs, cells, strict=True):
            one, two = self.places[i][rows], self.places[j][columns]
            codes.append(np.minimum(one, two) * self.size + np.maximum(one, two))
        return codes


def _valued(
    codes: Sequence[Places], size: int, value: Callable[[Places, Places], Shares]
) -> Iterator[Shares]:
    """The values of the cells, each distinct pair of phrases valued once."""
    distinct, places = np.unique(np.concatenate(codes), return_inverse=True)
    values = value(distinct // size, distinct % size)[places]
    yield from np.split(values, np.cumsum([len(one) for one in codes])[:-1])
