"""Undoes what hides a copy (invisible signs, turned directions, look-alikes) and tells of it."""

import functools
import re
import unicodedata
from collections.abc import Iterable
from importlib import resources

import yaml
from pydantic import BaseModel, ConfigDict

from kg.text import simplify

DIRECTIONS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_HAN = re.compile("[\u4e00-\u9fff]")
_WORD = re.compile("[A-Za-z\u0370-\u03ff\u0400-\u052f]+")
_KANA = re.compile("[\u30a1-\u30ff]")


class _Lookalikes(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    version: int
    source: str
    letters: dict[str, str]
    kana: dict[str, str]


def undisguised(text: str) -> str:
    """The text as it looks: without invisible signs, look-alikes replaced, in simplified characters."""
    if text.isascii() and text.isprintable():
        return text
    shown = text if text.isprintable() else "".join(one for one in text if not _is_invisible(one))
    return simplify(_unmixed(_without_kana(shown)))


def disguises(texts: Iterable[str]) -> tuple[str, ...]:
    """What was found hidden in the texts, in Chinese with its number; empty for honest ones."""
    return _found_in("\n".join(texts))


@functools.lru_cache(maxsize=1024)
def _found_in(text: str) -> tuple[str, ...]:
    """See disguises; a proposal of a hundred pages is asked about once for each candidate."""
    if text.isascii():
        return ()
    unseen = {one: text.count(one) for one in set(text) if _is_invisible(one)}
    turned = sum(number for one, number in unseen.items() if one in DIRECTIONS)
    honest = text.translate({ord(one): None for one in unseen})
    shown = _unmixed(_without_kana(honest))
    alike = 0 if shown == honest else sum(a != b for a, b in zip(honest, shown, strict=True))
    hidden = sum(unseen.values()) - turned
    found = (("零宽等不可见字符", hidden), ("文字方向控制符", turned), ("形近替代字符", alike))
    return tuple(f"{name}{number}处" for name, number in found if number)


def _is_invisible(sign: str) -> bool:
    return unicodedata.category(sign) == "Cf"


def _unmixed(text: str) -> str:
    """Words that mix alphabets, and words wholly of look-alikes in Chinese text, in Latin letters."""
    chinese = _HAN.search(text) is not None
    letters = _lookalikes().letters

    def latin(found: re.Match[str]) -> str:
        word = found.group()
        if word.isascii():
            return word
        foreign = [one for one in word if not one.isascii()]
        hidden = all(one in letters for one in foreign) and (chinese or len(foreign) < len(word))
        return "".join(letters.get(one, one) for one in word) if hidden else word

    return _WORD.sub(latin, text)


def _without_kana(text: str) -> str:
    kana = _KANA.findall(text)
    signs = _lookalikes().kana
    if not kana or not _HAN.search(text) or any(one not in signs for one in kana):
        return text
    return "".join(signs.get(one, one) for one in text)


@functools.cache
def _lookalikes() -> _Lookalikes:
    text = resources.files("kg.matching.lexicon").joinpath("lookalikes.yaml").read_text(encoding="utf-8")
    return _Lookalikes.model_validate(yaml.safe_load(text))
