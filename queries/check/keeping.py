"""Keeps the prepared estate in a file beside the store, so that only what changed it has it prepared anew."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.mapped import map_arrays, write_arrays
from kg.matching.candidates import CandidateIndex
from kg.matching.encoder.port import Encoder
from queries.estate import Estate, Member
from queries.estate.packing import packed, unpacked

log = logging.getLogger(__name__)
FORM = b"KGESTA01"
INDEX = "index."
LARGE = 2_000
"""So many members take long enough to prepare that somebody who waits should know why."""


@dataclass(frozen=True, slots=True)
class Kept:
    """Where the prepared estate is kept; `identity` tells this state of the store from every other."""

    file: Path
    identity: str


@dataclass(frozen=True, slots=True)
class Prepared:
    """An estate, those of its members that are compared, the index over these, and its latest date."""

    estate: Estate
    members: tuple[Member, ...]
    index: CandidateIndex
    newest: str


def load_prepared(kept: Kept, encoder: Encoder, *, engine: str) -> Prepared | None:
    """What is kept, mapped; None when there is nothing of this state, engine and encoder."""
    try:
        header, arrays = map_arrays(kept.file, FORM)
        if header["of"] != _of(kept, encoder, engine):
            if len(arrays["places"]) > LARGE:
                log.warning("the estate has changed since it was prepared; preparing it again")
            return None
        return _prepared(header, arrays, encoder)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, IndexError) as error:
        log.warning("the estate is prepared anew, %s cannot be read: %s", kept.file, error)
        return None


def save_prepared(prepared: Prepared, kept: Kept, encoder: Encoder, *, engine: str) -> None:
    """Writes the file whole or not at all; one that cannot be written costs time, no answer."""
    places = {key: place for place, key in enumerate(prepared.estate.members)}
    compared = np.array([places[member.id] for member in prepared.members], dtype=np.int32)
    arrays = packed(prepared.estate) | {"compared": compared}
    arrays |= {INDEX + name: values for name, values in prepared.index.arrays().items()}
    header = {"of": _of(kept, encoder, engine), "version": prepared.estate.version, "newest": prepared.newest}
    try:
        write_arrays(kept.file, FORM, header=header, arrays=arrays)
    except OSError as error:
        log.warning("the prepared estate is not kept in %s: %s", kept.file, error)


def _of(kept: Kept, encoder: Encoder, engine: str) -> str:
    return f"{kept.identity} {engine} {encoder.mode} {encoder.key}"


def _prepared(header: Mapping[str, Any], arrays: Mapping[str, NDArray[Any]], encoder: Encoder) -> Prepared:
    estate = unpacked(arrays, header["version"])
    every = list(estate.members.values())
    members = tuple(every[place] for place in arrays["compared"].tolist())
    of_index = {name.removeprefix(INDEX): values for name, values in arrays.items() if name.startswith(INDEX)}
    index = CandidateIndex.from_arrays([str(member.id) for member in members], of_index, encoder=encoder)
    return Prepared(estate, members, index, header["newest"])
