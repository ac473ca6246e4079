"""Tells the audit log of checks: which bytes were judged, and how."""

from collections.abc import Iterable, Mapping
from typing import Any

from api.audit.act import Act, Actor
from api.audit.journal import Journal

NONE = "无结论"


def tell_checks(journal: Journal | None, reports: Iterable[Mapping[str, Any]], *, by: Actor) -> None:
    """Adds a line for each report; nothing where no log is kept. Raises: StoreError."""
    if journal is None:
        return
    for report in reports:
        basis = report["basis"]
        inputs = (str(basis["input_sha256"]),) if basis["input_sha256"] else ()
        details = {"store_version": basis["store_version"], "as_of": basis["as_of"]}
        journal.append(Act("check", report["verdict"] or NONE, None, inputs, details), by)
