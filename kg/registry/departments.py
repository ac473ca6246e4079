"""Departments through reorganisations and short forms."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cache, lru_cache
from importlib.resources import files

import yaml
from pydantic import BaseModel, ConfigDict

from kg.registry.regions import continued, leading_regions
from kg.text import fold

NATION = "国家"


class _Former(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    names: tuple[str, ...]
    year: int


class _Lineage(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    names: tuple[str, ...]
    short: tuple[str, ...] = ()
    former: tuple[_Former, ...] = ()


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    version: int
    source: str
    lineages: tuple[_Lineage, ...]
    suffixes: tuple[str, ...]
    apart: tuple[str, ...]
    levels: tuple[str, ...]


class Form(Enum):
    """How a name stands to the organ of its line: its present name, a short form, a predecessor's."""

    NAME = "name"
    SHORT = "short"
    FORMER = "former"


@dataclass(frozen=True, slots=True)
class Organ:
    """A department as its name tells it, place and level aside.

    `line` is the number of its line of reorganisations, `core` its field of work as said; `until` is the year
    in which another took over, 0 for an organ of today.
    """

    line: int
    core: str
    form: Form
    until: int = 0


@cache
def _rules() -> _File:
    text = files("kg.registry").joinpath("departments.yaml").read_text("utf-8")
    return _File.model_validate(yaml.safe_load(text))


@cache
def _lineages() -> dict[str, Organ]:
    rows = enumerate(_rules().lineages)
    return {organ.core: organ for number, row in rows for organ in _organs(number, row)}


def _organs(line: int, row: _Lineage) -> Iterator[Organ]:
    yield from (Organ(line, core, Form.NAME) for core in row.names)
    yield from (Organ(line, core, Form.SHORT) for core in row.short)
    for one in row.former:
        yield from (Organ(line, core, Form.FORMER, one.year) for core in one.names)


def department_core(name: str) -> str:
    """The field of work in a department's name (南宁市民政局 → 民政): place, level and organ word stripped.

    Of several organ words that fit the one counts that leaves a field known from reorganisations
    (市场监督管理部门 → 市场监督管理), else the longest that leaves two characters.
    """
    return _parted(name)[0]


@lru_cache(maxsize=4096)
def organ_of(name: str) -> Organ | None:
    """The organ that a unit's name is the name of; None for fields without reorganisations or short forms.

    A centre, and what means the kind in general (市场监管部门), is no organ.
    """
    core, ending = _parted(name)
    return None if not ending or ending in _rules().apart else _lineages().get(core)


def same_department_lineage(left: str, right: str) -> bool:
    """Whether two names mean one field of work, through reorganisations too; places are not compared."""
    first, second = department_core(left), department_core(right)
    if first == second:
        return bool(first)
    one, other = _lineages().get(first), _lineages().get(second)
    return one is not None and other is not None and one.line == other.line


def _parted(name: str) -> tuple[str, str]:
    """The field of work, and the organ word behind it, "" where the name is the field itself."""
    core = fold(name)
    head = leading_regions(core)
    core = core[len(head) :]
    # Behind a place 国家 is no level: the 国家税务局 of a city was one of its two tax bureaus.
    levels = (word for word in _rules().levels if not (head and word == NATION))
    level = next((word for word in levels if core.startswith(word)), "")
    core = core if level and continued(core, len(level)) else core[len(level) :]
    fields = [(core.removesuffix(word), word) for word in _rules().suffixes if core.endswith(word)]
    known = [field for field in [(core, ""), *fields] if field[0] in _lineages()]
    return next(iter(known), next((field for field in fields if len(field[0]) >= 2), (core, "")))
