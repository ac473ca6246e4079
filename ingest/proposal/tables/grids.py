"""Tables of a document cut at their headers, each known as a function list, a cost table or neither."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from ingest.documents.blocks import Row
from ingest.proposal.sections import CAPTION_REACH, SHORT, Placed
from ingest.proposal.tables.cells import is_other_cost, name_of
from ingest.proposal.tables.columns import LEVELS, Header, header_at, squeezed
from ingest.proposal.tables.informs import beside_label, ends
from ingest.proposal.tables.looks import completed
from ingest.proposal.tables.rows import is_total
from ingest.proposal.tables.turned import straight
from ingest.proposal.wording import any_of, tables

SOFTWARE = "软件"
LABELLED = re.compile("[：:]")


class GridKind(StrEnum):
    """What a table is for."""

    FUNCTIONS = "functions"
    COSTS = "costs"
    PARTNERS = "partners"
    OTHER = "other"
    LOOSE = "loose"


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows under one header; `header` is None for rows that stand under none (LOOSE)."""

    kind: GridKind
    header: Header | None
    rows: tuple[Row, ...]
    titles: tuple[str, ...]
    caption: str
    part: str = ""
    """What a row of one text just above the header says, as titles within a sheet do."""
    within: str = ""
    """The thing in whose row of another table it stands."""


def grids(table: Placed) -> Iterator[Grid]:
    """The parts of one table block in order: rows before any header, then a grid for each header.

    A header that repeats the one in force, as on every page, is left out.
    """
    rows = straight(table.block.rows)
    header: Header | None = None
    kept: list[Row] = []
    part, index = "", 0
    while index < len(rows):
        found = header_at(rows, index)
        if found is None and header and kept and ends(header, rows[index]):
            yield from _grid(table, header, kept, part=part)
            header, kept, part = None, [], ""
        above = _lone(kept[-CAPTION_REACH:]) if found else ()
        if found is None:
            kept.append(rows[index])
        elif header is None or _differs(found, header) or above:
            yield from _grid(table, header, kept, part=part)
            part = next((text for text in reversed(above) if not LABELLED.search(text)), "")
            table = replace(table, caption="\n".join((table.caption, *above)).strip())
            header, kept = beside_label(found, rows[index + found.depth :]), []
        index += found.depth if found else 1
    yield from _grid(table, header, kept, part=part)


def _differs(found: Header, header: Header) -> bool:
    return {c: k for c, k in found.kinds.items() if c != header.side} != header.kinds


def _lone(rows: Sequence[Row]) -> tuple[str, ...]:
    """What rows of one short text say at the end of rows, as titles within a sheet stand above their list."""
    found: list[str] = []
    for row in reversed(rows):
        texts = {cell.strip() for cell in row.cells if cell.strip()}
        if len(texts) != 1 or len(min(texts)) > SHORT or is_total(min(texts)):
            break
        found.append(min(texts))
    return tuple(reversed(found))


def _grid(table: Placed, header: Header | None, rows: Sequence[Row], *, part: str) -> Iterator[Grid]:
    if rows:
        header = completed(header, rows) if header else None
        kind = GridKind.LOOSE if header is None else _kind(header, rows, f"{table.caption}\n{_last(table)}")
        yield Grid(kind, header, tuple(rows), table.titles, table.caption, part, table.within)


def _last(table: Placed) -> str:
    return table.titles[-1] if table.titles else ""


def _kind(header: Header, rows: Sequence[Row], caption: str) -> GridKind:
    """The kind with the most evidence; a table short of what is enough for either is something else.

    Every foreign column counts: a sheet of existing systems has several, a function list hardly one.
    """
    if "partner" in header.kinds.values() and not header.of("function"):
        return GridKind.PARTNERS
    kinds = list(header.told)
    signs = [*dict.fromkeys(kinds), *_caption_signs(caption), *["foreign"] * (kinds.count("foreign") - 1)]
    signs += ["total"] if any(is_total(cell) for row in rows for cell in row.cells) else []
    signs += ["software"] if _names_software(header, rows) else []
    signs += _functional_signs(header, caption)
    scores = {name: sum(w.get(sign, 0) for sign in signs) for name, w in tables().weights.items()}
    named = bool(header.of(*LEVELS, "name"))
    if named and scores["functions"] >= max(tables().enough["functions"], scores["budget"]):
        return GridKind.FUNCTIONS
    if header.amount is not None and scores["budget"] >= tables().enough["budget"]:
        return GridKind.COSTS
    return GridKind.OTHER


def _functional_signs(header: Header, caption: str) -> Iterator[str]:
    """Signs of functions with a price each; a list of systems has prices, too, and tells their functions."""
    if header.amount is None or header.of("system", "name"):
        return
    if header.functional > 1:
        yield "functional"
    if header.functional and any_of(tables().functional).search(squeezed(caption).lower()):
        yield "listed"


def _names_software(header: Header, rows: Sequence[Row]) -> bool:
    """Whether most things that a plain column of names lists are parts of software by their names, or some
    are and none is hardware, a service or a fee.
    """
    column = next(iter(header.of("name")), None)
    names = [name_of(row.cells[column]) for row in rows if column is not None and column < len(row.cells)]
    names = [name for name in names if name and not is_total(name)]
    parts = tuple(part.lower() for part in tables().parts)
    count = sum(name.lower().endswith(parts) for name in names)
    return count > 0 and (2 * count >= len(names) or not any(map(is_other_cost, names)))


def is_price_list(grid: Grid) -> bool:
    """Whether a cost table prices parts of software and nothing else."""
    header = grid.header
    if grid.kind is not GridKind.COSTS or header is None:
        return False
    columns = header.of(*LEVELS, "name", "cost")
    names = [name_of(row.cells[c]) for row in grid.rows for c in columns if c < len(row.cells)]
    names = [name for name in names if name and not is_total(name)]
    endings = tuple(part.lower() for part in (*tables().parts, *tables().roots, SOFTWARE))
    return any(name.lower().endswith(endings) for name in names) and not any(map(is_other_cost, names))


def _caption_signs(caption: str) -> Iterator[str]:
    plain = squeezed(caption).lower()
    for name, words in tables().captions.items():
        if any_of(words).search(plain):
            yield f"caption_{name}"
