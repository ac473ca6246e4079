"""Tables laid out on their grid, so that every row knows which of its cells only repeat a merged one."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from ingest.documents.blocks import Row
from ingest.documents.limits import limits
from kg.errors import DocumentError
from kg.model import Place

TOO_MANY = ("合并单元格过多", "请取消多余的合并后再提交")


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged range: its first and last row and column, all inclusive."""

    top: int
    left: int
    bottom: int
    right: int


class Spread:
    """How much merged cells and gaps have repeated so far in one document, which is nowhere in its file."""

    def __init__(self) -> None:
        self._cells, self._chars = 0, 0

    def row(self, row: Row, own: int) -> Row:
        """A row of so many cells of its own, taken into account.

        Raises: DocumentError when it is wider than a table may be, or when all rows repeat too much.
        """
        check_width(len(row.cells))
        self._cells += len(row.cells) - own
        self._chars += sum(len(row.cells[column]) for column in row.merged)
        if self._cells > limits().repeated_cells or self._chars > limits().repeated_chars:
            raise DocumentError(*TOO_MANY)
        return row


def check_width(columns: int) -> None:
    """Raises: DocumentError for more columns than a table may have."""
    if columns > limits().columns:
        raise DocumentError(
            f"表格超过{limits().columns}列", "请检查单元格合并的列数，或拆分为多个表格后再提交"
        )


class SpanGrid:
    """Rows built from cells that say how many columns and rows they span, as HTML has them."""

    def __init__(self, spread: Spread) -> None:
        self._spread = spread
        self._reaching: dict[int, tuple[str, int]] = {}
        self._row = -1

    def row(self, cells: Iterable[tuple[str, int, int]], place: Place) -> Row:
        """The next row from the cells that start in it, each (text, columns spanned, rows spanned).

        Raises: DocumentError when the row is too wide, or the rows repeat too much.
        """
        self._row += 1
        own = 0
        self._reaching = {c: (text, last) for c, (text, last) in self._reaching.items() if last >= self._row}
        above = dict(self._reaching)
        texts, down, across = list[str](), list[int](), list[int]()
        for text, width, height in cells:
            own += 1
            _repeat(above, texts, down)
            check_width(len(texts))
            for step in range(min(max(width, 1), limits().grid_span)):
                across.extend([len(texts)] if step else [])
                self._reaching[len(texts)] = (text, self._row + max(height, 1) - 1)
                texts.append(text)
        while above and len(texts) <= max(above):
            _repeat(above, texts, down)
            texts.extend([""] if len(texts) < max(above) else [])
        return self._spread.row(Row(tuple(texts), place, tuple(down), tuple(across)), own)


def _repeat(above: dict[int, tuple[str, int]], texts: list[str], down: list[int]) -> None:
    while (cell := above.get(len(texts))) is not None:
        down.append(len(texts))
        texts.append(cell[0])


Marks = tuple[tuple[int, ...], tuple[int, ...]]
"""The columns of one row that merges repeat from above and from the left, as `Row` has them."""


def fill(lines: dict[int, list[str]], merges: Iterable[Merge]) -> dict[int, Marks]:
    """Repeats the first cell of each merge over all it covers, in place; the marks by line number.

    `lines` are texts by line number, merges count lines alike and columns from 0; lines that are absent stay
    absent. Raises: DocumentError when the merges together cover more than the cells a table may have, or
    repeat too much text.
    """
    numbers, covered, chars = sorted(lines), 0, 0
    width = max((len(line) for line in lines.values()), default=0)
    marks: dict[int, tuple[set[int], set[int]]] = {}
    for merge in merges:
        columns = range(merge.left, min(merge.right + 1, width))
        inside = numbers[bisect_left(numbers, merge.top) : bisect_right(numbers, merge.bottom)]
        covered += len(columns) * len(inside)
        first = lines.get(merge.top, [])
        text = first[merge.left] if merge.left < len(first) else ""
        chars += len(text) * len(columns) * len(inside)
        if covered > limits().cells or chars > limits().repeated_chars:
            raise DocumentError(*TOO_MANY)
        for number in inside if columns else ():
            _cover(lines[number], columns, text)
            down, across = marks.setdefault(number, (set(), set()))
            (down if number > merge.top else across).update(columns if number > merge.top else columns[1:])
    return {number: (tuple(sorted(down)), tuple(sorted(across))) for number, (down, across) in marks.items()}


def _cover(line: list[str], columns: range, text: str) -> None:
    line.extend("" for _ in range(columns.stop - len(line)))
    line[columns.start : columns.stop] = [text] * len(columns)
