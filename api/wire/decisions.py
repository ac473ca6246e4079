"""What reviewers send and are answered: judgements, corrections, runs and their undoing."""

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from api.wire.base import Wire


def _encodable(text: str) -> str:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise ValueError("含有无法编码的字符") from None
    return text


Because = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=2000),
    AfterValidator(_encodable),
    Field(description="理由", examples=["接口地址相同"]),
]
Id = Annotated[
    str,
    StringConstraints(min_length=1, max_length=500),
    AfterValidator(_encodable),
    Field(examples=["sys-7"]),
]
Text = Annotated[str, StringConstraints(max_length=10_000), AfterValidator(_encodable)]
Verdict = Literal["same", "different", "unsure"]


class JudgementAsked(BaseModel):
    """A judgement on a pair; who judges is told by the key."""

    model_config = ConfigDict(
        frozen=True,
        json_schema_extra={
            "examples": [{"a": "sys-7", "b": "sys-9", "verdict": "same", "because": "接口地址相同"}]
        },
    )

    a: Id
    b: Id
    verdict: Verdict
    because: Because


class CorrectionAsked(BaseModel):
    """The value that a property is to have; written as in a cell of a census, or as JSON has it."""

    model_config = ConfigDict(
        frozen=True,
        json_schema_extra={
            "examples": [{"entity": "sys-7", "property": "status", "value": "停用", "because": "现场核查"}]
        },
    )

    entity: Id
    property: Annotated[Text, Field(description="属性名；名称为 name", examples=["status"])]
    value: bool | int | float | Text | list[Text]
    because: Because

    def text(self) -> str:
        """The value as a cell would hold it."""
        if isinstance(self.value, bool):
            return "是" if self.value else "否"
        return "、".join(self.value) if isinstance(self.value, list) else str(self.value)


class Reasoned(BaseModel):
    """Why something is taken back; who does it is told by the key."""

    model_config = ConfigDict(frozen=True, json_schema_extra={"examples": [{"because": "传错了文件"}]})

    because: Because


class ContradictionWire(Wire):
    """A circle of judgements of which none counts until one is withdrawn."""

    judgements: list[dict[str, str]]
    apart: list[list[str]]


class JudgementWire(Wire):
    """A judgement that was recorded."""

    id: str
    a: str
    b: str
    verdict: Verdict
    by: str = Field(description="密钥的名称")
    because: str
    said_on: str
    merged: dict[str, str] = Field(description="所给 ID 已并入的条目")
    contradictions: list[ContradictionWire]


class CorrectionWire(Wire):
    """A correction that was recorded."""

    id: str
    entity: str = Field(description="更正所记的条目；所给 ID 已并入他条时为合并后的 ID")
    asked: str
    property: str
    before: str | int | float | bool | list[str] | None
    value: str | int | float | bool | list[str]
    by: str = Field(description="密钥的名称")
    because: str
    said_on: str


class WithdrawnWire(Wire):
    """A judgement or correction that was withdrawn."""

    withdrawn: str
    by: str
    because: str


class RunWire(Wire):
    """One run that wrote into the graph."""

    run: str
    what: str
    status: Literal["running", "complete", "failed", "undone"]
    started: str
    finished: str | None
    by: str | None
    because: str | None
    rows: int | None
    deliveries: list[str]
    clock_back: bool = Field(description="时钟早于上一任务；先后以编号为准")


class RunPage(Wire):
    """Runs, latest first."""

    items: list[RunWire]
    total: int


class UndoneRecords(Wire):
    """How many records an undo ended, let hold again, and kept because a later run said them again."""

    ended: int
    again: int
    kept: int


class SupersededWire(Wire):
    """A delivery that a later run read again: that run's word stands."""

    delivery: str
    run: str


class UndoneWire(Wire):
    """What an undo did."""

    run: str
    undone: str
    by: str
    because: str
    records: UndoneRecords
    superseded: list[SupersededWire]


class PrecisionWire(Wire):
    """How many suggestions of one kind and band of confidence were accepted."""

    kind: str
    text: str
    band: str = Field(description="把握的区间，没有把握值时为空")
    accepted: int
    decided: int
    unsure: int
    precision: float | None


class StatisticsWire(Wire):
    """How good the suggestions were, by the decisions that stand."""

    suggestions: list[PrecisionWire]
