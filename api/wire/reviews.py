"""The list of what is to be judged."""

from typing import Literal

from pydantic import Field

from api.wire.base import Typed, Wire
from api.wire.decisions import ContradictionWire


class ReviewCandidate(Typed):
    """What a mention may mean."""

    of: str = Field(description="所属单位或所在区划", examples=["示例省数据局"])


class EvidenceWire(Wire):
    """Where a mention stands."""

    document: str = Field(examples=["云江市普查表.xlsx"])
    place: str = Field(examples=["工作表「普查表」第16行"])
    quote: str
    said_on: str = Field(examples=["2026-03-31"])


class ReviewItem(Typed):
    """A mention that may mean several things."""

    reason: Literal["several_assets", "several_organs", "namesake_places", "place_not_said", "may_be_one"]
    text: str = Field(examples=["有多个系统或组件符合这一名称"])
    candidates: list[ReviewCandidate]
    total: int = Field(ge=1, description="候选总数")
    evidence: list[EvidenceWire]
    said: int = Field(ge=0, description="出现次数")
    score: float | None = Field(
        default=None, ge=0, le=1, description="可能为同一系统的程度，名称所指不明时为空"
    )


class ReviewPage(Wire):
    """Mentions, those said most often first."""

    items: list[ReviewItem]
    total: int = Field(ge=0, description="待确认总数")
    contradictions: list[ContradictionWire] = Field(default=[], description="自相矛盾、均未生效的判定")
