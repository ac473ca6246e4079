"""Turns the European catalogues (systems, orgs, edges as JSON lines) into native JSONL."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

Row = dict[str, Any]
# Relation of the catalogue → type of the graph, and whether its ends change places.
RELATIONS = {"owns": ("OWNS", False), "deployed_in": ("USES_SYSTEM", False), "part_of": ("PART_OF", False)}
RELATIONS |= {"specializes": ("DERIVED_FROM", False)}
RELATIONS |= dict.fromkeys(("sponsors", "partner"), ("SUPPLIES", False))
RELATIONS |= dict.fromkeys(("serves", "realizes", "flows_to"), ("DEPENDS_ON", True))
LISTS = {key: key for key in ("aliases", "categories", "tags")}
CARRIED = LISTS | {"description": "description", "lang": "language", "country": "country"}
CARRIED |= {"url": "url", "repo": "repository"}


def native(folder: Path) -> Iterator[Row]:
    """Every organization and system, then every relation; each relation once."""
    rows = {name: list(_rows(folder / f"{name}.jsonl")) for name in ("orgs", "systems", "edges")}
    for kind, name in (("Organization", "orgs"), ("System", "systems")):
        for row in rows[name]:
            carried = CARRIED if kind == "System" else LISTS
            properties = {ours: row[key] for key, ours in carried.items() if row.get(key)}
            known = {"id": row["id"], "type": kind, "name": row["name"] or row["id"]}
            yield {"kind": "entity", **known, "properties": properties}
    organizations = {row["id"] for row in rows["orgs"]}
    found: dict[tuple[str, str, str], str] = {}
    for row in rows["edges"]:
        plain = "USES_SYSTEM" if row["src"] in organizations else "DEPENDS_ON"
        kind, turned = RELATIONS.get(row["rel"], (plain, False))
        source, target = (row["dst"], row["src"]) if turned else (row["src"], row["dst"])
        found.setdefault((source, kind, target), row["rel"])
    for (source, kind, target), note in found.items():
        ends = {"source": source, "type": kind, "target": target}
        yield {"kind": "relation", **ends, "properties": {"note": note}}


def _rows(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8") as stream:
        yield from map(json.loads, stream)


def write(folder: Path, out: TextIO) -> None:
    """Writes the catalogues of `folder` as native lines."""
    out.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in native(folder))


if __name__ == "__main__":
    write(Path(sys.argv[1]), sys.stdout)
