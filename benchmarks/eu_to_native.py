"""Turns the European catalogues (systems, orgs, edges as JSON lines) into native JSONL."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

Row = dict[str, object]
# Relation of the catalogue → type of the graph, and whether its ends change places.
RELATIONS = {
    "owns": ("OWNS", False),
    "deployed_in": ("USES_SYSTEM", False),
    "sponsors": ("SUPPLIES", False),
    "partner": ("SUPPLIES", False),
    "part_of": ("PART_OF", False),
    "specializes": ("DERIVED_FROM", False),
    "serves": ("DEPENDS_ON", True),
    "realizes": ("DEPENDS_ON", True),
    "flows_to": ("DEPENDS_ON", True),
}
PLAIN = {
    "description": "description",
    "lang": "language",
    "country": "country",
    "url": "url",
    "repo": "repository",
}
LISTS = ("aliases", "categories", "tags")


def native(folder: Path) -> Iterator[Row]:
    """Every organization and system, then every relation; each relation once."""
    organizations = set()
    for row in _rows(folder / "orgs.jsonl"):
        organizations.add(row["id"])
        yield _entity(row, "Organization")
    for row in _rows(folder / "systems.jsonl"):
        yield _entity(row, "System")
    seen: set[tuple[object, ...]] = set()
    for row in _rows(folder / "edges.jsonl"):
        plain = "USES_SYSTEM" if row["src"] in organizations else "DEPENDS_ON"
        kind, turned = RELATIONS.get(str(row["rel"]), (plain, False))
        source, target = (row["dst"], row["src"]) if turned else (row["src"], row["dst"])
        if (source, kind, target) not in seen:
            seen.add((source, kind, target))
            properties = {"note": row["rel"]}
            yield {
                "kind": "relation",
                "source": source,
                "type": kind,
                "target": target,
                "properties": properties,
            }


def _entity(row: Row, kind: str) -> Row:
    properties: Row = {
        name: list(found) for name in LISTS if isinstance(found := row.get(name), list) and found
    }
    if kind == "System":
        properties |= {name: row[key] for key, name in PLAIN.items() if row.get(key)}
    return {
        "kind": "entity",
        "id": row["id"],
        "type": kind,
        "name": row["name"] or row["id"],
        "properties": properties,
    }


def _rows(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8") as stream:
        yield from map(json.loads, stream)


def write(folder: Path, out: TextIO) -> None:
    """Writes the catalogues of `folder` as native lines."""
    out.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in native(folder))


if __name__ == "__main__":
    write(Path(sys.argv[1]), sys.stdout)
