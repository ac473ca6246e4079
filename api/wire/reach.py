"""Answers of dependencies and impact."""

from typing import Literal

from pydantic import Field

from api.wire.base import Json, Typed, Wire


class BackingWire(Wire):
    """What a relation rests on: declared, extracted, measured or inferred, with the calls counted."""

    basis: str = Field(examples=["measured"])
    confidence: float = Field(ge=0, le=1)
    claims: list[str] = Field(examples=[["网关导出.csv 第12行"]])
    calls: int | None = Field(default=None, description="实测的调用次数")
    since: str | None = Field(default=None, examples=["2026-01-01"])
    until: str | None = Field(default=None, examples=["2026-06-30"])


class StepWire(Wire):
    """One relation on the way, with its basis and the document that says it."""

    source: str
    type: str = Field(examples=["DEPENDS_ON"])
    target: str
    basis: str = Field(examples=["declared"])
    confidence: float = Field(ge=0, le=1)
    claim: str = Field(examples=["松河市自查表.xlsx 自查 第38行"])
    bases: list[BackingWire] = Field(description="依据并列：申报、文本抽取、实测、推断")


class ReachedWire(Typed):
    """One entity reached over `hop` relations."""

    department: str = Field(description="所属单位，不明时为空")
    hop: int = Field(ge=1)
    modality: Literal["fact", "plan", "forbidden"]
    path: list[StepWire]


class DepartmentCount(Wire):
    """How many systems of one department are reached."""

    department: str
    systems: int


class NoticeWire(Wire):
    """One department to be told, with the text."""

    department: str
    contacts: list[str]
    systems: list[Json]
    text: str


class UncoveredWire(Wire):
    """A function or ability that the replacement does not have."""

    text: str
    nearest: str
    score: float


class PlanWire(Wire):
    """What happens if the system is retired or replaced."""

    mode: Literal["retire", "replace"]
    replacement: Typed | None
    notices: list[NoticeWire]
    uncovered: list[UncoveredWire]
    already: list[str]


class ReachWire(Wire):
    """All that is reached, nearest first; `total` counts what is not listed, too."""

    root: Typed
    items: list[ReachedWire]
    by_department: list[DepartmentCount]
    total: int
    truncated: bool
    others: list[str]
    what_if: PlanWire | None = Field(default=None, description="只在设想停用或替代时给出")


class PartyWire(Wire):
    """A system with the unit that owns it."""

    id: str
    name: str
    department: str


class OneSidedWire(Wire):
    """A dependency only stated, or only measured."""

    source: PartyWire
    target: PartyWire
    bases: list[BackingWire]
    observed: bool = Field(description="双方之一在监测范围内")


class SinglePointWire(PartyWire):
    """A system on which others stand."""

    direct: int
    dependents: int
    departments: int
    alternatives: list[PartyWire]


class ReconciliationWire(Wire):
    """Dependencies stated and measured, held against each other."""

    unmeasured: list[OneSidedWire]
    undeclared: list[OneSidedWire]
    single_points: list[SinglePointWire]
    cycles: list[list[PartyWire]]
    totals: dict[str, int]
    coverage: Json
