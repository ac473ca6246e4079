"""Cuts running text into the short phrases in which a system says what it does."""

import functools
import re

from kg.matching.actors import is_actor, without_actors
from kg.matching.encoder.onnx import prepared
from kg.matching.lexicon.loading import name_lexicon, phrase_lexicon, prose_lexicon
from kg.matching.words import words_of

SHORTEST, LONGEST = 2, 22
_SENTENCE = re.compile(r"[。；;\n]|(?:[（(][一二三四五六七八九十\d]+[）)])")
_PIECE = re.compile(r"[、，,：:]|以及|和(?=[\u4e00-\u9fff]{2})|并(?=[\u4e00-\u9fff]{2})")
_LEAD = re.compile(
    r"^(?:等(?![级保候])|与|以及|并(?![联案网])|对(?![接账公外比])|为|在(?!线)|将|由|其(?!他)|的|应当|可以|包括|包含|具备"
    r"|提供(?!商)|实现|主要|用于|或者?)+"
)
_TAIL = re.compile(r"(?:等|的|功能|服务|能力|模块)+$")


@functools.lru_cache(maxsize=20_000)
def items_in(text: str) -> tuple[str, ...]:
    """Phrases of 2 to 22 characters in order, each once, without tender clauses and those who act."""
    found: dict[str, None] = {}
    for sentence in _SENTENCE.split(prepared(text)):
        if not _is_clause(sentence):
            for piece in _PIECE.split(without_actors(sentence)):
                phrase = _TAIL.sub("", _LEAD.sub("", piece.strip(' 　"“”()（）.')))
                if SHORTEST <= len(phrase) <= LONGEST and not (is_actor(phrase) or _is_slogan(phrase)):
                    found.setdefault(phrase)
    return tuple(found)


def _is_slogan(phrase: str) -> bool:
    idle = phrase_lexicon().idle_words | prose_lexicon().slogans
    return all(word in idle for word in words_of(phrase))


def _is_clause(sentence: str) -> bool:
    return sum(word in sentence for word in name_lexicon().clauses) >= 2
