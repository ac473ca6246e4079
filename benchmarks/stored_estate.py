"""Writes a generated estate as native JSONL, with owners and the reusable components of the examples.

Run: python -m benchmarks.stored_estate FOLDER [SYSTEMS]; then kg ingest FOLDER.
"""

import json
import shutil
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks.generated_estate import generated
from kg.matching.description import Description

EXAMPLES = Path(__file__).parent.parent / "examples" / "estate"
COMPONENTS = "可复用组件目录.xlsx"
SYSTEMS = 20_000


def write_estate(folder: Path, systems: int = SYSTEMS) -> None:
    """Makes the folder with the files of the estate."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "estate.jsonl").open("w", encoding="utf-8") as out:
        for line in _lines(sorted(generated(systems).descriptions, key=lambda one: one.id)):
            out.write(json.dumps(line, ensure_ascii=False) + "\n")
    shutil.copy(EXAMPLES / COMPONENTS, folder / COMPONENTS)


def _lines(descriptions: Sequence[Description]) -> Iterator[dict[str, Any]]:
    owners = {name: f"org:{n:05d}" for n, name in enumerate(sorted({d.department for d in descriptions}))}
    for name, owner in owners.items():
        yield _entity(owner, "Organization", name)
    for described in descriptions:
        yield _entity(described.id, "System", described.name, status="在用")
        yield _relation(owners[described.department], "OWNS", described.id)
        for number, item in enumerate(described.items):
            function = f"{described.id}/f{number:02d}"
            yield _entity(function, "Function", item.text)
            yield _relation(described.id, "PROVIDES", function)


def _entity(key: str, kind: str, name: str, **properties: str) -> dict[str, Any]:
    return {"kind": "entity", "id": key, "type": kind, "name": name, "properties": properties}


def _relation(source: str, kind: str, target: str) -> dict[str, Any]:
    return {"kind": "relation", "source": source, "type": kind, "target": target, "properties": {}}


if __name__ == "__main__":
    write_estate(Path(sys.argv[1]), *map(int, sys.argv[2:]))
