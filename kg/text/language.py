"""Which language a text is in, as far as its most common words tell."""

import re

STOP_WORDS = {
    "en": frozenset("the of and to in for is with on that by this are from be as or an".split()),
    "fr": frozenset("le la les des et du une un pour dans est sur par avec au aux que".split()),
    "it": frozenset("il lo gli della di del dei per con una che sono nel alla dei delle".split()),
    "nl": frozenset("de het een van en voor op met die is te zijn aan door bij naar".split()),
}
HAN = re.compile(r"[㐀-鿿豈-﫿]")


def is_chinese(text: str) -> bool:
    """Whether Han characters are at least a fifth of the letters."""
    letters = sum(char.isalpha() for char in text)
    return letters > 0 and len(HAN.findall(text)) * 5 >= letters


def language(text: str) -> str:
    """ISO 639-1 code: zh, en, fr, it or nl; en when no common word tells."""
    if is_chinese(text):
        return "zh"
    found = re.findall(r"[^\W\d_]+", text.lower())
    scores = {code: sum(word in common for word in found) for code, common in STOP_WORDS.items()}
    best = max(scores, key=lambda code: (scores[code], code == "en"))
    return best if scores[best] else "en"
