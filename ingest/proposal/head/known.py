"""Labels of facts: those listed, and those put together of known parts."""

import re
from dataclasses import dataclass, replace
from functools import cache

from ingest.proposal.sections import bare
from ingest.proposal.tables.columns import BRACKETS, TRANSLATED, squeezed
from ingest.proposal.wording import facts

COMPOSED = 500
"""Rank of labels put together of parts."""
AROUND = re.compile(r"^(?:本项目|本期|本次|本)(?:的)?|(?:及|和|与|/|、)[^及和与]{1,6}$")
"""What a label may have before it and behind it (建设单位及联系人)."""
TIES = ("uses", "replaces", "deploys")
"""Kinds of facts that name systems, several in one value."""
LONGEST = 20
"""Signs of a label."""


@dataclass(frozen=True, slots=True)
class Label:
    """The kind of fact a label tells, its rank (0 for the most telling), and what its value must hold."""

    kind: str
    rank: int
    fits: str = ""


@cache
def _listed() -> dict[str, Label]:
    return {
        squeezed(word).lower(): Label(kind, rank)
        for kind, words in facts().facts.items()
        for rank, word in enumerate(words)
    }


def composed() -> str:
    """A pattern of all labels that are put together of parts."""
    return "|".join(f"(?:{one.label})" for one in facts().composed)


@cache
def label_of(text: str) -> Label | None:
    """What a text tells as a label, its number and notes in brackets left out; None when it is none."""
    whole = squeezed(bare(text))
    plain = TRANSLATED.sub("", BRACKETS.sub("", whole).rstrip("：:")).lower()
    told = _known(plain) or _known(AROUND.sub("", plain))
    notes = "".join(BRACKETS.findall(whole))
    if told and told.kind in TIES and re.search(facts().ended, notes):
        return replace(told, kind="replaces")
    return told


def _known(plain: str) -> Label | None:
    if plain in _listed() or len(plain) > LONGEST:
        return _listed().get(plain)
    found = (one for one in facts().composed if re.fullmatch(one.label, plain))
    return next((Label(one.kind, COMPOSED, one.fits) for one in found), None)
