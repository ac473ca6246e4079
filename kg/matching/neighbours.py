"""Finds for every row of small integers those most like it, by cells so that the work grows with the rows.

Rows are cut into cells around centres; a row is compared with the members of the cells nearest to it. All
products are exact and ties go to the smaller position: the result does not depend on threads or machine.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.int8]
Keys = NDArray[np.int64]
Positions = NDArray[np.int64]
MEMBERS, PROBES, ROUNDS, SAMPLE = 400, 8, 4, 40
"""Rows of a cell on average, cells a row looks into, rounds of k-means and rows a centre is drawn from."""
BLOCK = 1_000
NONE = np.int64(-1)


def nearest(rows: Rows, count: int) -> tuple[Positions, NDArray[np.int64]]:
    """Positions (n, count) of the rows most like each row, best first, and their products.

    A position of -1 stands where there are fewer. A row of zeros is like nothing; nothing is its own
    neighbour.
    """
    size = len(rows)
    best = np.full((size, count), NONE, dtype=np.int64)
    if not count or not size:
        return best, best
    values = rows.astype(np.float32)
    asked, members = _cells(values)
    for queries, held in zip(asked, members, strict=True):
        for start in range(0, len(queries), BLOCK):
            part = queries[start : start + BLOCK]
            keys = _keys(values[part] @ values[held].T, part, held, size=size)
            best[part] = _largest(np.concatenate([best[part], keys], axis=1), count)
    order = np.sort(best, axis=1)[:, ::-1]
    found = np.where(order >= 0, size - 1 - order % size, -1)
    return found, np.where(order >= 0, order // size, 0)


def groups(rows: Rows) -> Positions:
    """A number for each row; rows of one number are alike."""
    values = rows.astype(np.float32)
    cells = max(1, len(values) // MEMBERS)
    if cells == 1:
        return np.zeros(len(values), dtype=np.int64)
    centres = _centres(values, cells)
    found = [np.argmax(values[part] @ centres.T, axis=1) for part in _blocks(len(values))]
    return np.concatenate(found).astype(np.int64)


def pairs_of(found: Positions) -> Positions:
    """Pairs (m, 2) of positions, the smaller first, each once, in order."""
    size, count = found.shape
    left, right = np.repeat(np.arange(size, dtype=np.int64), count), found.ravel()
    left, right = left[right >= 0], right[right >= 0]
    coded = np.unique(np.minimum(left, right) * max(1, size) + np.maximum(left, right))
    return np.stack([coded // max(1, size), coded % max(1, size)], axis=1)


def _keys(products: NDArray[np.float32], part: Positions, held: Positions, *, size: int) -> Keys:
    """Product and position in one number, larger for the larger product, then for the smaller position."""
    keys = products.astype(np.int64) * size + (size - 1 - held)
    keys[products <= 0] = NONE
    keys[part[:, None] == held[None, :]] = NONE
    return keys


def _largest(keys: Keys, count: int) -> Keys:
    if keys.shape[1] <= count:
        return keys
    return np.partition(keys, keys.shape[1] - count, axis=1)[:, -count:]


def _cells(values: NDArray[np.float32]) -> tuple[list[Positions], list[Positions]]:
    """Of each cell the rows that look into it, and the rows that lie in it."""
    cells = max(1, len(values) // MEMBERS)
    everything = np.arange(len(values), dtype=np.int64)
    if cells <= PROBES:
        return [everything], [everything]
    centres = _centres(values, cells)
    looked = np.concatenate([_top(values[part], centres) for part in _blocks(len(values))])
    members = [np.flatnonzero(looked[:, 0] == cell) for cell in range(cells)]
    order = np.argsort(looked.ravel(), kind="stable")
    bounds = np.searchsorted(looked.ravel()[order], np.arange(cells + 1))
    asked = [np.sort(order[bounds[cell] : bounds[cell + 1]] // PROBES) for cell in range(cells)]
    return asked, members


def _top(values: NDArray[np.float32], centres: NDArray[np.float32]) -> Positions:
    return np.argsort(-(values @ centres.T), axis=1, kind="stable")[:, :PROBES]


def _centres(values: NDArray[np.float32], cells: int) -> NDArray[np.float32]:
    """Spherical k-means over an even sample of the rows; centres are whole numbers, as the rows are."""
    step = max(1, len(values) // (cells * SAMPLE))
    sample = values[::step]
    centres = sample[:: max(1, len(sample) // cells)][:cells].copy()
    for _ in range(ROUNDS):
        nearest_centre = np.argmax(sample @ centres.T, axis=1)
        for cell in range(cells):
            inside = sample[nearest_centre == cell]
            if len(inside):
                total = inside.sum(axis=0)
                scaled = total / max(float(np.linalg.norm(total)), 1e-9) * 127 * 3
                centres[cell] = np.clip(np.round(scaled), -127, 127)
    return centres


def _blocks(size: int) -> Iterator[slice]:
    yield from (slice(start, start + BLOCK * 4) for start in range(0, size, BLOCK * 4))
