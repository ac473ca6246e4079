"""What the graph is made of: entities, relations, and the claims that say them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import NewType

EntityId = NewType("EntityId", str)
RunId = NewType("RunId", int)
Scalar = str | int | float | bool | Decimal
Value = Scalar | tuple[str, ...]
Properties = Mapping[str, Value]
EMPTY: Properties = MappingProxyType({})
OCR = "+ocr"
"""What the rule of a claim ends with whose words were read off a picture, where signs are misread."""


def _nothing() -> Properties:
    return EMPTY


class Modality(StrEnum):
    """Whether a relation is so (fact), is to be so (plan) or is ruled out (forbidden)."""

    FACT = "fact"
    PLAN = "plan"
    FORBIDDEN = "forbidden"


class Direction(StrEnum):
    """Which end of a relation the asked entity stands at: OUT = it is the source, IN = the target."""

    OUT = "out"
    IN = "in"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a file something stands. Rows, columns, pages and blocks count from 1.

    `start` and `end` are offsets in Unicode code points of the block's text (of the whole text for plain
    passages), end exclusive. None means the kind of file has no such coordinate.
    """

    sheet: str | None = None
    row: int | None = None
    column: int | None = None
    page: int | None = None
    block: int | None = None
    start: int | None = None
    end: int | None = None

    @property
    def coordinates(self) -> tuple[str | int | None, ...]:
        """All coordinates in the order of the fields; `dataclasses.astuple` takes twenty times as long."""
        return self.sheet, self.row, self.column, self.page, self.block, self.start, self.end


NOWHERE = Place()


@dataclass(frozen=True, slots=True)
class Claim:
    """What one source says about one entity or relation at one place.

    `source` is the kind of source (a name in `ingest/sources`, or `reviewer`, `resolver`), `document` the
    file as named in the load, `sha256` of its bytes in the archive ("" when no file stands behind it),
    `rule` the mapping or extraction rule, `confidence` 0..1 (below 1 only for facts read out of text or
    inferred), `said_on` the ISO date on which it was said. `name` and `properties` are what it asserts
    (name is None for relations). `quote` holds the words read when they are not a whole cell. `by` and
    `because` are set on a person's judgement. `opened` is the run that wrote it and `closed` the run that
    ended it, both numbers of one store; `ended` is the ISO date of the document that ended it. The last two
    are None while it holds; none of the three takes part in equality.
    """

    source: str
    document: str
    said_on: str
    place: Place = NOWHERE
    rule: str = ""
    confidence: float = 1.0
    name: str | None = None
    properties: Properties = field(default_factory=_nothing)
    sha256: str = ""
    quote: str | None = None
    by: str | None = None
    because: str | None = None
    opened: int | None = field(default=None, compare=False)
    closed: int | None = field(default=None, compare=False)
    ended: str | None = field(default=None, compare=False)

    @property
    def is_recognised(self) -> bool:
        """Whether its words were read off a picture by a recogniser."""
        return self.rule.endswith(OCR)


@dataclass(frozen=True, slots=True)
class Entity:
    """One thing: its id, its type of the ontology, and its name and properties as folded from open claims.

    Written to a store, `claims` are what is asserted; read from one, they are all open claims, winners first.
    """

    id: EntityId
    type: str
    name: str
    properties: Properties = field(default_factory=_nothing)
    claims: tuple[Claim, ...] = ()


@dataclass(frozen=True, slots=True)
class Relation:
    """One directed relation between two entities; `properties["modality"]` is absent for a fact."""

    source: EntityId
    type: str
    target: EntityId
    properties: Properties = field(default_factory=_nothing)
    claims: tuple[Claim, ...] = ()

    @property
    def key(self) -> tuple[EntityId, str, EntityId]:
        """The identity of a relation: two claims with one key speak of the same relation."""
        return self.source, self.type, self.target

    @property
    def modality(self) -> Modality:
        """Fact unless the folded claims say plan or forbidden."""
        return Modality(str(self.properties.get("modality", Modality.FACT)))


@dataclass(frozen=True, slots=True)
class Record:
    """What one source row (or line, or block of text) says: the unit that is written, swept and counted
    whole.

    `subject` is the entity the row is about. `claim` carries place, rule, confidence and date for all facts
    of the record; an entity or relation that brings its own claims keeps those instead (several: native
    JSONL). Facts without their own claims assert their own `name` and `properties`. `digest` is set by
    `kg.store.records.stamp`; "" lets the store compute it. `ended` is the ISO date of a later document that
    ends what the row says: it then stands in history alone; None: it holds.
    """

    subject: EntityId
    claim: Claim
    entities: tuple[Entity, ...]
    relations: tuple[Relation, ...] = ()
    row: int = 0
    digest: str = field(default="", compare=False)
    ended: str | None = None
