"""What reviewers say of capabilities: two are one, these wordings are one of their own, it is called so.

Each is a claim of its own delivery, as every judgement is, and is withdrawn like one. Wordings are judged,
not single functions: what another source words so tomorrow belongs there, too.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from kg.errors import ValidationError
from kg.identity import capability_id, is_registered
from kg.model import Claim, Entity, EntityId, Record, Relation
from kg.store.base import GraphReader, GraphStore
from kg.store.fold import ALIASES
from kg.store.judgements import DIFFERENT_FROM, REVIEWER, SAME_AS, judgement_id, write_judgement
from kg.store.resolution import RESOLVER

CAPABILITY = "Capability"
RENAMED, PARTED, JOINED = "judge:rename", "judge:split", "judge:same"
GROUPED = "capabilities"


@dataclass(frozen=True, slots=True)
class Said:
    """Who judges, why, and on which ISO date."""

    by: str
    because: str
    on: str


@dataclass(frozen=True, slots=True)
class Named:
    """A capability as the reviewer sees it."""

    id: EntityId
    name: str


@dataclass(frozen=True, slots=True)
class Rulings:
    """What stands, in order: names given, wordings (as written) parted off; and all ids that are stored."""

    names: Mapping[EntityId, str]
    parts: Mapping[str, EntityId]
    known: frozenset[EntityId]


def rulings(stored: GraphReader) -> Rulings:
    """What reviewers say of capabilities in a graph read without merging; the later word counts."""
    ids = [entity.id for entity in stored.entities(entity_type=CAPABILITY)]
    said = [
        ((claim.said_on, claim.opened or 0, one), one, claim)
        for one, entity in stored.get(ids).items()
        for claim in entity.claims
        if claim.source == REVIEWER
    ]
    said.sort(key=lambda row: row[0])
    names: dict[EntityId, str] = {}
    for _, one, claim in said:
        if claim.rule == RENAMED and claim.name:
            names.pop(one, None)
            names[one] = claim.name
    parts = {text: one for _, one, claim in said if claim.rule == PARTED for text in _listed(claim)}
    return Rulings(names, parts, frozenset(ids))


def merge_capabilities(store: GraphStore, one: Named, other: Named, *, said: Said) -> str:
    """Says that two capabilities are one; returns the id of the judgement.

    Raises: ValidationError when they are one already by id, or both stand in the registry.
    """
    first, second = sorted((one, other), key=lambda named: named.id)
    if first.id == second.id:
        raise ValidationError(f"两者是同一能力：{first.id}")
    if is_registered(first.id) and is_registered(second.id):
        raise ValidationError(f"「{first.name}」「{second.name}」都是登记在册的共享能力，不能合并")
    claim = _claim(judgement_id(first.id, second.id), JOINED, said)
    entities = (_stored(first, claim), _stored(second, claim))
    relation = Relation(first.id, SAME_AS, second.id)
    return _write(store, Record(first.id, claim, entities, (relation,)), f"merge {first.id} {second.id}")


def split_capability(
    store: GraphStore, whole: Named, wordings: Sequence[str], *, said: Said
) -> tuple[str, EntityId]:
    """Puts wordings of a capability into one of their own; returns the judgement's id and the new one's."""
    part = Named(part_id(whole.id, wordings[0]), wordings[0])
    first, second = sorted((whole.id, part.id))
    claim = _claim(judgement_id(first, second), PARTED, said)
    listed = replace(claim, properties={ALIASES: tuple(wordings)})
    stored = _stored(part, claim)
    parted = Entity(part.id, CAPABILITY, part.name, claims=(*stored.claims, listed))
    relation = Relation(first, DIFFERENT_FROM, second)
    record = Record(whole.id, claim, (_stored(whole, claim), parted), (relation,))
    return _write(store, record, f"split {whole.id} {part.id}"), part.id


def rename_capability(store: GraphStore, one: Named, *, said: Said) -> str:
    """Gives a capability a name that stays; returns the id of the judgement."""
    identity = "judgement-" + hashlib.sha256(f"rename\n{one.id}".encode()).hexdigest()[:16]
    claim = _claim(identity, RENAMED, said)
    record = Record(one.id, claim, (Entity(one.id, CAPABILITY, one.name),))
    return _write(store, record, f"rename {one.id}")


def part_id(whole: EntityId, first: str) -> EntityId:
    """The id of a part: of its first name, unless the whole bears that."""
    own = capability_id(first)
    return own if own != whole else capability_id(f"{whole}/{first}")


def _write(store: GraphStore, record: Record, what: str) -> str:
    identity = record.claim.document
    write_judgement(store, identity, record, what=what, summary={"verdict": record.claim.rule})
    return identity


def _claim(identity: str, rule: str, said: Said) -> Claim:
    return Claim(REVIEWER, identity, said.on, rule=rule, by=said.by, because=said.because)


def _stored(one: Named, claim: Claim) -> Entity:
    """The capability as it is grouped, so that something is there to be judged; its name binds nobody."""
    grouped = Claim(RESOLVER, claim.document, claim.said_on, rule=GROUPED, name=one.name)
    return Entity(one.id, CAPABILITY, one.name, claims=(grouped,))


def _listed(claim: Claim) -> tuple[str, ...]:
    value = claim.properties.get(ALIASES, ())
    return value if isinstance(value, tuple) else (str(value),)
