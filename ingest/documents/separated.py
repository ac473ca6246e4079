"""CSV and TSV files as one table."""

import csv
import io
import re
from collections import Counter
from pathlib import Path

from ingest.documents.blocks import Block, BlockKind, Row
from ingest.documents.encoding import decode
from ingest.documents.limits import limits
from kg.errors import DocumentError
from kg.model import Place

SAMPLE = 50
"""Lines by which the delimiter is told."""
DECLARED = re.compile(r'^"?sep=(.)"?\n', re.IGNORECASE)
WIDEST = 16_384
"""Columns a spreadsheet has; a line of more is no table."""
END = "\x00"
"""A last row of its own, unless a quotation mark before it was never closed."""
SAVE = "请另存为 xlsx，或另存为 UTF-8 编码的 CSV 后再提交"


def read_csv(path: Path) -> tuple[Block, ...]:
    """One table; rows carry the number of their record. Raises: DocumentError."""
    text = decode(path.read_bytes())
    declared = DECLARED.match(text)
    text = text[declared.end() :] if declared else text
    delimiter = declared[1] if declared else _delimiter(text)
    _check_width(text, delimiter)
    rows = _rows(text, delimiter, path.name)
    return (Block(BlockKind.TABLE, Place(sheet=path.name, block=1), path.name, 0, tuple(rows)),)


def _check_width(text: str, delimiter: str) -> None:
    for number, line in enumerate(text.split("\n"), 1):
        if line.count(delimiter) >= WIDEST:
            raise DocumentError(f"第{number}行超过{WIDEST}列", "请检查分隔符，或另存为 xlsx 后再提交")


def _rows(text: str, delimiter: str, name: str) -> list[Row]:
    rows: list[Row] = []
    cells, begins = 0, 1
    # A file may end without a line end, and a cell may hold more than the reader's own small limit.
    lines = io.StringIO(f"{text}\n{END}\n" if not text.endswith("\n") else f"{text}{END}\n", newline="")
    csv.field_size_limit(limits().file_bytes)
    reader = csv.reader(lines, delimiter=delimiter)
    try:
        for line in reader:
            if line == [END]:
                return rows
            cells += len(line)
            if len(rows) >= limits().rows or cells > limits().cells:
                raise DocumentError(
                    f"表格超过{limits().rows}行或{limits().cells}个单元格", "请拆分为多个文件后再提交"
                )
            texts = tuple(cell.strip()[: limits().cell_chars] for cell in line)
            if END in "".join(line):
                raise DocumentError(f"第{begins}行起的引号不成对", SAVE)
            if any(texts[limits().columns :]):
                raise DocumentError(
                    f"第{begins}行超过{limits().columns}列", "请检查分隔符，或拆分为多个文件后再提交"
                )
            rows.append(Row(texts, Place(sheet=name, row=len(rows) + 1, block=1)))
            begins = reader.line_num + 1
    except csv.Error as error:
        raise DocumentError(f"第{begins}行无法解析", SAVE) from error
    return rows


def _delimiter(text: str) -> str:
    """The sign that stands equally often in most lines; the comma where two do so alike."""
    lines = [re.sub(r'"[^"]*"', "", line) for line in text.split("\n")[:SAMPLE] if line.strip()]
    scores = {mark: _agreement(lines, mark) for mark in ",\t;|"}
    return max(scores, key=lambda mark: (scores[mark], mark == ","))


def _agreement(lines: list[str], mark: str) -> tuple[int, int]:
    """How many lines hold the sign as often as most do, and how often that is."""
    counts = Counter(count for line in lines if (count := line.count(mark)))
    return max(((alike, often) for often, alike in counts.items()), default=(0, 0))
