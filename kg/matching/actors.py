"""Takes out of running text who acts and with whom: what is left says what is done."""

import functools
import re

from kg.matching.lexicon.loading import prose_lexicon

_DIVISIONS = re.compile(r"(?<=[县市区旗州盟])[（(][县市区旗州盟]+(?:[、,，][县市区旗州盟]+)*[)）]")
"""县（市、区）: one kind of place, not three."""


def without_actors(sentence: str) -> str:
    """A folded sentence without its subjects, their partners and the addressees that are listed."""
    patterns = _patterns()
    text = patterns.partners.sub("", _DIVISIONS.sub("", sentence))
    text = patterns.towards.sub("", text)
    return patterns.subject.sub("", text)


def is_actor(phrase: str) -> bool:
    """Whether a phrase only names who acts (镇人民政府, 有关部门)."""
    return phrase.endswith(prose_lexicon().actors)


class _Patterns:
    def __init__(self) -> None:
        words = prose_lexicon()
        actor, duty = _any(words.actors), _any(words.duties)
        manner = f"(?:{_any(words.manners)}|按照[^,，。:：]{{2,16}}规定|根据[^,，。:：]{{2,16}})?"
        start = r"(?:(?<=[,，。:：])|^)[^,，。:：“”]*"
        self.partners = re.compile(rf"{_any(words.partners)}[^,，。:：]*{actor}")
        self.towards = re.compile(rf"{_any(words.towards)}[^,，。:：和与向对]*等(?:有关|相关)?{actor}")
        self.subject = re.compile(rf"{start}{actor}{manner}(?:{duty}|(?={_any(words.begins)}))")


@functools.cache
def _patterns() -> _Patterns:
    return _Patterns()


def _any(words: tuple[str, ...]) -> str:
    return f"(?:{'|'.join(sorted(map(re.escape, words), key=lambda word: (-len(word), word)))})"
