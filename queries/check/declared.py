"""Which existing systems a proposal's declaration of reuse is about."""

from collections.abc import Sequence

from kg.matching.description import Description
from kg.matching.encoder.onnx import prepared
from kg.matching.names import core, strip_place
from kg.model import EntityId
from queries.estate import Member

TELLING = 3
"""Shorter cores of names stand in too many sentences that are about something else."""


def declared_members(described: Description, members: Sequence[Member]) -> frozenset[EntityId]:
    """The members that the declaration names, else the unit's own of that name, else all of the unit's own.

    A declaration excuses the repetition of what it is about, not of anything else.
    """
    if not described.declared:
        return frozenset()
    sentence = prepared(described.declared)
    named = frozenset(member.id for member in members if _is_named(member, sentence))
    own = [member for member in members if _is_own(member, described)]
    namesakes = frozenset(member.id for member in own if core(member.name) == core(described.name))
    return named or namesakes or frozenset(member.id for member in own)


def _is_named(member: Member, sentence: str) -> bool:
    names = [prepared(name) for name in (member.name, *member.aliases) if name]
    wordings = [wording for name in names for wording in (name, strip_place(name), core(name))]
    return any(len(wording) >= TELLING and wording in sentence for wording in wordings)


def _is_own(member: Member, described: Description) -> bool:
    same_unit = prepared(member.department) == prepared(described.department)
    return bool(described.department) and same_unit
