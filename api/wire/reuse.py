"""Answers of recommendations and overlaps."""

from typing import Literal

from pydantic import Field

from api.wire.base import Named, Typed, Wire
from api.wire.graph import CURSOR

KindWire = Literal["same", "same_kind", "reskinned", "reuse"]


class CoverWire(Wire):
    """A part of the need and what is offered for it."""

    need: str = Field(examples=["短信提醒"])
    offers: str = Field(examples=["短信发送"])
    score: float


class ReasonWire(Wire):
    """One part of the score, in words."""

    kind: str = Field(examples=["function"])
    text: str = Field(examples=["覆盖需求 1/1 项"])
    score: float


class RecommendationWire(Typed):
    """One component or system to reuse."""

    score: float
    band: str = Field(examples=["high"])
    covers: list[CoverWire]
    missing: list[str]
    reasons: list[ReasonWire]
    usable: bool
    blockers: list[str]
    contact: str | None = None


class RecommendationsWire(Wire):
    """Ranked recommendations; when nothing fits, `none` says why and `items` is empty."""

    items: list[RecommendationWire]
    none: str | None
    graph_version: str
    mode: str = Field(examples=["semantic"])


class OverlapSide(Named):
    """One of two that overlap."""

    department: str = Field("", examples=["云江市民政局"])


class OverlapWire(Wire):
    """Two systems that overlap, and why."""

    a: OverlapSide
    b: OverlapSide
    kind: KindWire
    score: float = Field(examples=[0.97])
    contributions: dict[str, float]
    evidence: list[str] = Field(examples=[["功能逐项对应10项"]])


class OverlapsWire(Wire):
    """The best pairs by score, each once."""

    overlaps: list[OverlapWire]
    next: str | None = CURSOR
