"""The form of one line of native JSONL, checked as it is read."""

from functools import cache
from typing import Annotated, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictFloat, StrictInt, StrictStr, TypeAdapter

JsonValue: TypeAlias = StrictBool | StrictInt | StrictFloat | StrictStr | list[StrictStr] | None
JsonProperties: TypeAlias = dict[str, JsonValue]
Required: TypeAlias = Annotated[StrictStr, Field(min_length=1)]
Count: TypeAlias = Annotated[StrictInt, Field(ge=0)]


class Wire(BaseModel):
    """No key that is not known: a misspelt one would lose what it says."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class PlaceWire(Wire):
    """See kg.model.Place."""

    sheet: StrictStr | None = None
    row: Count | None = None
    column: Count | None = None
    page: Count | None = None
    block: Count | None = None
    start: Count | None = None
    end: Count | None = None


class ClaimWire(Wire):
    """See kg.model.Claim; runs are numbers of one store and do not travel."""

    source: Required
    document: StrictStr = ""
    said_on: StrictStr = Field(default="", pattern=r"^(\d{4}(-\d\d(-\d\d)?)?)?$")
    place: PlaceWire = PlaceWire()
    rule: StrictStr = ""
    confidence: float = Field(default=1.0, ge=0, le=1, allow_inf_nan=False)
    name: StrictStr | None = None
    properties: JsonProperties = {}
    sha256: StrictStr = ""
    quote: StrictStr | None = None
    by: StrictStr | None = None
    because: StrictStr | None = None
    ended: StrictStr | None = Field(default=None, pattern=r"^\d{4}(-\d\d(-\d\d)?)?$")


class EntityWire(Wire):
    """See kg.model.Entity."""

    kind: Literal["entity"]
    id: Required
    type: Required
    name: Required
    properties: JsonProperties = {}
    claims: tuple[ClaimWire, ...] = ()


class RelationWire(Wire):
    """See kg.model.Relation."""

    kind: Literal["relation"]
    source: Required
    type: Required
    target: Required
    properties: JsonProperties = {}
    claims: tuple[ClaimWire, ...] = ()


FactWire: TypeAlias = Annotated[EntityWire | RelationWire, Field(discriminator="kind")]


@cache
def fact_adapter() -> TypeAdapter[EntityWire | RelationWire]:
    """Reads a decoded line; made on first use."""
    return TypeAdapter(FactWire)
