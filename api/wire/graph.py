"""Answers of search, lists, entities and relations."""

from typing import Literal

from pydantic import Field

from api.wire.base import Json, Typed, Wire

CURSOR = Field(description="取下一页时作为 cursor 传回；没有下一页时为 null", examples=[None, "NTA="])


class Hit(Typed):
    """One hit; 1 is the exact name."""

    score: float = Field(ge=0, le=1, examples=[0.93])


class HitPage(Wire):
    """Hits, best first."""

    items: list[Hit]
    next: str | None = CURSOR


class EntityPage(Wire):
    """Entities by id."""

    items: list[Typed]
    next: str | None = CURSOR


class PlaceWire(Wire):
    """Where in a file: sheet, row, column, page, block, or characters `start` to `end`."""

    sheet: str | None = Field(None, examples=["普查表"])
    row: int | None = Field(None, examples=[16])
    page: int | None = None


class ClaimWire(Wire):
    """What one source says, and where."""

    source: str = Field(examples=["census"])
    document: str = Field(examples=["云江市普查表.xlsx"])
    said_on: str = Field(examples=["2026-03-31"])
    place: PlaceWire | None = None
    confidence: float | None = Field(None, ge=0, le=1, description="缺省为 1")


class RelationWire(Wire):
    """A relation seen from one of its ends."""

    kind: Literal["relation"]
    source: str = Field(examples=["asset-055836681379ced3"])
    type: str = Field(examples=["REUSES"])
    target: str = Field(examples=["asset-5f1f55bab9dc99a4"])
    properties: Json
    claims: list[ClaimWire]
    direction: Literal["out", "in"]
    other: Typed | None


class RelationPage(Wire):
    """Relations, outgoing before incoming."""

    items: list[RelationWire]
    next: str | None = CURSOR


class SaidValue(Wire):
    """A value and the document that says it."""

    value: str | float | bool
    document: str


class ContradictionWire(Wire):
    """A property of which sources say different things."""

    property: str = Field(examples=["status"])
    values: list[SaidValue]


class EntityWire(Typed):
    """An entity with the claims behind its values, and its relations."""

    kind: Literal["entity"]
    properties: Json = Field(examples=[{"status": "在用", "levels_served": ["省级", "市级"]}])
    claims: list[ClaimWire]
    contradictions: list[ContradictionWire]
    relations: list[RelationWire]
    others: list[str] = Field(description="同名的其他条目")
