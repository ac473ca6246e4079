"""Proposals as JSON: the form, and the proposal that a filled form states."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, NoReturn

import pydantic
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from ingest.documents.blocks import Block, BlockKind, Document
from ingest.documents.headings import heading_level
from ingest.documents.limits import limits
from ingest.documents.secrecy import FORM_ROWS, check_secrecy
from ingest.proposal.head.facts import years
from ingest.proposal.reader import NO_FUNCTIONS, read_proposal
from ingest.proposal.ties.declared import by_fields, by_kind, by_name
from ingest.proposal.ties.own import Own
from kg.errors import DocumentError, ValidationError
from kg.matching.description import Item
from kg.matching.proposal import Fact, Proposal
from kg.model import Place
from kg.values import parse_money

REMEDY = "请按 docs/proposal.schema.json 的格式修改后重新提交"
WORDS = {
    "missing": "缺少该字段",
    "string_type": "应为文本",
    "string_too_short": "不能为空",
    "tuple_type": "应为数组",
    "model_type": "应为对象或文本",
    "model_attributes_type": "应为对象或文本",
    "too_long": "条目过多",
    "string_too_long": "文字过长",
}
"""What pydantic's kinds of error mean, for the sender."""


def _money(value: object) -> object:
    """Yuan of a number or of a text with its unit. Raises: ValueError for anything else."""
    if value is None or value == "":
        return None
    if isinstance(value, bool) or not isinstance(value, int | Decimal | str):
        raise ValueError("应为金额（数字，单位元，或“290万元”这样的文本）")
    try:
        return parse_money(str(value))
    except ValidationError as error:
        raise ValueError(str(error)) from error


Money = Annotated[Decimal | None, BeforeValidator(_money, json_schema_input_type=int | float | str | None)]
Text = Annotated[str, Field(max_length=1_000_000)]
Names = tuple[Annotated[str, Field(min_length=1, max_length=1000)], ...]


class FunctionForm(BaseModel):
    """One line of a function list; `path` names what stands above it, outermost first, joined by "/"."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    text: str = Field(min_length=1, max_length=1000)
    path: str = Field(default="", max_length=1000)
    amount: Money = Field(default=None, description="yuan, or a text with its unit")


def _function(value: object) -> object:
    return {"text": value} if isinstance(value, str) else value


class ProposalForm(BaseModel):
    """A proposed project; only the name and either functions or a description that names some are needed."""

    model_config = ConfigDict(frozen=True, extra="ignore", title="Proposal")

    name: str = Field(min_length=1, max_length=1000)
    aliases: Names = ()
    department: Text = ""
    region: Text = ""
    period: Text = Field(
        default="", description="2026, 2026/2027, 2026年3月至2027年6月 or a plan such as 十五五"
    )
    budget: Money = Field(default=None, description="yuan, or a text with its unit")
    functions: tuple[Annotated[FunctionForm, BeforeValidator(_function)], ...] = Field(
        default=(), max_length=50_000
    )
    uses: Names = Field(default=(), description="systems and components it connects to or reuses")
    replaces: Names = Field(default=(), description="systems it takes over")
    deploys: Names = Field(default=(), description="existing systems it openly deploys or extends")
    description: Text = ""
    build_kind: Text | None = None
    fund_source: Text | None = None
    grade: Text | None = None


def read_form(path: Path) -> Proposal:
    """The proposal in a JSON file; what the form leaves out is read from its description.

    Raises: DocumentError naming the field that does not fit.
    """
    content = _content(path)
    told = _parsed(content)
    form = _checked(told)
    blocks = tuple(_blocks(form))
    notes = check_secrecy(path.name, blocks, tuple(_said(form, told)))
    digest = hashlib.sha256(content).hexdigest()
    read = read_proposal(Document(str(path), digest, "json", blocks, notes))
    return _stated(form, read, unknown=sorted(set(told) - set(ProposalForm.model_fields)))


def _content(path: Path) -> bytes:
    if not path.is_file():
        raise DocumentError("文件不存在或不是普通文件", "请检查路径", path.name)
    if path.stat().st_size > limits().file_bytes:
        raise DocumentError(f"文件超过 {limits().file_bytes >> 20} MB", "请拆分后再提交", path.name)
    return path.read_bytes()


def _constant(name: str) -> NoReturn:
    raise ValueError(name)


def _parsed(content: bytes) -> Mapping[str, Any]:
    try:
        told = json.loads(content.decode("utf-8-sig"), parse_float=Decimal, parse_constant=_constant)
    except UnicodeDecodeError as error:
        raise DocumentError("不是 UTF-8 编码", "请另存为 UTF-8 后再提交") from error
    except json.JSONDecodeError as error:
        raise DocumentError(f"不是 JSON：第{error.lineno}行第{error.colno}列有误", REMEDY) from error
    except (ValueError, RecursionError) as error:
        raise DocumentError("不是 JSON：数值超出范围或嵌套过深", REMEDY) from error
    if not isinstance(told, dict):
        raise DocumentError("顶层应为一个对象（一份申报材料）", REMEDY)
    return told


def _checked(told: Mapping[str, Any]) -> ProposalForm:
    try:
        return ProposalForm.model_validate(told)
    except pydantic.ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in first["loc"])
        said = WORDS.get(first["type"]) or first["msg"].removeprefix("Value error, ")
        raise DocumentError(f"字段 {place.lstrip('.')}：{said}", REMEDY) from error


def _said(form: ProposalForm, told: Mapping[str, Any]) -> Iterator[str]:
    """What a form says beside its description: names, functions, and each text with its label."""
    yield from (form.name, *form.aliases)
    yield from (f"{name}：{value}" for name, value in told.items() if isinstance(value, str))
    yield from (function.text for function in form.functions[:FORM_ROWS])


def _blocks(form: ProposalForm) -> Iterator[Block]:
    """The description line by line, as a document would have it."""
    for number, line in enumerate(form.description.splitlines(), 1):
        if line.strip():
            level = heading_level(line.strip())
            kind = BlockKind.HEADING if level else BlockKind.PARAGRAPH
            yield Block(kind, Place(block=number), line.strip(), level)


def _stated(form: ProposalForm, read: Proposal, *, unknown: list[str]) -> Proposal:
    """What the form states; where it is silent, what its description says."""
    items = tuple(
        Item(one.text.strip(), one.path.strip("/ "), one.amount, f"functions[{number}]")
        for number, one in enumerate(form.functions)
    )
    told = read.description
    declared = dict.fromkeys((*([told.declared] if told.declared else []), *_declared(form, read)))
    described = replace(
        told,
        name=form.name.strip(),
        aliases=form.aliases or told.aliases,
        text=form.description,
        items=items or told.items,
        department=form.department.strip() or told.department,
        region=form.region.strip() or told.region,
        period=years(form.period) or told.period,
        uses=tuple(dict.fromkeys((*form.uses, *told.uses))),
        replaces=tuple(dict.fromkeys((*form.replaces, *told.replaces))),
        declared="；".join(declared),
    )
    ignored = tuple(f"未知字段 {name}，未采用" for name in unknown)
    return replace(
        read,
        description=described,
        budget=form.budget if form.budget is not None else read.budget,
        build_kind=form.build_kind or read.build_kind,
        fund_source=form.fund_source or read.fund_source,
        grade=form.grade or read.grade,
        unread=tuple(note for note in read.unread if not (items and note == NO_FUNCTIONS)),
        confidence=1.0 if items else read.confidence,
        facts=tuple(_facts(form, read)),
        notes=(*(() if items else read.notes), *ignored),
    )


def _declaring(form: ProposalForm, read: Proposal) -> Iterator[tuple[Fact, str]]:
    """The ties in the fields and the name that declare reuse, each with the words that say so.

    The description is read without the name, so only here its own systems are known in it.
    """
    own = Own((form.name.strip(), *form.aliases), form.department.strip())
    stated = {"uses": form.uses, "replaces": form.replaces, "deploys": form.deploys}
    given = (Fact(kind, name.strip(), kind) for kind, names in stated.items() for name in names if name)
    replaced = (fact for fact in read.facts if fact.kind == "replaces")
    yield from by_fields((*given, *replaced), own)
    if named := by_name(Fact("name", form.name.strip(), "name")):
        yield named


def _declared(form: ProposalForm, read: Proposal) -> tuple[str, ...]:
    said = tuple(words for _, words in _declaring(form, read))
    kind = by_kind(form.name.strip(), form.build_kind or "")
    return said or ((kind,) if kind else ())


def _facts(form: ProposalForm, read: Proposal) -> Iterator[Fact]:
    stated: dict[str, tuple[str, ...]] = {
        "name": (form.name,),
        "department": (form.department,),
        "region": (form.region,),
        "period": (form.period,),
        "budget": (f"{form.budget}元",) if form.budget is not None else (),
        "build_kind": (form.build_kind or "",),
        "fund_source": (form.fund_source or "",),
        "grade": (form.grade or "",),
        "uses": form.uses,
        "replaces": form.replaces,
    }
    deployed = [fact for fact, _ in _declaring(form, read) if fact.kind == "deploys"]
    given = [Fact(kind, value.strip(), kind) for kind, values in stated.items() for value in values if value]
    kinds = {fact.kind for fact in given} | ({"deploys"} if form.deploys else set())
    told = [fact for fact in read.facts if fact.kind not in kinds]
    unique = {(fact.kind, fact.value): fact for fact in reversed((*given, *deployed, *told))}
    yield from reversed(unique.values())
