"""Counts what the cells of a table became: each name, each sum of money and each effort is one fact."""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from ingest.documents.reader import read_document
from ingest.proposal.reader import read_proposal
from ingest.sources.base import Context
from ingest.sources.census import CensusSource
from kg.model import Record

Told = Counter[tuple[str, ...]]
HERE = Context("paper", "2026-03-01")


def expected(golden: dict[str, Any]) -> Told:
    """The facts that a person reads in a layout."""
    rows = [(path, text, *(*rest, None, None)[:2]) for path, text, *rest in golden["functions"]]
    if "systems" in golden:
        told = {("line", path, text) for path, text, _, _ in rows}
        return Counter(told | {fact for one in golden["systems"] for fact in _system(*one)})
    head: dict[str, Any] = {one: golden[one] for one in ("name", "department", "budget") if one in golden}
    return Counter(_lines(rows)) + Counter(_head(head))


def read(paper: dict[str, Any], path: Path) -> Told:
    """The facts that our reader finds in the file of a layout, of the head those that are asked for."""
    document = read_document(path)
    if paper.get("census"):
        reading = CensusSource().read(document, HERE)
        return Counter({fact for lot in reading.lots for one in lot.records for fact in _record(one)})
    proposal = read_proposal(document)
    items = proposal.description.items
    rows = [(one.path, one.text, one.amount, one.effort) for one in items]
    head: dict[str, Any] = {
        "name": proposal.description.name,
        "department": proposal.description.department,
        "budget": proposal.budget,
    }
    return Counter(_lines(rows)) + Counter(_head({k: v for k, v in head.items() if k in paper["golden"]}))


def _lines(rows: list[tuple[str, str, Any, Any]]) -> Iterator[tuple[str, ...]]:
    """Each name with what stands above it once, each line, and the figures of each line."""
    heads = {
        "/".join(path.split("/")[:depth])
        for path, _, _, _ in rows
        for depth in range(1, len(path.split("/")) + 1)
        if path
    }
    yield from (("head", head) for head in heads)
    for path, text, amount, effort in rows:
        yield ("line", path, text)
        if amount is not None:
            yield ("amount", path, text, _figure(amount))
        if effort is not None:
            yield ("effort", path, text, _figure(effort))


def _head(facts: dict[str, Any]) -> Iterator[tuple[str, ...]]:
    yield from ((kind, value if isinstance(value, str) else _figure(value)) for kind, value in facts.items())


def _figure(value: Any) -> str:
    return "" if value is None else f"{Decimal(str(value)).normalize():f}"


def _system(name: str, owner: str, amount: int | None) -> Iterator[tuple[str, ...]]:
    yield ("system", name)
    yield ("owner", name, owner)
    yield from () if amount is None else (("invested", name, _figure(amount)),)


def _record(record: Record) -> Iterator[tuple[str, ...]]:
    named = {one.id: one for one in record.entities}
    yield from (("system", one.name) for one in record.entities if one.type == "System")
    for relation in record.relations:
        if relation.type == "PROVIDES":
            holder, function = named[relation.source], named[relation.target]
            yield ("line", holder.name, function.name)
        elif relation.type == "OWNS":
            system = named[relation.target]
            invested = system.properties.get("budget")
            owner = named[relation.source].name
            yield from _system(system.name, owner, None)
            yield from () if invested is None else (("invested", system.name, _figure(invested)),)
