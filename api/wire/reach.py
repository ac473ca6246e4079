"""Answers of dependencies and impact."""

from typing import Literal

from pydantic import Field

from api.wire.base import Typed, Wire


class StepWire(Wire):
    """One relation on the way, with its basis and the document that says it."""

    source: str
    type: str = Field(examples=["DEPENDS_ON"])
    target: str
    basis: str = Field(examples=["declared"])
    confidence: float = Field(ge=0, le=1)
    claim: str = Field(examples=["松河市自查表.xlsx 自查 第38行"])


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


class ReachWire(Wire):
    """All that is reached, nearest first; `total` counts what is not listed, too."""

    root: Typed
    items: list[ReachedWire]
    by_department: list[DepartmentCount]
    total: int
    truncated: bool
    others: list[str]
