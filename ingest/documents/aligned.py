"""Tables of PDF pages that only the alignment of their words shows, without lines between the cells."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from ingest.documents.blocks import Row
from ingest.documents.cellboxes import Box, joined_lines
from kg.model import Place

LEAST = 3
"""Columns and rows from which on aligned words are a table."""
APART = 1.2
"""Gap between words, in heights of their signs, from which they stand in different cells."""
BLANK = 0.2
"""Gap, in heights, from which a blank stands between two words of one cell."""
REACH = 4.0
"""Distance between two lines of a table at most, in heights."""
LOOSER = 1.25
"""How much further apart rows stand than lines within a cell, at least."""
TOP = 3
"""Lines at the top of a page of which one may go on with a table of the page before, below running heads."""
FILLED = 0.6
"""Share of filled cells from which on lines are a table."""
LEADER = re.compile(r"[.…·]{4,}|(?:\s[.·]){4,}")
"""Dots that lead to a page number in a table of contents."""
PIECES = re.compile(r"\S\s+(?=\S)")


Columns = Sequence[tuple[float, float]]
"""Left and right edge of each column."""


@dataclass(frozen=True, slots=True)
class Aligned:
    """A table: the box it fills on its page, its rows, and its columns by which the next page may go on."""

    box: Box
    rows: tuple[Row, ...]
    columns: Columns


@dataclass(slots=True)
class _Piece:
    left: float
    right: float
    text: str


@dataclass(slots=True)
class _Line:
    top: float
    height: float
    pieces: list[_Piece] = field(default_factory=list)


@dataclass(slots=True)
class _Run:
    """Lines that fit the same columns, with the column of each of their pieces."""

    columns: list[tuple[float, float]]
    lines: list[_Line]
    cells: list[dict[int, str]]


def may_align(lines: Iterable[str]) -> bool:
    """Whether enough lines of a page stand in pieces for a table to be worth looking for."""
    return sum(len(PIECES.findall(line)) >= LEAST - 1 and not LEADER.search(line) for line in lines) >= LEAST


def aligned_tables(words: Sequence[Mapping[str, Any]], *, page: int, above: Columns = ()) -> list[Aligned]:
    """The tables among the words of a page (x0, x1, top, bottom, text).

    `above` are the columns of a table that closed the page before; lines that fit them go on with it.
    """
    lines = _lines(words)
    found: list[Aligned] = []
    at = 0
    while at < len(lines):
        goes_on = bool(above) and not found and at < TOP and _goes_on(lines[at], above)
        run = _run(lines[at:], above if goes_on else ())
        rows = _rows(run, page, sure=goes_on) if run else ()
        if run and rows:
            found.append(Aligned(_box(run), rows, run.columns))
        at += len(run.lines) if run and rows else 1
    return found


def _goes_on(line: _Line, columns: Columns) -> bool:
    return len(line.pieces) > 1 and _placed(line, columns) is not None


def _lines(words: Sequence[Mapping[str, Any]]) -> list[_Line]:
    lines: list[_Line] = []
    for word in sorted(words, key=lambda one: (one["top"], one["x0"])):
        height = word["bottom"] - word["top"]
        if not lines or word["top"] - lines[-1].top > height / 2:
            lines.append(_Line(word["top"], height))
        lines[-1].pieces.append(_Piece(word["x0"], word["x1"], word["text"]))
    for line in lines:
        line.pieces = list(_joined(sorted(line.pieces, key=lambda one: one.left), line.height))
    return lines


def _joined(words: Sequence[_Piece], height: float) -> Iterator[_Piece]:
    """The words of a line that stand close to each other as one."""
    piece = words[0]
    for word in words[1:]:
        gap = word.left - piece.right
        if gap > APART * height:
            yield piece
            piece = word
        else:
            blank = " " if gap > BLANK * height else ""
            piece = _Piece(piece.left, word.right, piece.text + blank + word.text)
    yield piece


def _run(lines: Sequence[_Line], above: Columns) -> _Run | None:
    """The table that begins with the first line; None when that does not stand in columns.

    With the columns of a table `above` it stands in those.
    """
    first = lines[0]
    if not above and (len(first.pieces) < LEAST or any(LEADER.search(one.text) for one in first.pieces)):
        return None
    run = _Run(list(above) or [(one.left, one.right) for one in first.pieces], [], [])
    for line in lines:
        near = not run.lines or line.top - run.lines[-1].top <= REACH * first.height
        placed = _placed(line, run.columns) if near else None
        if placed is None or any(LEADER.search(one.text) for one in line.pieces):
            break
        run.lines.append(line)
        run.cells.append({column: one.text for column, one in placed.items()})
        for column, one in placed.items():
            left, right = run.columns[column]
            run.columns[column] = min(left, one.left), max(right, one.right)
    while len(run.lines) > 1 and set(run.cells[-1]) == {0}:
        run.lines.pop()
        run.cells.pop()
    return run


def _placed(line: _Line, columns: Sequence[tuple[float, float]]) -> dict[int, _Piece] | None:
    """The column of each piece; None when one stands in two columns, or two in one."""
    placed: dict[int, _Piece] = {}
    for piece in line.pieces:
        gaps = [max(left - piece.right, piece.left - right) for left, right in columns]
        nearest = min(range(len(columns)), key=lambda column: gaps[column])
        if sum(gap < 0 for gap in gaps) > 1 or nearest in placed:
            return None
        placed[nearest] = piece
    return placed


def _rows(run: _Run, page: int, *, sure: bool) -> tuple[Row, ...]:
    """The rows of a run, () when they are too few or too empty for a table that is not `sure` to be one."""
    rows: list[dict[int, list[str]]] = []
    for number, cells in enumerate(run.cells):
        if not rows or _begins(run, number, rows[-1]):
            rows.append({})
        for column, text in cells.items():
            rows[-1].setdefault(column, []).append(text)
    width = len(run.columns)
    filled = sum(map(len, rows)) >= FILLED * width * len(rows)
    wide = 2 * sum(len(row) >= LEAST for row in rows) >= len(rows)
    if not sure and (len(rows) < LEAST or not filled or not wide):
        return ()
    return tuple(
        Row(
            tuple(joined_lines("\n".join(row.get(column, []))) for column in range(width)),
            Place(page=page, row=number),
        )
        for number, row in enumerate(rows, 1)
    )


def _begins(run: _Run, number: int, row: Mapping[int, object]) -> bool:
    """Whether a line begins a row: it stands off from the line before or, in tables whose lines all stand
    alike, fills several cells.
    """
    gaps = [below.top - above.top for above, below in pairwise(run.lines)]
    cells, gap = run.cells[number], gaps[number - 1]
    if max(gaps) > LOOSER * min(gaps):
        both = len(cells) >= LEAST and len(row) >= LEAST
        return gap > LOOSER * min(gaps) or both
    return len(cells) > 1


def _box(run: _Run) -> Box:
    lefts, rights = zip(*run.columns, strict=True)
    return min(lefts), run.lines[0].top, max(rights), run.lines[-1].top + run.lines[-1].height
