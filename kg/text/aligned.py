"""Folds width, punctuation and traditional characters one to one, so that every offset stays true."""

import re
import unicodedata
from functools import lru_cache

from kg.text.normal import radicals, simplify

DOTTED = re.compile(r"(?<=[一-龥])\.(?=[一-龥])")
FULL_WIDTH = str.maketrans("(),;:!?﹙﹚", "（），；：！？（）")


@lru_cache(maxsize=20_000)
def _fold(char: str) -> str:
    character = char.translate(radicals())
    narrow = unicodedata.normalize("NFKC", character)
    return simplify((narrow if len(narrow) == 1 else character).translate(FULL_WIDTH))


def aligned(text: str) -> str:
    """Text for reading prose by rules: every code point folded to one, so length and offsets are the same.

    Letters and digits become half-width, punctuation between Chinese full-width, a dot between two Chinese
    characters the mark of an enumeration.
    """
    return DOTTED.sub("、", "".join(map(_fold, text)))
