"""Ranks the systems of a catalogue by likeness to a query, in any of its languages.

Score: sum of cosines, each over the pool's own weights: name (weight .5, or 2 for "the same name"), words and
word pairs (tf-idf), characters 3 to 5 (binary), words after translation into English; and .25 for one name,
whatever signs, spaces and capitals it is written with, or given in brackets after a longer one.
"""

import functools
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib import resources

import numpy as np
import yaml
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer

from kg.matching.encoder.onnx import prepared
from kg.matching.words import words_of

DOES_THE_SAME, SAME_NAME = 0.5, 2.0
ONE_NAME = 0.25
_RUN = re.compile(r"[^\W_]+")
_BRACKETED = re.compile(r"^(.{3,}?)\s*[(\[]([^()\[\]]{3,})[)\]]\s*$")
_CJK = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Entry:
    """One system of a catalogue as ranking sees it; `text` is everything it says beside its names."""

    id: str
    name: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """A system of the pool and its likeness, 0..1."""

    id: str
    score: float


class SimilarIndex:
    """A pool made ready for questions; all weights come from the pool alone."""

    def __init__(self, pool: Sequence[Entry]) -> None:
        self._ids = [entry.id for entry in pool]
        views = _views() if pool else []
        self._views = [(weight, text, vectorizer) for weight, text, vectorizer in views]
        self._matrices = [
            _fitted(vectorizer, [text(entry) for entry in pool]) for _, text, vectorizer in self._views
        ]

    def rank(self, query: Entry, *, top: int = 10, same_name: bool = False) -> list[Match]:
        """The `top` best of the pool, best first, ties by id; never the query itself (by id)."""
        total = np.zeros(len(self._ids))
        weights = 0.0
        for (weight, text, vectorizer), matrix in zip(self._views, self._matrices, strict=True):
            share = weight if weight != DOES_THE_SAME or not same_name else SAME_NAME
            if matrix is not None:
                row = csr_matrix(vectorizer.transform([text(query)]))
                total += share * np.minimum(np.asarray((matrix @ row.T).todense()).ravel(), 1.0)
            weights += share
        scores = np.round(total / weights, 6) if weights else total
        order = sorted(
            (index for index in _best(scores, top + 1) if self._ids[index] != query.id),
            key=lambda index: (-scores[index], self._ids[index]),
        )
        return [Match(self._ids[index], float(scores[index])) for index in order[:top]]


def tokens(text: str) -> list[str]:
    """Words of a text in any language: Chinese runs are cut into words, others are taken whole, folded."""
    found: list[str] = []
    for run in _RUN.findall(prepared(text)):
        found.extend(words_of(run) if _CJK.search(run) else (run,))
    return found


def translated(text: str) -> list[str]:
    """The words of a text in English where the lexicon knows them, without plural endings."""
    lexicon = _translations()
    return [_singular(lexicon.get(word, word)) for word in tokens(text)]


def _views() -> list[tuple[float, Callable[[Entry], str], CountVectorizer]]:
    words = TfidfVectorizer(
        tokenizer=tokens, token_pattern=None, lowercase=False, ngram_range=(1, 2), sublinear_tf=True
    )
    letters = TfidfVectorizer(analyzer="char_wb", lowercase=True, ngram_range=(3, 5), binary=True, min_df=2)
    english = TfidfVectorizer(tokenizer=translated, token_pattern=None, lowercase=False, binary=True)
    names = TfidfVectorizer(analyzer="char_wb", lowercase=True, ngram_range=(2, 4))
    whole = CountVectorizer(analyzer=_keys, binary=True, dtype=np.float64)
    alike = [(1.0, _all, words), (1.0, _all, letters), (1.0, _all, english)]
    return [(DOES_THE_SAME, _name, names), (ONE_NAME, _full, whole), *alike]


def _name(entry: Entry) -> str:
    return " ".join(_RUN.findall(prepared(entry.name)))


def _full(entry: Entry) -> str:
    return prepared(entry.name)


def _keys(name: str) -> list[str]:
    """The name run together, and where it ends in brackets also what stands in and before these."""
    bracketed = _BRACKETED.match(name)
    parts = (name, *bracketed.groups()) if bracketed else (name,)
    return sorted({"".join(_RUN.findall(part)) for part in parts} - {""})


def _all(entry: Entry) -> str:
    return prepared(f"{entry.name} {entry.text}")


def _fitted(vectorizer: CountVectorizer, texts: list[str]) -> "csr_matrix | None":
    try:
        return csr_matrix(vectorizer.fit_transform(texts))
    except ValueError:  # a pool without a single word
        return None


def _best(scores: np.ndarray, count: int) -> Iterable[int]:
    if count >= len(scores):
        return range(len(scores))
    limit = np.partition(scores, len(scores) - count)[len(scores) - count]
    return (int(index) for index in np.flatnonzero(scores >= limit))


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return f"{word[:-3]}y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


@functools.cache
def _translations() -> dict[str, str]:
    text = resources.files("kg.matching.lexicon").joinpath("translations.yaml").read_text(encoding="utf-8")
    languages: dict[str, dict[str, str]] = yaml.safe_load(text)["words"]
    return {word: english for _, words in sorted(languages.items()) for word, english in words.items()}
