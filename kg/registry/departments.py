"""Departments through reorganisations and short forms."""

from functools import cache
from importlib.resources import files

import yaml
from pydantic import BaseModel, ConfigDict

from kg.registry.regions import continued, leading_regions
from kg.text import fold


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    version: int
    source: str
    lineages: tuple[tuple[str, ...], ...]
    suffixes: tuple[str, ...]
    levels: tuple[str, ...]


@cache
def _rules() -> _File:
    text = files("kg.registry").joinpath("departments.yaml").read_text("utf-8")
    return _File.model_validate(yaml.safe_load(text))


@cache
def _lineages() -> dict[str, int]:
    return {form: number for number, forms in enumerate(_rules().lineages) for form in forms}


def department_core(name: str) -> str:
    """The field of work in a department's name (南宁市民政局 → 民政): place, level and organ word stripped.

    Of several organ words that fit the one counts that leaves a field known from reorganisations
    (市场监督管理部门 → 市场监督管理), else the longest that leaves two characters.
    """
    core = fold(name)
    core = core[len(leading_regions(core)) :]
    level = next((word for word in _rules().levels if core.startswith(word)), "")
    core = core if level and continued(core, len(level)) else core[len(level) :]
    fields = [core.removesuffix(word) for word in _rules().suffixes if core.endswith(word)]
    known = [field for field in [core, *fields] if field in _lineages()]
    return next(iter(known), next((field for field in fields if len(field) >= 2), core))


def same_department_lineage(left: str, right: str) -> bool:
    """Whether two names mean one field of work, through reorganisations too; places are not compared."""
    first, second = department_core(left), department_core(right)
    if first == second:
        return bool(first)
    lineages = _lineages()
    return first in lineages and lineages.get(first) == lineages.get(second)
