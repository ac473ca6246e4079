"""A snapshot as a file that is mapped, not read: a second process opens it in milliseconds."""

import logging
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from kg.mapped import Array, map_arrays, write_arrays
from kg.model import Direction, Modality
from kg.snapshot.adjacency import Adjacency
from kg.snapshot.names import Ids
from kg.snapshot.snapshot import Snapshot
from kg.store.base import GraphReader

log = logging.getLogger(__name__)

FORM = b"KGSNAP02"


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
    header = {
        "identity": identity,
        "version": snapshot.version,
        "entity_types": snapshot.entity_types,
        "relations": list(snapshot.adjacencies),
    }
    try:
        write_arrays(file, FORM, header=header, arrays=dict(_arrays(snapshot)))
    except OSError as error:
        log.warning("snapshot not kept in %s: %s", file, error)


def _arrays(snapshot: Snapshot) -> Iterator[tuple[str, Array]]:
    yield "block", snapshot.ids.block
    yield "places", snapshot.ids.offsets
    yield "types", snapshot.types
    for number, adjacency in enumerate(snapshot.adjacencies.values()):
        yield f"offsets {number}", adjacency.offsets
        yield f"neighbours {number}", adjacency.neighbours


def _load(file: Path, identity: str, version: int) -> Snapshot | None:
    try:
        header, arrays = map_arrays(file, FORM)
        if (header["identity"], header["version"]) != (identity, version):
            return None
        return _snapshot(header, arrays)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        log.warning("snapshot file %s is not usable and is made again: %s", file, error)
        return None


def _snapshot(header: Mapping[str, Any], arrays: Mapping[str, Array]) -> Snapshot:
    adjacencies = {
        (str(name), Modality(modality), Direction(way)): Adjacency(
            arrays[f"offsets {number}"], arrays[f"neighbours {number}"]
        )
        for number, (name, modality, way) in enumerate(header["relations"])
    }
    ids = Ids(arrays["block"], arrays["places"])
    return Snapshot(header["version"], ids, tuple(header["entity_types"]), arrays["types"], adjacencies)
