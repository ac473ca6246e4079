"""Penalties and likelihoods of many pairs of phrases at once, the same as `phrases` has them."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from kg.matching.agreement import NO_PART, ONE_SIDE
from kg.matching.batch.partners import partners
from kg.matching.batch.texts import Texts, dots
from kg.matching.batch.wordings import Bits, Places, Shares, wordings
from kg.matching.encoder.port import Encoder
from kg.matching.phrase_model import phrase_weights
from kg.matching.phrases import ONE_SIDE_EMPTY, Said, lost, pair_scores, penalties

OneByOne = Callable[[Sequence[tuple[str, str]], Encoder], list[float]]


class PhrasePairs:
    """The distinct phrases of a block and what their pairs score; a pair is two places in the sequence."""

    def __init__(self, phrases: Sequence[str], encoder: Encoder) -> None:
        """Takes plain phrases, each once."""
        self._said = wordings(phrases)
        self._encoder = encoder
        self.vectors = encoder.encode(phrases)
        self._objects = Texts([part.object for part in self._said.parts], encoder)
        self._actions = Texts([part.action for part in self._said.parts], encoder)

    def penalties(self, left: Places, right: Places) -> Shares:
        """See `phrases.penalties`."""
        return self._split(left, right, self._penalties, one_by_one=penalties)

    def scores(self, left: Places, right: Places) -> Shares:
        """See `phrases.pair_scores`."""
        return self._split(left, right, self._scores, one_by_one=pair_scores)

    def _split(
        self,
        left: Places,
        right: Places,
        together: Callable[[Places, Places], Shares],
        *,
        one_by_one: OneByOne,
    ) -> Shares:
        odd = self._said.odd[left] | self._said.odd[right]
        found = np.zeros(len(left))
        if odd.any():
            texts = self._said.phrases
            pairs = zip(left[odd].tolist(), right[odd].tolist(), strict=True)
            found[odd] = one_by_one([(texts[i], texts[j]) for i, j in pairs], self._encoder)
        if not odd.all():
            found[~odd] = together(left[~odd], right[~odd])
        return found

    def _penalties(self, left: Places, right: Places) -> Shares:
        said = self._said
        one, two = (
            self._apart(left, right) & said.telling[left],
            self._apart(right, left) & said.telling[right],
        )
        return lost(
            Said(
                overlap=self._dice(left, right),
                objects=self._rests((left, one), (right, two), one_side=ONE_SIDE_EMPTY).astype(np.float64),
                acts=said.acts.agree(left, right),
                no_object=np.array(~one.any(axis=1) & ~two.any(axis=1), dtype=np.float64),
                opposite=said.opposites.agree(left, right),
            )
        )

    def _scores(self, left: Places, right: Places) -> Shares:
        said = self._said
        one, two = self._apart(left, right), self._apart(right, left)
        words, weakest = partners(said, left, right, encoder=self._encoder)
        objects_left = (one & said.telling[left]).any(axis=1) | (two & said.telling[right]).any(axis=1)
        columns = [
            dots(self.vectors, left, right),
            self._dice(left, right),
            said.acts.agree(left, right),
            self._objects.alike(left, right, one_side=ONE_SIDE),
            self._actions.alike(left, right, one_side=NO_PART),
            words,
            weakest,
            self._rests((left, one), (right, two), one_side=ONE_SIDE),
            said.ends[left] == said.ends[right],
            said.starts[left] == said.starts[right],
            ~objects_left,
            said.opposites.agree(left, right),
            ~(said.active[left] & said.active[right]),
        ]
        agreement = np.stack([column.astype(np.float32) for column in columns], axis=1)
        likely = phrase_weights(self._encoder.mode).likelihoods(agreement)
        likely[said.folded[left] == said.folded[right]] = 1.0
        likely[(said.sizes[left] == 0) | (said.sizes[right] == 0)] = 0.0
        return likely

    def _dice(self, left: Places, right: Places) -> Shares:
        said = self._said
        shared = np.bitwise_count(said.letters[left] & said.letters[right]).sum(axis=1, dtype=np.int64)
        found: Shares = 2 * shared / np.maximum(1, said.sizes[left] + said.sizes[right])
        return found

    def _apart(self, these: Places, others: Places) -> NDArray[np.bool_]:
        """Which words of these phrases do not stand in the others."""
        words = self._said.words[these]
        held = _bit(self._said.holds[others], np.maximum(words, 0))
        found: NDArray[np.bool_] = (words >= 0) & ~held
        return found

    def _rests(
        self, one: tuple[Places, NDArray[np.bool_]], two: tuple[Places, NDArray[np.bool_]], *, one_side: float
    ) -> NDArray[np.float32]:
        """Cosine of what the marked words of each two phrases say."""
        width = self._said.words.shape[1]
        masks = 1 << np.arange(width, dtype=np.int64)
        coded = [phrases * (1 << width) + marked @ masks for phrases, marked in (one, two)]
        codes, places = np.unique(np.concatenate(coded), return_inverse=True)
        texts = [self._joined(*divmod(code, 1 << width)) for code in codes.tolist()]
        sides = places[: len(coded[0])], places[len(coded[0]) :]
        return Texts(texts, self._encoder).alike(*sides, one_side=one_side)

    def _joined(self, phrase: int, marks: int) -> str:
        words = self._said.parts[phrase].words
        return "".join(word for place, word in enumerate(words) if marks >> place & 1)


def _bit(rows: Bits, places: Places) -> NDArray[np.bool_]:
    """Whether the bits at these places are set, row by row."""
    held = np.take_along_axis(rows, places >> 6, axis=1)
    found: NDArray[np.bool_] = (held >> (places & 63).astype(np.uint64)) & np.uint64(1) != 0
    return found
