"""Folds width, punctuation and traditional characters one to one, so that every offset stays true."""

import functools
import re
import unicodedata
from importlib import resources

_DOTTED = re.compile(r"(?<=[一-龥])\.(?=[一-龥])")
_FULL_WIDTH = str.maketrans("(),;:!?﹙﹚", "（），；：！？（）")


@functools.cache
def _simplified() -> dict[int, str]:
    table = resources.files("kg.text").joinpath("simplified.txt").read_text(encoding="utf-8")
    traditional, simplified = table.splitlines()[:2]
    return {ord(old): new for old, new in zip(traditional, simplified, strict=True)}


@functools.lru_cache(maxsize=20_000)
def _fold(char: str) -> str:
    narrow = unicodedata.normalize("NFKC", char)
    narrow = narrow if len(narrow) == 1 else char
    return narrow.translate(_FULL_WIDTH).translate(_simplified())


def plain(text: str) -> str:
    """Returns the text with every code point folded to one code point: same length, same offsets."""
    return _DOTTED.sub("、", "".join(map(_fold, text)))
