"""Function lists without headings, known by the caption above them and by the looks of their columns."""

from collections.abc import Sequence

from ingest.proposal.tables.columns import FIGURE, Header, is_label, squeezed
from ingest.proposal.tables.grids import Grid, GridKind
from ingest.proposal.tables.lines import FunctionList, function_list
from ingest.proposal.tables.looks import SERIAL, column_of, explains, figures
from ingest.proposal.wording import any_of, tables

WORDY = 1.5
"""How many times as long as names explanations are at least."""
ROWS = 3
"""Rows from which on a table may be a list."""


def loose_list(grid: Grid) -> FunctionList | None:
    """The lines of a table that stands without headings below a caption of functions; None for others."""
    captioned = any_of(tables().captions["functions"]).search(
        squeezed(grid.caption + "".join(grid.titles[-1:]))
    )
    if grid.kind is not GridKind.LOOSE or captioned is None or len(grid.rows) < ROWS:
        return None
    width = max(len(row.cells) for row in grid.rows)
    if any(is_label(cell) for row in grid.rows for cell in row.cells):
        return None
    kinds = _kinds([column_of(grid.rows, column) for column in range(width)])
    if "module" not in kinds.values():
        return None
    header = Header(kinds, dict.fromkeys(kinds, ""))
    return function_list(Grid(GridKind.FUNCTIONS, header, grid.rows, grid.titles, grid.caption))


def _kinds(columns: Sequence[list[str]]) -> dict[int, str]:
    """Serial numbers, names, explanations and money by what most cells of a column look like."""
    kinds: dict[int, str] = {}
    for column, cells in enumerate(columns):
        if not cells:
            continue
        if figures(cells):
            serial = column == 0 and all(SERIAL.fullmatch(cell) for cell in cells if FIGURE.fullmatch(cell))
            kinds[column] = "number" if serial else "amount"
        else:
            kinds[column] = "explain" if column and explains(cells) else "module"
    _explain_last(kinds, columns)
    money = [column for column, kind in kinds.items() if kind == "amount"]
    return {c: "part" if kind == "amount" and c != money[-1] else kind for c, kind in kinds.items()}


def _explain_last(kinds: dict[int, str], columns: Sequence[list[str]]) -> None:
    """Takes the last of several columns of names for explanations, where it says much more than they do."""
    names = [column for column, kind in kinds.items() if kind == "module"]
    if len(names) > 1 and "explain" not in kinds.values():
        last, before = (sum(map(len, columns[c])) / len(columns[c]) for c in (names[-1], names[-2]))
        kinds.update({names[-1]: "explain"} if last > WORDY * before else {})
