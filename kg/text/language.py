"""Which language a text is in, as far as its most common words tell."""

import re
from functools import cache
from importlib.resources import files

import yaml

HAN = re.compile(r"[㐀-鿿豈-﫿]")


@cache
def _common_words() -> dict[str, frozenset[str]]:
    rows = yaml.safe_load(files("kg.text").joinpath("stopwords.yaml").read_text("utf-8"))["words"]
    return {code: frozenset(words) for code, words in rows.items()}


def is_chinese(text: str) -> bool:
    """Whether Han characters are at least a fifth of the letters."""
    letters = sum(char.isalpha() for char in text)
    return letters > 0 and len(HAN.findall(text)) * 5 >= letters


def language(text: str) -> str:
    """ISO 639-1 code: zh, en, fr, it or nl; en when no common word tells."""
    if is_chinese(text):
        return "zh"
    found = re.findall(r"[^\W\d_]+", text.lower())
    scores = {code: sum(word in common for word in found) for code, common in _common_words().items()}
    best = max(scores, key=lambda code: (scores[code], code == "en"))
    return best if scores[best] else "en"
