"""A snapshot as a file that is mapped, not read: a second process opens it in milliseconds."""

import json
import logging
import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from kg.model import Direction, Modality
from kg.snapshot.adjacency import Adjacency
from kg.snapshot.names import Ids
from kg.snapshot.snapshot import Snapshot
from kg.store.base import GraphReader

log = logging.getLogger(__name__)

MAGIC = b"KGSNAP01"
ALIGNMENT = 64
Array: TypeAlias = NDArray[Any]


def open_snapshot(reader: GraphReader, file: Path | None, *, identity: str = "") -> Snapshot:
    """The snapshot of what the reader shows now: mapped from `file` if it is kept there, else built and kept.

    `identity` tells apart graphs that may have one version number: the store and the view of it. A file
    that cannot be read or written costs time, never an answer. None keeps nothing.
    """
    kept = _load(file, identity, reader.version()) if file is not None else None
    if kept is not None:
        return kept
    snapshot = Snapshot.build(reader)
    # A graph that was written to meanwhile may be seen half before and half after.
    if file is not None and reader.version() == snapshot.version:
        _save(snapshot, file, identity)
    return snapshot


def _save(snapshot: Snapshot, file: Path, identity: str) -> None:
    arrays = list(_arrays(snapshot))
    header = {
        "identity": identity,
        "version": snapshot.version,
        "entity_types": snapshot.entity_types,
        "relations": list(snapshot.adjacencies),
        "arrays": [[values.dtype.str, len(values)] for values in arrays],
    }
    try:
        with tempfile.NamedTemporaryFile(dir=file.parent, prefix=file.name, delete=False) as out:
            try:
                _write(out, json.dumps(header).encode(), arrays)
                Path(out.name).replace(file)
            except BaseException:
                with suppress(OSError):
                    Path(out.name).unlink()
                raise
    except OSError as error:
        log.warning("snapshot not kept in %s: %s", file, error)


def _write(out: IO[bytes], header: bytes, arrays: list[Array]) -> None:
    out.write(MAGIC + len(header).to_bytes(8, "little") + header)
    for values in arrays:
        out.write(b"\0" * (-out.tell() % ALIGNMENT))
        out.write(np.ascontiguousarray(values).tobytes())
    out.flush()
    os.fsync(out.fileno())


def _arrays(snapshot: Snapshot) -> Iterator[Array]:
    yield snapshot.ids.block
    yield snapshot.ids.offsets
    yield snapshot.types
    for adjacency in snapshot.adjacencies.values():
        yield adjacency.offsets
        yield adjacency.neighbours


def _load(file: Path, identity: str, version: int) -> Snapshot | None:
    try:
        mapped = np.memmap(file, dtype=np.uint8, mode="r")
        header, start = _header(mapped)
        if (header["identity"], header["version"]) != (identity, version):
            return None
        return _snapshot(header, list(_sliced(mapped, header["arrays"], start)))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        log.warning("snapshot file %s is not usable and is made again: %s", file, error)
        return None


def _header(mapped: Array) -> tuple[Mapping[str, Any], int]:
    if mapped[: len(MAGIC)].tobytes() != MAGIC:
        raise ValueError("not a snapshot of this form")
    start = len(MAGIC) + 8
    end = start + int.from_bytes(mapped[len(MAGIC) : start].tobytes(), "little")
    return json.loads(mapped[start:end].tobytes()), end


def _sliced(mapped: Array, table: list[tuple[str, int]], start: int) -> Iterator[Array]:
    for kind, length in table:
        start += -start % ALIGNMENT
        end = start + np.dtype(kind).itemsize * length
        if end > len(mapped):
            raise ValueError("shorter than its table says")
        # Plain arrays over the map: numpy's memmap type is slower in every slice.
        yield np.asarray(mapped[start:end]).view(np.ndarray).view(kind)
        start = end


def _snapshot(header: Mapping[str, Any], arrays: list[Array]) -> Snapshot:
    block, offsets, types, *rest = arrays
    keys = [(str(name), Modality(modality), Direction(way)) for name, modality, way in header["relations"]]
    pairs = zip(rest[::2], rest[1::2], strict=True)
    adjacencies = {key: Adjacency(*pair) for key, pair in zip(keys, pairs, strict=True)}
    entity_types = tuple(header["entity_types"])
    return Snapshot(header["version"], Ids(block, offsets), entity_types, types, adjacencies)
