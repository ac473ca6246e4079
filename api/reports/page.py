"""The decision paper as one self-contained page: no script, nothing fetched, ready to print."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from api.reports import words
from api.reports.precedents import precedent_lines


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("api.reports", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "yuan": words.yuan,
        "kind": words.kind,
        "function_kind": words.function_kind,
        "shown": words.shown,
        "amounts": words.amounts,
        "stated": words.stated,
        "heading": words.heading,
        "grouped": words.grouped,
        "telling": words.telling,
        "score_parts": words.score_parts,
        "sources": words.sources,
        "earlier": words.earlier,
        "precedents": precedent_lines,
        "changes": words.changes,
        "group": words.group,
    }
    environment.globals |= {
        "marked": words.marked,
        "labelled": words.labelled,
        "coverage_labels": words.COVERAGE,
        "basis_labels": words.BASIS,
    }
    return environment


def groups_page(season: Mapping[str, Any]) -> str:
    """What belongs together in a batch, as one page to print; every word of it is escaped."""
    return _environment().get_template("groups.html").render(season=season)


def report_page(report: Mapping[str, Any]) -> str:
    """The page as HTML text; every word of the report is escaped."""
    return _environment().get_template("report.html").render(report=report)
