"""Which language a text is in, as far as its commonest words and the look of its others tell."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml
from pydantic import BaseModel, ConfigDict

from kg.text.prose import prose_of

HAN = re.compile(r"[㐀-鿿豈-﫿]")
WORD = re.compile(r"(?<![^\W\d_])[^\W\d_]{1,40}(?![^\W\d_])")
HOST = re.compile(r"\b\w{1,40}(?:\.\w{1,40}){0,4}\.[a-z]{2,4}\b")
"""Names of hosts and files, whose words are of no language."""
LONGEST = 4000
"""Characters that are looked at; more tell no more."""


class _Language(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    words: tuple[str, ...]
    signs: tuple[str, ...]


class _Weights(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    word: float
    sign: float
    least: float


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    version: int
    source: str
    languages: Mapping[str, _Language]
    weights: _Weights


@dataclass(frozen=True, slots=True)
class _Signs:
    """Languages by word, what a word of each look like, and the weights of both."""

    words: Mapping[str, tuple[str, ...]]
    signs: Mapping[str, re.Pattern[str]]
    weights: _Weights


@cache
def _signs() -> _Signs:
    rows = _File.model_validate(
        yaml.safe_load(files("kg.text").joinpath("stopwords.yaml").read_text("utf-8"))
    )
    words: dict[str, tuple[str, ...]] = {}
    for code, row in rows.languages.items():
        for word in row.words:
            words[word] = (*words.get(word, ()), code)
    signs = {code: re.compile("|".join(row.signs)) for code, row in rows.languages.items()}
    return _Signs(words, signs, rows.weights)


def is_chinese(text: str) -> bool:
    """Whether Han characters are at least a fifth of the letters."""
    letters = sum(char.isalpha() for char in text)
    return letters > 0 and len(HAN.findall(text)) * 5 >= letters


def language(text: str) -> str:
    """ISO 639-1 code: zh, en, fr, it, nl, de, es or pt; en when nothing tells."""
    return told_language(text) or "en"


def told_language(text: str) -> str | None:
    """ISO 639-1 code as `language` gives it; None when nothing tells, or two languages alike."""
    if is_chinese(text):
        return "zh"
    scores = _scores(HOST.sub(" ", prose_of(text[:LONGEST].lower())))
    (best, first), (second, _), *_ = sorted(((score, code) for code, score in scores.items()), reverse=True)
    return first if best >= _signs().weights.least and best > second else None


def _scores(text: str) -> dict[str, float]:
    known = _signs()
    scores = dict.fromkeys(known.signs, 0.0)
    for word, times in Counter(WORD.findall(text)).items():
        if codes := known.words.get(word):
            for code in codes:
                scores[code] += times * known.weights.word / len(codes)
        elif alike := [code for code, sign in known.signs.items() if sign.search(word)]:
            for code in alike:
                scores[code] += times * known.weights.sign / len(alike)
    return scores
