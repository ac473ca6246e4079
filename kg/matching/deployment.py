"""Finds the sentence in which one system's text says that it deploys or extends the other one."""

import functools
import re

from kg.matching.lexicon.loading import name_lexicon
from kg.matching.names import core, names_in
from kg.matching.profile import Profile

SHORTEST = 2
_SENTENCE = re.compile(r"[。；;\n]")


def deployment(first: Profile, second: Profile) -> str:
    """The sentence of either side, "" where neither says so."""
    return _said(first, second.text) or _said(second, first.text)


def _said(owner: Profile, text: str) -> str:
    cores = [one for one in owner.cores[:1] if len(one) >= SHORTEST]
    return next(
        (
            sentence
            for sentence, named in _deploying(text)
            if any(one in other for one in cores for other in named)
        ),
        "",
    )


@functools.lru_cache(maxsize=8192)
def _deploying(text: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Sentences that speak of deploying, each with the cores of the systems it names."""
    words = name_lexicon().deploys
    sentences = [one.strip() for one in _SENTENCE.split(text) if any(word in one for word in words)]
    named = [(one, tuple(core(found.name) for found in names_in(one))) for one in sentences]
    return tuple((one, cores) for one, cores in named if cores)
