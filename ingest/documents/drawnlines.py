"""Tables whose lines are drawn on a picture of a page: their cells as boxes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ingest.documents.cellboxes import Box
from ingest.documents.recognition import Picture

Mask = npt.NDArray[np.bool_]
Unit = tuple[int, int]
"""Row and column of the finest grid that the lines make."""
SHORTEST = 40
"""Pixels of the shortest line of a table; the strokes of print are shorter."""
LONG = 120
"""Pixels from which a line is one wherever it ends; the bow of a seal is straight for fewer."""
RED = 0
"""The channel in which the ink of seals is as light as paper."""
NARROWEST = 200
"""Pixels of the narrowest table, a sixth of a page; large signs of a title have lines as well."""
NEAR = 8
"""Pixels within which two lines are one: scans bend, rows of print are twenty and more apart."""
DRAWN = 0.5
"""Share of a side of a cell on which its line must be seen; stamps and faint print interrupt lines."""
WINDOW, CONTRAST = 25, 25
"""Pixels around a spot and how much darker than their mean it must be to count as ink."""
GAP = 3
"""Pixels by which an interrupted line is closed."""


@dataclass(frozen=True, slots=True)
class _Lines:
    """Horizontal and vertical lines of one page as masks."""

    level: Mask
    plumb: Mask


def drawn_tables(picture: Picture) -> list[tuple[Box, ...]]:
    """The cells of each table of two columns and more, from top to bottom, in pixels."""
    lines = _lines(picture)
    tables = (_cells(lines, area) for area in _areas(lines))
    found = [cells for cells in tables if len({cell[0] for cell in cells}) > 1]
    return sorted(found, key=lambda cells: cells[0][1])


def _lines(picture: Picture) -> _Lines:
    import cv2

    grey = np.ascontiguousarray(picture[:, :, RED])
    method, form = cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV
    ink = np.asarray(cv2.adaptiveThreshold(grey, 255, method, form, WINDOW, CONTRAST), dtype=np.uint8)
    level, plumb = _long(ink, across=True), _long(ink, across=False)
    return _Lines(_anchored(level, plumb, across=True), _anchored(plumb, level, across=False))


def _long(ink: npt.NDArray[np.uint8], *, across: bool) -> Mask:
    """The long strokes of one direction, small gaps in them closed."""
    import cv2

    gap, line = (np.ones((1, size) if across else (size, 1), np.uint8) for size in (GAP, SHORTEST))
    return np.asarray(cv2.morphologyEx(cv2.dilate(ink, gap), cv2.MORPH_OPEN, line)) > 0


def _anchored(lines: Mask, others: Mask, *, across: bool) -> Mask:
    """The lines without the short ones that do not run between two of the other direction: bows of a seal."""
    import cv2

    near = cv2.dilate(others.astype(np.uint8), np.ones((2 * NEAR + 1, 2 * NEAR + 1), np.uint8)) > 0
    count, labels, boxes, _ = cv2.connectedComponentsWithStats(lines.astype(np.uint8))
    kept = np.ones(count, np.bool_)
    for number, (left, top, width, height, _) in enumerate(boxes.tolist()):
        if (width if across else height) < LONG:
            middle = (top + height // 2, left + width // 2)
            ends = ((middle[0], left), (middle[0], left + width - 1))
            ends = ends if across else ((top, middle[1]), (top + height - 1, middle[1]))
            kept[number] = all(near[end] for end in ends)
    return np.asarray(lines & kept[labels], dtype=np.bool_)


def _areas(lines: _Lines) -> Iterator[tuple[slice, slice]]:
    """The stretches of the page in which lines hang together."""
    import cv2

    joined = cv2.dilate((lines.level | lines.plumb).astype(np.uint8), np.ones((GAP, GAP), np.uint8))
    _, _, boxes, _ = cv2.connectedComponentsWithStats(joined)
    for left, top, width, height, _ in boxes[1:].tolist():
        if width >= NARROWEST and height >= SHORTEST:
            yield slice(top, top + height), slice(left, left + width)


def _cells(lines: _Lines, area: tuple[slice, slice]) -> tuple[Box, ...]:
    """The boxes between the lines, those without a line between them taken together."""
    level, plumb = lines.level[area], lines.plumb[area]
    ys = _positions(level.sum(axis=1), SHORTEST, level.shape[0])
    xs = _positions(plumb.sum(axis=0), SHORTEST, plumb.shape[1])
    owner = {(row, column): (row, column) for row in range(len(ys) - 1) for column in range(len(xs) - 1)}
    for row, column in sorted(owner):
        span_x, span_y = (xs[column], xs[column + 1]), (ys[row], ys[row + 1])
        if column and not _is_drawn(plumb.T, xs[column], span_y):
            _join(owner, (row, column), (row, column - 1))
        if row and not _is_drawn(level, ys[row], span_x):
            _join(owner, (row, column), (row - 1, column))
    top, left = area[0].start, area[1].start
    return tuple(
        (xs[first[1]] + left, ys[first[0]] + top, xs[last[1] + 1] + left, ys[last[0] + 1] + top)
        for first, last in _rectangles(owner)
    )


def _positions(counts: npt.NDArray[np.int_], least: int, size: int) -> list[float]:
    """Where lines run, and the ends of the area when a table is open there."""
    at: list[list[int]] = []
    for position in np.flatnonzero(counts >= least).tolist():
        if at and position - at[-1][-1] <= NEAR:
            at[-1].append(position)
        else:
            at.append([position])
    found = [sum(group) / len(group) for group in at]
    if not found:
        return []
    head = [0.0] if found[0] > 2 * NEAR else []
    tail = [float(size - 1)] if found[-1] < size - 1 - 2 * NEAR else []
    return [*head, *found, *tail]


def _is_drawn(mask: Mask, position: float, span: tuple[float, float]) -> bool:
    """Whether a line across the mask's rows at a position covers enough of a span of its columns."""
    first, last = int(span[0]) + GAP, int(span[1]) - GAP
    band = mask[max(int(position) - NEAR, 0) : int(position) + NEAR + 1, first:last]
    return bool(band.size and band.any(axis=0).mean() >= DRAWN)


def _join(owner: dict[Unit, Unit], one: Unit, other: Unit) -> None:
    old, new = sorted((owner[one], owner[other]), reverse=True)
    for unit, held in owner.items():
        if held == old:
            owner[unit] = new


def _rectangles(owner: dict[Unit, Unit]) -> Iterator[tuple[Unit, Unit]]:
    """First and last unit of each cell, in the order of its first."""
    held: dict[Unit, list[Unit]] = {}
    for unit, first in owner.items():
        held.setdefault(first, []).append(unit)
    for units in held.values():
        rows, columns = _ends([row for row, _ in units]), _ends([column for _, column in units])
        yield (rows[0], columns[0]), (rows[1], columns[1])


def _ends(numbers: Sequence[int]) -> tuple[int, int]:
    return min(numbers), max(numbers)
