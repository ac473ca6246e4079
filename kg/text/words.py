"""Words of Chinese and other text, for weighing and matching."""

from typing import Any

import rjieba

from kg.text.normal import fold

CUT: Any = rjieba.cut


def words(text: str) -> list[str]:
    """Words in order, folded, without punctuation and spaces."""
    return [word for word in CUT(fold(text)) if any(char.isalnum() for char in word)]
