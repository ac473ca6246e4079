"""The decision paper of a duplicate check."""

from typing import Literal

from pydantic import Field

from api.wire.base import Json, Named, Wire

VerdictWire = Literal["不予立项", "核减", "有条件推进", "通过"]


class RuleWire(Wire):
    """A rule with its words filled in."""

    rule: str = Field(examples=["refuse_same"])
    text: str


class StatedWire(Wire):
    """One saying of the proposal as written, and where it stands, in words for a reader."""

    kind: str = Field(examples=["grade"])
    value: str = Field(examples=["第三级"])
    place: str = Field("", examples=["第1个表格（第4段处）第1行"])


class ProposalWire(Wire):
    """What the proposal says of itself; budget in yuan."""

    name: str | None = Field(None, examples=["云江市居家养老服务管理系统建设项目"])
    department: str | None = Field(None, examples=["云江市民政局"])
    period: str | None = Field(None, examples=["2026"])
    budget: float | None = Field(None, examples=[1900000])
    build_kind: str | None = Field(None, examples=["新建"])
    fund_source: str | None = Field(None, examples=["县级财政"])
    grade: str | None = Field(None, examples=["第三级"])
    facts: list[StatedWire] = Field(default_factory=list)


class FunctionPairWire(Wire):
    """A proposed function beside the existing one."""

    proposed: str
    existing: str
    kind: str = Field(examples=["same"])
    score: float


class CandidateWire(Named):
    """An existing system or project worth a reviewer's look."""

    type: str
    stage: str | None
    department: str
    kind: str = Field(examples=["reskinned"])
    score: float
    functions: list[FunctionPairWire]


class ModuleWire(Wire):
    """One line of the function list with its verdict."""

    path: str
    amount: float | None
    verdict: str
    kind: str
    action: str = Field(examples=["复用"])
    candidate: str | None


class RebuiltWire(Wire):
    """A proposed function that a shared component already provides."""

    function: str
    component: Named | None
    capability: str = Field(examples=["统一身份认证"])
    usable: bool
    blockers: list[str]


class RefusedWire(Wire):
    """Why a file or a row was not stored, and what to do."""

    reason: str
    remedy: str


class KeptWire(Wire):
    """What became of a proposal that was to be stored; `run` null when nothing was."""

    run: str | None = Field(examples=["12"])
    status: Literal["complete", "refused", "failed"]
    rejected: list[RefusedWire]


class ReportWire(Wire):
    """The decision paper; `verdict` null when nothing could be judged, and `reasons` say why."""

    id: str = Field(description="报告编号，可用 GET /api/v1/checks/{id} 再取", examples=["9f2c5d1a7b3e4f60"])
    verdict: VerdictWire | None
    reasons: list[RuleWire]
    proposal: ProposalWire
    candidates: list[CandidateWire]
    modules: list[ModuleWire]
    rebuilt: list[RebuiltWire]
    coverage: Json
    basis: Json
    to_verify: list[str | Json]
    earlier_version: Json | None = Field(None, description="同一申报的前一版本，以及此后的变化")
    precedents: list[Json] = Field(default_factory=list, description="既往类似模块的处理，不影响结论")
    unlike_decisions: list[Json] = Field(default_factory=list, description="类似模块既有同意也有不同意的")
    precedent_counts: Json | None = Field(None, description="有先例的模块、同意和不同意的项目各有多少")
    file: str = Field(examples=["申报书.docx"])
    kept: KeptWire | None = Field(None, description="表单中 keep 为 true 时：载入知识库的结果")
