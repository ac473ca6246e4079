"""A reviewer's correction of one value: a claim that wins over every source, until it is withdrawn."""

import hashlib
from dataclasses import dataclass

from kg.model import Claim, Entity, EntityId, Record, RunId, Value
from kg.store.base import NEVER, GraphStore, Lifetime
from kg.store.books import Books, books
from kg.store.judgements import CORRECTION, REVIEWER, write_judgement
from kg.store.redelivery import newest

NAME = "name"
"""Corrected like a property, though it is none."""


@dataclass(frozen=True, slots=True)
class Correction:
    """The value that `property_name` of an entity is to have, with who says so, why and on which ISO date."""

    subject: Entity
    property_name: str
    value: Value
    by: str
    because: str
    said_on: str

    @property
    def id(self) -> str:
        """The same for every correction of this property: a later one takes the place of the former."""
        named = f"{self.subject.id}\n{self.property_name}"
        return CORRECTION + hashlib.sha256(named.encode()).hexdigest()[:16]


def write_correction(store: GraphStore, made: Correction) -> None:
    """Writes a correction in a run of its own; it says nothing of the entity but this value."""
    claim = Claim(
        source=REVIEWER,
        document=made.id,
        said_on=made.said_on,
        rule=f"correct:{made.property_name}",
        name=str(made.value) if made.property_name == NAME else None,
        properties={} if made.property_name == NAME else {made.property_name: made.value},
        by=made.by,
        because=made.because,
    )
    corrected = Entity(made.subject.id, made.subject.type, made.subject.name, claims=(claim,))
    summary = {"entity": made.subject.id, "property": made.property_name}
    record = Record(made.subject.id, claim, (corrected,))
    write_judgement(
        store, made.id, record, what=f"correct {made.subject.id} {made.property_name}", summary=summary
    )


def follow_corrections(store: GraphStore, run: RunId) -> None:
    """Lets corrections of things rest that nobody names any more, and hold again once somebody does.

    A correction alone would keep a thing in the graph that every source has dropped.
    """
    made = [one.key for one in store.deliveries(ever=True) if one.key.startswith(CORRECTION)]
    if not made:
        return
    known, day = books(store.runs()), newest(store)
    for key in made:
        standing, named = store.records(key), _subject(store, key)
        sourced = _is_sourced(store, named)
        if standing and not sourced:
            store.sweep(run, key, set(standing), said_on=day)
        elif sourced and not standing and (resting := _resting(store, key, known)):
            store.settle(run, key, [Lifetime(resting.number, resting.digest, resting.opened)])


def _subject(store: GraphStore, key: str) -> EntityId:
    known = {**{d: one.subject for d, one in store.ended(key).items()}, **store.records(key)}
    return next(iter(known.values()))


def _is_sourced(store: GraphStore, named: EntityId) -> bool:
    """Whether anything but corrections says the entity."""
    said = (claim for one in store.get([named]).values() for claim in one.claims)
    return any(not claim.document.startswith(CORRECTION) for claim in said)


def _resting(store: GraphStore, key: str, known: Books) -> Lifetime | None:
    """The last record of a correction that no person took back: a load ended it."""
    lives = [life for life in store.lifetimes(key) if life.ended != NEVER]
    taken_back = not lives or key in known.read.get(lives[-1].closed or 0, {})
    return None if taken_back else lives[-1]
