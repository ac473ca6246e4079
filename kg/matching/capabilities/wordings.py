"""The distinct wordings of an estate's functions, and how often each is said."""

import functools
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.identity import id_fold
from kg.matching.encoder.onnx import prepared


@dataclass(frozen=True, slots=True)
class Wording:
    """One way to say a function: as it is mostly written, by how many functions, and all its spellings."""

    text: str
    count: int
    spellings: tuple[str, ...] = ()


@functools.lru_cache(maxsize=200_000)
def folded(text: str) -> str:
    """What makes two spellings one wording (signs as they look, case, width, spaces); "" without a letter."""
    key = id_fold(prepared(text))
    return key if any(letter.isalpha() for letter in key) else ""


def counted_wordings(texts: Iterable[str]) -> dict[str, Wording]:
    """Wordings by what they fold to, in that order; texts without a letter are left out."""
    spelled: dict[str, Counter[str]] = defaultdict(Counter)
    for text, count in Counter(texts).items():
        spelled[folded(text)][text.strip()] += count
    return {
        key: Wording(_usual(spellings), spellings.total(), tuple(sorted(spellings)))
        for key, spellings in sorted(spelled.items())
        if key
    }


def _usual(spellings: Mapping[str, int]) -> str:
    return min(spellings, key=lambda one: (-spellings[one], one))
