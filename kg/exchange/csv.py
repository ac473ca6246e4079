"""The graph as two tables for people: entities and relations, safe to open in a spreadsheet."""

import csv
from collections.abc import Iterable, Mapping
from typing import TextIO

from kg.exchange.chosen import given_relations
from kg.exchange.flat import Flat, attributes, columns
from kg.model import EntityId, Relation
from kg.store.base import Counts, GraphReader

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""Cells that start so are run by spreadsheets. Source: OWASP, CSV Injection."""


def write_csv(
    reader: GraphReader, entities: TextIO, relations: TextIO, *, include_derived: bool = False
) -> Counts:
    """Writes both tables, one column for each property that occurs; returns how many rows of each.

    Open the files with newline="" and encoding "utf-8-sig", or spreadsheets misread the Chinese.
    """
    names = {entity.id: entity.name for entity in reader.entities()}
    given = [name for name in columns(reader.entities()) if name not in {"id", "type", "name"}]
    rows = ({**attributes(entity), "id": entity.id} for entity in reader.entities())
    written = _write(entities, ["id", "type", "name", *given], rows)
    found = columns(given_relations(reader, include_derived=include_derived))
    ends = ["source", "source_name", "type", "target", "target_name"]
    header = ends + [name for name in found if name not in ends]
    relation_rows = (
        _relation_row(relation, names)
        for relation in given_relations(reader, include_derived=include_derived)
    )
    return Counts(written, _write(relations, header, relation_rows))


def _relation_row(relation: Relation, names: Mapping[EntityId, str]) -> dict[str, Flat]:
    ends = {"source": relation.source, "target": relation.target}
    named = {f"{end}_name": names.get(entity_id, "") for end, entity_id in ends.items()}
    return {**attributes(relation), **ends, **named}


def _write(out: TextIO, header: list[str], rows: Iterable[Mapping[str, Flat]]) -> int:
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([guarded(name) for name in header])
    count = 0
    for row in rows:
        writer.writerow([guarded(row.get(name, "")) for name in header])
        count += 1
    return count


def guarded(value: Flat) -> Flat:
    """A text that a spreadsheet would run as a formula, with an apostrophe before it; others unchanged."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_STARTS) else value
