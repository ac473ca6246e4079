"""Rows that are no data: sums, examples, lines on who filled in the form; words are in `endings.yaml`."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml
from pydantic import BaseModel, ConfigDict, Field
from pydantic import ValidationError as PydanticError

from kg.errors import OntologyError

TOTAL, END, EXAMPLE = "合计行", "表尾", "示例行"
REMEDY = "无需处理"
COUNT = r"[:：]?[约共]?[\d.,，]+\D{0,8}|[:：].{0,20}|[（(].{0,20}[)）]"
SIGNED = r"[（(]?(?:签字|签名|签章|盖章|公章)[)）]?"


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    version: int
    source: str
    of: tuple[str, ...]
    examples: tuple[str, ...] = Field(min_length=1)
    totals: tuple[str, ...] = Field(min_length=1)
    filers: tuple[str, ...] = Field(min_length=1)
    notes: tuple[str, ...] = Field(min_length=1)
    marks: tuple[str, ...] = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class _Patterns:
    example: re.Pattern[str]
    total: re.Pattern[str]
    part: re.Pattern[str]
    label: re.Pattern[str]
    note: re.Pattern[str]
    apart: re.Pattern[str]


def ending_of(text: str) -> str | None:
    """合计行 or 表尾 for a cell that can only stand at the end of a table; None for any other."""
    known, plain = _patterns(), "".join(text.split())
    if known.total.fullmatch(plain):
        return TOTAL
    return END if known.note.fullmatch(plain) or known.apart.match(text.strip()) else None


def ending_of_row(own: Sequence[str], *, name: str) -> str | None:
    """合计行, 表尾 or 示例行 for a row that is no data, by its filled cells from the left; else None.

    `name` is what stands under the heading of names: with one, the row is data unless the name is an ending,
    or the row begins with a sum, with the word for an example, or with a label whose value is the next cell.
    """
    if not own:
        return None
    if len(own) > 1 and _patterns().example.fullmatch("".join(own[0].split())):
        return EXAMPLE
    begins = ending_of(own[0])
    if name:
        label = _patterns().label.fullmatch("".join(own[0].split()))
        return ending_of(name) or (begins if begins == TOTAL or label else None)
    words = [cell for cell in own if any(char.isalpha() for char in cell)]
    totals = any(ending_of(cell) == TOTAL for cell in words)
    if totals or (words and _patterns().part.fullmatch("".join(words[0].split()))):
        return TOTAL
    return begins or (ending_of(words[0]) if words else None)


@cache
def _patterns() -> _Patterns:
    text = files("ingest.sources").joinpath("endings.yaml").read_text("utf-8")
    try:
        told = _File.model_validate(yaml.safe_load(text))
    except (PydanticError, yaml.YAMLError) as error:
        raise OntologyError(f"endings.yaml: {error}") from error
    of, totals, filers = map(_any, (told.of, told.totals, told.filers))
    alone, marks = _any((*told.filers, *told.notes)), _any(told.marks)
    return _Patterns(
        re.compile(rf"[（(【\[]?{_any(told.examples)}[）)】\]]?[:：]?\d?"),
        re.compile(rf"{of}?{totals}(?:数|金额)?(?:{COUNT})?"),
        re.compile(rf".{{2,30}}{totals}"),
        re.compile(rf"{filers}(?:{SIGNED})?[:：]?"),
        re.compile(rf"{alone}(?:{SIGNED}|\d)?(?:[:：].*)?|{marks}(?:{SIGNED})?[:：].*"),
        re.compile(rf"{filers}\s"),
    )


def _any(words: Sequence[str]) -> str:
    return f"(?:{'|'.join(sorted(map(re.escape, words), key=lambda word: (-len(word), word)))})"
