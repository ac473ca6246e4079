"""The tables of a page by the lines drawn on it."""

from collections.abc import Sequence
from typing import Any

from ingest.documents.cellboxes import Box

Line = tuple[float, float, float, float]
NEAR = 0.8
"""Millimetres within which two lines are one, or one ends at another."""


def grids(lines: Sequence[Line]) -> list[tuple[Box, ...]]:
    """The cells of each table from top to bottom; one column is a frame, no table."""
    if not lines:
        return []
    from pdfplumber.table import cells_to_tables, edges_to_intersections, intersections_to_cells, merge_edges

    edges = merge_edges([_edge(line) for line in lines], NEAR, NEAR, NEAR, NEAR)
    cells = intersections_to_cells(edges_to_intersections(edges, NEAR, NEAR))
    found = [tuple(sorted(table, key=lambda box: (box[1], box[0]))) for table in cells_to_tables(cells)]
    return sorted((table for table in found if len({box[0] for box in table}) > 1), key=lambda t: t[0][1])


def _edge(line: Line) -> dict[str, Any]:
    """A line as the finder of tables has it."""
    x0, x1 = sorted((line[0], line[2]))
    top, bottom = sorted((line[1], line[3]))
    level = x1 - x0 >= bottom - top
    if level:
        top = bottom = (top + bottom) / 2
    else:
        x0 = x1 = (x0 + x1) / 2
    return {
        "x0": x0, "x1": x1, "top": top, "bottom": bottom, "width": x1 - x0, "height": bottom - top,
        "orientation": "h" if level else "v", "object_type": "line",
    }  # fmt: skip
