"""Text as the graph compares and finds it: normal forms, words, pinyin initials."""

from kg.text.aligned import aligned
from kg.text.language import is_chinese, language, told_language
from kg.text.normal import fold, normalise, simplify
from kg.text.pinyin import initials, initials_of_folded
from kg.text.prose import prose_of
from kg.text.words import words

__all__ = [
    "aligned",
    "fold",
    "initials",
    "initials_of_folded",
    "is_chinese",
    "language",
    "normalise",
    "prose_of",
    "simplify",
    "told_language",
    "words",
]
