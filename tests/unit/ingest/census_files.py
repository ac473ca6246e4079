"""Census files of units and periods, made without a workbook, and everything a store then shows."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from ingest.documents.blocks import Block, BlockKind, Document, Row
from ingest.pipeline import run
from ingest.reading import Options
from kg.model import Entity, Place, Relation
from kg.store.base import GraphReader, GraphStore

TODAY = "2026-03-01"
HEADER = ("填报单位", "填报周期", "建设单位", "系统名称", "主要功能")
UNIT = "南宁市民政局"
DAYS = ("2024-03-31", "2024-06-30", "2024-12-31", "2025-06-30", "2025-12-31", TODAY)
PERIODS = ("2024年第一季度", "2024年上半年", "2024年下半年", "2025年上半年", "2025年")


@dataclass(frozen=True)
class File:
    """A census file: the period it is for, and the functions of each system in it."""

    period: str
    systems: tuple[tuple[str, str], ...]
    unit: str = UNIT

    def document(self, path: str) -> Document:
        rows = [(self.unit, self.period, self.unit, name, functions) for name, functions in self.systems]
        cells = tuple(Row(row, Place(row=at)) for at, row in enumerate([HEADER, *rows], 1))
        return Document(path, "0" * 64, "xlsx", (Block(BlockKind.TABLE, Place(block=1), rows=cells),))


def load(
    store: GraphStore, files: Iterable[File], *, dry_run: bool = False, dated: str = ""
) -> dict[str, Any]:
    named = {f"/{file.unit}{file.period}-{number}.xlsx": file for number, file in enumerate(files)}
    options = Options(today=TODAY, dry_run=dry_run, dated=dated)
    report = run(
        [Path(name) for name in named],
        store,
        archive=None,
        options=options,
        read=lambda path: named[str(path)].document(path.name),
    )
    return report.to_json()


def told(reader: GraphReader) -> list[object]:
    """Everything a reader shows, with who said it when; names of files left out."""
    ids = [entity.id for entity in reader.entities()]
    facts: list[Entity | Relation] = [*reader.get(ids).values(), *reader.relations(ids)]
    return [
        (
            replace(fact, claims=()),
            [(claim.said_on, claim.name, dict(claim.properties), claim.ended) for claim in fact.claims],
        )
        for fact in facts
    ]


def state(store: GraphStore) -> dict[str, list[object]]:
    """What is so now and what was so on each day."""
    return {"now": told(store), "ever": told(store.history())} | {d: told(store.as_of(d)) for d in DAYS}


NAMES = tuple(f"{letter}管理系统" for letter in "甲乙丙丁戊")
SYSTEMS = st.dictionaries(
    st.sampled_from(NAMES), st.sampled_from(["登记", "登记、查询", "导出"]), min_size=1, max_size=4
)
FILES = st.lists(
    st.builds(
        lambda period, systems, unit: File(period, tuple(sorted(systems.items())), unit),
        st.sampled_from(PERIODS),
        SYSTEMS,
        st.sampled_from([UNIT, "南宁市水利局"]),
    ),
    min_size=2,
    max_size=5,
)
