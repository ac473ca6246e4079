"""Function lists and budgets in the tables of a proposal."""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from ingest.documents.blocks import Block, BlockKind, Row
from ingest.proposal.money import unit_of, yuan
from ingest.proposal.wording import wording
from kg.matching.description import Item

HEADER_ROWS = 5
LEVELS = ("system", "module", "function")
Columns = dict[int, str]


def table_items(blocks: Iterable[Block]) -> tuple[Item, ...]:
    """The lines of all function tables, with amounts joined by name from budget tables."""
    items: list[Item] = []
    amounts: dict[str, Decimal] = {}
    for block in blocks:
        if block.kind is BlockKind.TABLE:
            found = _read(block)
            if any(item.path for item in found) or not all(item.amount for item in found):
                items.extend(found)
            amounts.update({item.text: item.amount for item in found if item.amount is not None})
            items.extend(item for item in found if item not in items and not _known(item, items))
    return tuple(replace(i, amount=i.amount or amounts.get(i.text.split("：")[0])) for i in items)


def _known(item: Item, items: list[Item]) -> bool:
    return any(item.text in (other.text.split("：")[0], *other.path.split("/")) for other in items)


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
    explained = "；".join(dict.fromkeys(cells[i] for i in cells if columns[i] == "explain" and cells[i]))
    amount = next((yuan(cells[i], unit) for i in cells if columns[i] == "amount"), None)
    text = f"{levels[-1]}：{explained}" if explained else levels[-1]
    return Item(text, "/".join(levels[:-1]), amount, _place(row))


def _place(row: Row) -> str:
    place = row.place
    where = (
        f"工作表“{place.sheet}”"
        if place.sheet
        else (f"第{place.page}页表" if place.page else f"第{place.block}段表")
    )
    return f"{where}第{place.row}行"
