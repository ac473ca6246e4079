"""How claims stand beside a fact: the numbers of its records, and what they say where that is not shown.

A fact that one record states, as most are, keeps that record's number and nothing else. Otherwise `_claims`
holds every distinct saying and `_said` which of them each record makes.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from kg.model import Claim, Entity, Properties, Relation
from kg.store.cypher.values import compact, read
from kg.store.records import Assertion, Saying
from kg.store.rows import claim_of, decode, encode, encode_citation

RECORDS, CLAIMS, SAID = "_records", "_claims", "_said"
# Of a record, what a claim is made of; the rest of it is bookkeeping.
CITED = (
    ".key, .source, .document, .sha256, .said_on, .place, .rule, .confidence, .quote, .judge, .because,"
    " .opened, .closed, .ended"
)
_CITATION = (
    *("source", "document", "sha256", "said_on", "place", "rule", "confidence", "quote", "judge", "because"),
)


class Statement(NamedTuple):
    """What one record says of one fact; `own` is its citation where that is not the record's."""

    record: int
    type: str
    name: str | None
    properties: Properties
    own: str | None = None

    def text(self) -> str:
        """All of it but the record, as one text."""
        return compact([self.type, self.name, encode(self.properties), self.own])


def statement(record: int, saying: Saying) -> Statement:
    """A saying of a record about to be written."""
    own = encode_citation(saying.cited) if saying.own else None
    return Statement(record, saying.type, saying.name, saying.properties, own)


def kept(shown: Entity | Relation, said: Sequence[Statement]) -> dict[str, object]:
    """The bookkeeping of a fact that is shown like this and said by these."""
    records = [one.record for one in said]
    if len(said) == 1 and said[0].own is None and _is_shown(said[0], shown):
        return {RECORDS: records, CLAIMS: None, SAID: None}
    plain = compact([shown.type, _name(shown), encode(shown.properties), None])
    texts = [one.text() for one in said]
    if all(text == plain for text in texts):
        return {RECORDS: records, CLAIMS: None, SAID: None}
    distinct = {text: at for at, text in enumerate(dict.fromkeys(texts))}
    return {RECORDS: records, CLAIMS: list(distinct), SAID: [distinct[text] for text in texts]}


def statements(kind: str, stored: Mapping[str, Any], name: str | None) -> list[Statement]:
    """What was said of a fact of this type, from what stands on its node or relationship."""
    records: list[int] = stored.get(RECORDS) or []
    texts: list[str] | None = stored.get(CLAIMS)
    if texts is None:
        properties = read(stored)
        return [Statement(record, kind, name, properties) for record in records]
    made = [json.loads(text) for text in texts]
    return [
        Statement(record, made[at][0], made[at][1], decode(made[at][2]), made[at][3])
        for record, at in zip(records, stored[SAID], strict=True)
    ]


def claimed(
    said: Iterable[Statement], records: Mapping[int, Mapping[str, Any]]
) -> list[tuple[Assertion, str | None]]:
    """The claims behind a fact, as far as their records are given, each with the date that ended it."""
    return [
        (Assertion(one.type, _claim(one, records[one.record])), records[one.record].get("ended"))
        for one in said
        if one.record in records
    ]


def citation(record: Mapping[str, Any]) -> tuple[Any, ...]:
    """The citation of a record, in the order of `kg.store.rows`."""
    return tuple(record.get(name) for name in _CITATION)


def _claim(one: Statement, record: Mapping[str, Any]) -> Claim:
    return claim_of(
        citation(record),
        one.own,
        name=one.name,
        properties=one.properties,
        opened=record["opened"],
        closed=record.get("closed"),
        ended=record.get("ended"),
    )


def _is_shown(one: Statement, shown: Entity | Relation) -> bool:
    return one.properties is shown.properties and (one.type, one.name) == (shown.type, _name(shown))


def _name(shown: Entity | Relation) -> str | None:
    return shown.name if isinstance(shown, Entity) else None
