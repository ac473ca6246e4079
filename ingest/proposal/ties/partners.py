"""Ties in tables: of the systems a proposal connects to or reuses, and in what explains its functions."""

from collections.abc import Iterator

from ingest.proposal.tables.cells import name_of
from ingest.proposal.tables.columns import kind_of
from ingest.proposal.tables.grids import Grid
from ingest.proposal.tables.lines import place_of
from ingest.proposal.ties.own import Own
from ingest.proposal.ties.sentences import SENTENCE, ties_of
from ingest.proposal.wording import tables, ties
from kg.matching.proposal import Fact


def partners(grid: Grid) -> Iterator[Fact]:
    """A use of every system that the table names, each once."""
    columns = grid.header.of("partner") if grid.header else []
    seen: set[str] = set()
    for row in grid.rows:
        for column in columns:
            name = name_of(row.cells[column]) if column < len(row.cells) else ""
            told = name and name not in ties().generic and name not in tables().same_as_above
            if told and name not in seen and kind_of(name) != "partner" and len(name) > 1:
                seen.add(name)
                yield Fact("uses", name, place_of(row))


def explained(grid: Grid, own: Own) -> Iterator[Fact]:
    """The systems that cells of a function list say they use or replace; a part of the whole deploys none."""
    columns = grid.header.of("explain", "remark", "function") if grid.header else []
    for row in grid.rows:
        for column in columns:
            cell = row.cells[column] if column < len(row.cells) and column not in row.merged else ""
            for sentence in SENTENCE.findall(cell):
                for role, names in ties_of(sentence):
                    told = names if role != "deploys" else ()
                    yield from (Fact(role, name, place_of(row)) for name in told if name not in own.names)
