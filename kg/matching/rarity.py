"""Says how much a word tells: rare words weigh, words of every system do not."""

import functools
import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import resources

from kg.matching.lexicon.loading import phrase_lexicon
from kg.matching.words import words_of


@dataclass(frozen=True, eq=False)
class Rarity:
    """Document counts of words; `total` documents were counted."""

    counts: Mapping[str, int]
    total: int

    @classmethod
    def of(cls, texts: Iterable[str]) -> "Rarity":
        """Counts over the given documents, for example the descriptions of an estate."""
        total, counts = 0, Counter[str]()
        for text in texts:
            total += 1
            counts.update(set(words_of(text)))
        return cls(counts, total)

    def word(self, word: str) -> float:
        """ln((N + 1) / (count + .5)), at least .05."""
        return max(0.05, math.log((self.total + 1) / (self.counts.get(word, 0) + 0.5)))

    def phrase(self, text: str) -> float:
        """The weight of the rarest word of a phrase; half of it when none names an object (审核, 查询)."""
        words = words_of(text)
        weight = max((self.word(word) for word in words), default=0.05)
        return weight if any(word not in phrase_lexicon().idle_words for word in words) else weight / 2


@functools.cache
def shipped_rarity() -> Rarity:
    """The counts that stand in where no estate is at hand."""
    text = resources.files("kg.matching.lexicon").joinpath("word_counts.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines()]
    return Rarity({word: int(count) for word, count in rows[1:]}, int(rows[0][1]))
