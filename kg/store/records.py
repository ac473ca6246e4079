"""What a record asserts, and the digest that tells whether a source row still says the same."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from operator import attrgetter

from kg.model import Claim, Entity, Properties, Record, Relation


@dataclass(frozen=True, slots=True)
class Assertion:
    """One claim together with the type it asserts; its name and properties are those asserted."""

    type: str
    claim: Claim


@dataclass(frozen=True, slots=True)
class Saying:
    """One assertion before it is made a claim: what is said, and the citation, its own or its record's."""

    type: str
    name: str | None
    properties: Properties
    cited: Claim
    own: bool = False

    def assertion(self) -> Assertion:
        """The same as a claim."""
        return Assertion(self.type, _asserting(self.cited, self.name, self.properties))


def sayings(fact: Entity | Relation, record: Record) -> list[Saying]:
    """What a record says of one of its facts: by the fact's own claims, else by the record's.

    Own claims that assert nothing (bare citations) assert the fact's name and properties.
    """
    name = fact.name if isinstance(fact, Entity) else None
    if not fact.claims:
        return [Saying(fact.type, name, fact.properties, record.claim)]
    if any(claim.name is not None or claim.properties for claim in fact.claims):
        return [Saying(fact.type, claim.name, claim.properties, claim, own=True) for claim in fact.claims]
    return [Saying(fact.type, name, fact.properties, claim, own=True) for claim in fact.claims]


def assertions(fact: Entity | Relation, record: Record) -> list[Assertion]:
    """What a record says of one of its facts, as claims."""
    return [saying.assertion() for saying in sayings(fact, record)]


def digests(records: Iterable[Record]) -> list[str]:
    """One digest of the content of each record, in order.

    Content is facts, names, properties, rule, confidence, source, quote and judge; place, date, run and
    file bytes are not, so that a moved but unchanged row keeps its digest. Equal rows are numbered.
    """
    return [record.digest for record in stamp(records)]


def stamp(records: Iterable[Record], seen: Counter[str] | None = None) -> Iterator[Record]:
    """The same records with their digests set; `seen` counts equal rows over several calls."""
    counted: Counter[str] = Counter() if seen is None else seen
    for record in records:
        if record.digest:
            yield record
            continue
        content = _content(record)
        occurrence = counted[content]
        counted[content] += 1
        yield replace(record, digest=f"{content}#{occurrence}" if occurrence else content)


def _content(record: Record) -> str:
    claim = record.claim
    said = [claim.source, claim.rule, claim.confidence, claim.quote, claim.by, claim.because]
    entities = [
        [e.id, e.type, e.name, _plain(e.properties), _own(e)]
        for e in sorted(record.entities, key=_entity_key)
    ]
    relations = [
        [*r.key, _plain(r.properties), _own(r)] for r in sorted(record.relations, key=attrgetter("key"))
    ]
    text = _ENCODER.encode([record.subject, said, entities, relations])
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _asserting(cited: Claim, name: str | None, properties: Properties) -> Claim:
    """The citation with other contents; `dataclasses.replace` takes three times as long, per fact."""
    return Claim(
        cited.source,
        cited.document,
        cited.said_on,
        cited.place,
        cited.rule,
        cited.confidence,
        name,
        properties,
        cited.sha256,
        cited.quote,
        cited.by,
        cited.because,
    )


def _own(fact: Entity | Relation) -> list[object]:
    return [
        [
            *(
                claim.source,
                claim.document,
                claim.said_on,
                claim.place.coordinates,
                claim.rule,
                claim.confidence,
            ),
            *(claim.name, _plain(claim.properties), claim.quote, claim.by, claim.because),
        ]
        for claim in fact.claims
    ]


def _plain(properties: Properties) -> list[tuple[str, object]]:
    return sorted(properties.items()) if properties else []


def _tagged(value: object) -> object:
    if isinstance(value, Decimal):
        return {"decimal": str(value)}
    raise TypeError(f"not a property value: {value!r}")


_ENCODER = json.JSONEncoder(ensure_ascii=False, default=_tagged)
_entity_key = attrgetter("id", "type", "name")
