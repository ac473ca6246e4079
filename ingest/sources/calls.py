"""Measured calls: rows of a gateway's or log's export become dependencies that were seen."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ingest.documents.blocks import BlockKind, Document
from ingest.sources.base import Context, Lot, Note, Reading, Rejection
from ingest.sources.mapping import load_mapping
from ingest.sources.organizations import organization
from ingest.sources.tables import Line, Sheet, find_header, sheets
from kg.errors import ValidationError
from kg.identity import asset_id
from kg.model import Claim, Entity, EntityId, Record, Relation, Value
from kg.values import last_day, parse_date

SOURCE = "calls"
MEASURED = "measured"
CHECK = "核对该行后重新提交"


@dataclass(frozen=True, slots=True)
class CallsSource:
    """The source of measured calls."""

    name: str = SOURCE

    def recognises(self, document: Document) -> bool:
        """Whether a table says who called whom how often."""
        mapping = load_mapping(self.name)
        return any(
            find_header(block.rows, mapping) for block in document.blocks if block.kind is BlockKind.TABLE
        )

    def read(self, document: Document, context: Context) -> Reading:
        """Every row: a measured dependency of the caller on the callee, or why it is none."""
        records: list[Record] = []
        rejected: list[Rejection] = []
        for sheet in sheets(document, load_mapping(self.name)):
            for row in sheet.repeated:
                rejected.append(_rejected(context, (sheet, row.place.row), "重复的表头", remedy="删除该行"))
            for line in sheet.lines:
                try:
                    records.append(_record(line, document, context))
                except ValidationError as error:
                    rejected.append(_rejected(context, (sheet, line.row.place.row), str(error)))
        said_on = max((record.claim.said_on for record in records), default=context.today)
        lot = Lot(f"{SOURCE}:{context.document}", None, None, said_on, tuple(records))
        return Reading((lot,) if records else (), tuple(rejected), tuple(_notes(document, context)))


def _record(line: Line, document: Document, context: Context) -> Record:
    """Raises: ValidationError, in Chinese, for a row that says no dependency."""
    caller, callee = (_Side.of(line, side, context.region) for side in ("caller", "callee"))
    if caller.id == callee.id:
        raise ValidationError(f"调用方与被调用方是同一系统：{caller.name}")
    measured = _measured(line)
    claim = Claim(
        source=SOURCE,
        document=context.document,
        said_on=context.dated or _said(measured) or context.today,
        place=line.row.place,
        rule="calls.row",
        sha256=document.sha256,
    )
    relation = Relation(caller.id, "DEPENDS_ON", callee.id, measured)
    entities = {entity.id: entity for side in (caller, callee) for entity in side.entities}
    relations = {said.key: said for side in (caller, callee) for said in side.relations} | {
        relation.key: relation
    }
    row = line.row.place.row or 0
    return Record(caller.id, claim, tuple(entities.values()), tuple(relations.values()), row)


@dataclass(frozen=True, slots=True)
class _Side:
    """One of the two systems of a row, with what is said of it and of its unit."""

    id: EntityId
    name: str
    entities: tuple[Entity, ...]
    relations: tuple[Relation, ...]

    @classmethod
    def of(cls, line: Line, side: str, region: str) -> "_Side":
        """The system in the columns of a side. Raises: ValidationError when it has no name."""
        name, code = line.get(side), line.get(f"{side}_code")
        if not name:
            raise ValidationError("缺少调用方" if side == "caller" else "缺少被调用方")
        unit = organization(line.get(f"{side}_unit"), region=region) if line.get(f"{side}_unit") else None
        identity = asset_id(name, owner=unit.id if unit else "", code=code)
        system = Entity(identity, "System", name, {"code": code} if code else {})
        if unit is None:
            return cls(identity, name, (system,), ())
        owned = Relation(unit.id, "OWNS", identity)
        return cls(identity, name, (system, *unit.entities), (*unit.relations, owned))


def _measured(line: Line) -> Mapping[str, Value]:
    found: dict[str, Value] = {"basis": MEASURED, "calls": _calls(line.get("calls"))}
    since, until = (parse_date(text) if (text := line.get(name)) else "" for name in ("since", "until"))
    if since and until and until < since[: len(until)]:
        raise ValidationError(f"结束时间 {until} 早于开始时间 {since}")
    found |= {name: date for name, date in (("since", since), ("until", until)) if date}
    if interface := line.get("interface"):
        found["note"] = interface
    return found


def _calls(text: str) -> int:
    """Raises: ValidationError for what is no whole number above 0."""
    digits = text.replace(",", "").replace("，", "").removesuffix("次").removesuffix(".0").strip()
    if not digits.isdecimal():
        raise ValidationError(f"调用次数不是整数：{text or '（空）'}")
    if not int(digits):
        raise ValidationError("调用次数为 0，不成立依赖")
    return int(digits)


def _said(measured: Mapping[str, Value]) -> str:
    """The day until which was counted; "" when the row names none."""
    return last_day(str(measured["until"])) if "until" in measured else ""


def _notes(document: Document, context: Context) -> Iterator[Note]:
    """A warning for each sheet whose rows do not say when the calls were counted."""
    for sheet in sheets(document, load_mapping(SOURCE)):
        if not {"since", "until"} & set(sheet.header.columns.values()):
            text = "没有统计起止时间两列，按载入日期记；补上起止时间后才能判断依赖是否仍在发生"
            yield Note(context.document, sheet.name, None, text)


def _rejected(
    context: Context, where: tuple[Sheet, int | None], reason: str, *, remedy: str = CHECK
) -> Rejection:
    sheet, row = where
    return Rejection(context.document, sheet.name, row, reason, remedy)
