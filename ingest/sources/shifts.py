"""Rows that slipped sideways: seen by the looks of their cells, repaired only where these leave no doubt."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

import yaml
from pydantic import BaseModel, ConfigDict

from ingest.documents.blocks import Row
from ingest.sources.delivery import UNIT
from ingest.sources.tables import Header, Line
from kg.ontology import load_ontology

LONG = 40
"""Characters from which a cell is prose and neither figure nor date."""
PROOF = 3
"""Typed cells of the moved stretch that must fall into place for a repair to be certain."""

FIGURE = re.compile(r"[¥￥]?\s*-?\d[\d,，]*(?:\.\d+)?\s*余?(?:元|万元|万|亿元|亿|千元|百万元)?")
DAY = r"(?:19|20)\d{2}(?:\s*[-年./]\s*\d{1,2}(?:\s*[-月./]\s*\d{1,2}\s*日?)?\s*月?)?年?"
DATE = re.compile(rf"{DAY}(?:[ T]\d{{1,2}}:\d{{2}}(?::\d{{2}})?)?")
ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
WORDS = re.compile(r"[\u4e00-\u9fffA-Za-z（）()“”]{4,}")
"""What no number of a row looks like: 一, 1-2 and （三） are shorter."""
YES_NO = frozenset({"是", "否"})


class Look(StrEnum):
    """What a cell's text is, by its looks alone."""

    EMPTY = "empty"
    NUMBER = "number"
    DATE = "date"
    YES_NO = "yes_no"
    URL = "url"
    LONG = "long"
    TEXT = "text"


FITS = {
    "money": frozenset({Look.NUMBER}),
    "integer": frozenset({Look.NUMBER}),
    "date": frozenset({Look.DATE}),
    "yes_no": frozenset({Look.YES_NO}),
    "url": frozenset({Look.URL}),
}
SERIAL = "number"
"""The field of a row's number, which stands before all others."""
NO_NAMES = frozenset({Look.DATE, Look.YES_NO, Look.URL, Look.NUMBER})
IN_WORDS = {
    Look.NUMBER: "数字",
    Look.DATE: "日期",
    Look.YES_NO: "是/否",
    Look.URL: "网址",
    Look.LONG: "一段说明",
}


class _Kinds(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    version: int
    source: str
    kinds: Mapping[str, str]
    names: frozenset[str]
    categories: Mapping[str, str]
    units: frozenset[str]


@dataclass(frozen=True, slots=True)
class Layout:
    """For each column of a table its kind ("text" without a look of its own), and which hold names.

    `categories` are the columns of few known words with the category they are of, `units` those of units;
    `serial` is the column of the row's number, None when there is none.
    """

    kinds: tuple[str, ...]
    names: frozenset[int]
    categories: Mapping[int, str]
    units: frozenset[int]
    serial: int | None


@cache
def _kinds() -> _Kinds:
    text = files("ingest.sources").joinpath("kinds.yaml").read_text("utf-8")
    return _Kinds.model_validate(yaml.safe_load(text))


def layout_of(header: Header) -> Layout:
    """The kinds of the columns under a header."""
    known = _kinds()
    width = 1 + max((*header.columns, *header.unknown), default=0)
    fields = [header.columns.get(column, "") for column in range(width)]
    names = frozenset(column for column, field in enumerate(fields) if field in known.names)
    return Layout(
        kinds=tuple(known.kinds.get(field, "text") for field in fields),
        names=names,
        categories={
            n: known.categories[field] for n, field in enumerate(fields) if field in known.categories
        },
        units=frozenset(column for column, field in enumerate(fields) if field in known.units),
        serial=fields.index(SERIAL) if SERIAL in fields else None,
    )


def look(text: str) -> Look:
    """The look of a cell; a bare year is a number."""
    if not text:
        return Look.EMPTY
    if text in YES_NO:
        return Look.YES_NO
    if ADDRESS.fullmatch(text):
        return Look.URL
    if FIGURE.fullmatch(text):
        return Look.NUMBER
    if DATE.fullmatch(text):
        return Look.DATE
    return Look.LONG if len(text) > LONG else Look.TEXT


def shift_of(line: Line, header: Header) -> str | None:
    """Why this row certainly slipped, in Chinese (a date under money, a yes under a name …); else None."""
    layout = layout_of(header)
    for column, cell in enumerate(line.row.cells[: len(layout.kinds)]):
        seen = look(cell.strip())
        if _foreign(seen, column, layout):
            return f"疑似错列：第{column + 1}列不应是{IN_WORDS[seen]}（{cell.strip()[:20]}）"
    if (serial := layout.serial) is not None and _numberless(line, serial, layout):
        return f"疑似错列：序号栏不应是文字（{line.row.cells[serial].strip()[:20]}）"
    return None


def _numberless(line: Line, serial: int, layout: Layout) -> bool:
    """Whether words stand where the row's number belongs, a name beside them and nothing at the row's end."""
    cells = [cell.strip() for cell in line.row.cells[: len(layout.kinds)]]
    short = len(cells) < len(layout.kinds) or not cells[-1]
    named = any(number < len(cells) and cells[number] for number in layout.names)
    worded = serial < len(cells) and bool(WORDS.fullmatch(cells[serial]))
    return short and named and worded


def _foreign(seen: Look, column: int, layout: Layout) -> bool:
    if column in layout.names:
        return seen in NO_NAMES
    fits = FITS.get(layout.kinds[column])
    if fits is None or seen in fits or seen in {Look.EMPTY, Look.TEXT}:
        return False
    return not (layout.kinds[column] == "date" and seen is Look.NUMBER)


def repaired(line: Line, header: Header) -> Line | None:
    """The row with one stretch moved back one cell to the right; None unless exactly one such row fits.

    It fits when every typed cell looks as its column says, at least three cells of the moved stretch prove
    it (figures, dates, words of a category, units, words for the row's number), and nothing is lost: the
    stretch moves over an empty cell.
    """
    layout = layout_of(header)
    width = len(layout.kinds)
    row = [*(cell.strip() for cell in line.row.cells[:width]), *[""] * (width - len(line.row.cells))]
    stretches = [(start, end) for end in range(1, width) if not row[end] for start in range(end)]
    found = {fixed for stretch in stretches if (fixed := _moved(row, stretch, layout)) is not None}
    if len(found) != 1:
        return None
    cells = found.pop()
    fields = {field: cells[column] for column, field in header.columns.items()}
    return Line(Row(cells, line.row.place), fields)


def _moved(row: Sequence[str], stretch: tuple[int, int], layout: Layout) -> tuple[str, ...] | None:
    start, end = stretch
    if not row[start]:
        return None
    fixed = (*row[:start], "", *row[start:end], *row[end + 1 :])
    proofs = int(start == layout.serial and look(row[start]) is Look.TEXT)
    for column, seen in enumerate(map(look, fixed)):
        fits = FITS.get(layout.kinds[column])
        wrong = seen is Look.EMPTY or seen in NO_NAMES if column in layout.names else False
        if wrong or (fits is not None and seen is not Look.EMPTY and seen not in fits):
            return None
        typed = fits is not None and seen is not Look.EMPTY
        proofs += (typed or _known(fixed[column], column, layout)) and start < column <= end
    return fixed if proofs >= PROOF else None


def _known(text: str, column: int, layout: Layout) -> bool:
    """Whether the cell holds one of the few words that its column knows, or a unit where units stand."""
    if column in layout.units:
        return bool(UNIT.fullmatch(text))
    category = layout.categories.get(column)
    return category is not None and load_ontology().category(category, text) is not None
