"""Function lists and budgets in the tables of a proposal."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import groupby

from ingest.documents.blocks import Block, BlockKind, Row
from ingest.proposal.money import unit_of, yuan
from ingest.proposal.wording import wording
from kg.matching.description import Item

HEADER_ROWS = 5
LEVELS = ("system", "module", "function")
Columns = dict[int, str]


def table_items(blocks: Iterable[Block]) -> tuple[Item, ...]:
    """The lines of all function tables, with amounts joined by name from budget tables.

    An amount in a cell merged over several lines counts once: it goes to a line for the module above them.
    """
    tables = [found for block in blocks if block.kind is BlockKind.TABLE and (found := _read(block))]
    lists = [found for found in tables if any(item.path for item in found)] or tables[:1]
    budgets = [found for found in tables if found not in lists]
    amounts = {item.text: item.amount for found in budgets for item in found if item.amount is not None}
    items = [item for found in lists for item in _once(found)]
    return tuple(
        replace(item, amount=amounts.get(item.text)) if item.amount is None else item for item in items
    )


def _once(found: list[Item]) -> list[Item]:
    """The lines with merged amounts moved to their module."""
    groups = [(path, list(lines)) for path, lines in groupby(found, key=lambda item: item.path)]
    repeated = [lines for path, lines in groups if path and len(lines) > 1 and lines[0].amount is not None]
    if not repeated or any(line.amount != lines[0].amount for lines in repeated for line in lines):
        return found
    return [item for path, lines in groups for item in (_module(path, lines) if path else lines)]


def _module(path: str, lines: list[Item]) -> list[Item]:
    above, _, name = path.rpartition("/")
    head = Item(name, above, lines[0].amount, lines[0].place)
    return [head, *(replace(line, amount=None) for line in lines)]


def _read(block: Block) -> list[Item]:
    for index, row in enumerate(block.rows[:HEADER_ROWS]):
        columns = _columns(row)
        if any(kind in LEVELS for kind in columns.values()) and len(columns) > 1:
            unit = unit_of("".join(row.cells)) or unit_of(block.text)
            lines = (_item(line, columns, unit) for line in block.rows[index + 1 :])
            return [line for line in lines if line is not None]
    return []


def _columns(row: Row) -> Columns:
    """What each column holds, told by its header; the longest wording in it wins."""
    found: Columns = {}
    for index, cell in enumerate(row.cells):
        text = "".join(cell.split())
        if not text or len(text) > 16:
            continue
        hits = [(len(w), k) for k, words in wording().columns.items() for w in words if w in text]
        if hits:
            found[index] = max(hits)[1]
    return found


def _item(row: Row, columns: Columns, unit: str) -> Item | None:
    """One line, its own name the deepest level filled; None for totals, blanks and repeated headers."""
    cells = {i: " ".join(row.cells[i].split()) for i in columns if i < len(row.cells)}
    levels = [cells[i] for level in LEVELS for i in cells if columns[i] == level and cells[i]]
    levels = list(dict.fromkeys(levels))
    if not levels or any(level in wording().totals for level in levels) or _columns(row) == columns:
        return None
    amount = next((yuan(cells[i], unit) for i in cells if columns[i] == "amount"), None)
    return Item(levels[-1], "/".join(levels[:-1]), amount, _place(row))


def _place(row: Row) -> str:
    place = row.place
    where = (
        f"工作表“{place.sheet}”"
        if place.sheet
        else (f"第{place.page}页表" if place.page else f"第{place.block}段表")
    )
    return f"{where}第{place.row}行"
