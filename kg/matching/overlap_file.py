"""Keeps the overlap index in one file beside the store; a file that cannot be read counts as none."""

import logging
import os
import tempfile
import zipfile
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kg.matching.overlap_index import OverlapIndex
from kg.matching.rarity import Rarity
from kg.matching.scoring import Judged
from kg.matching.sketched import Sketched

logger = logging.getLogger(__name__)
FORM = 2


def save_overlaps(index: OverlapIndex, file: Path) -> None:
    """Writes the index; the file appears whole or not at all. Raises: OSError."""
    words = sorted(index.rarity.counts)
    parts = {
        "form": np.array(FORM),
        "key": _texts([index.key]),
        "ids": _texts(index.ids),
        "counted": _texts(words),
        "counts": np.array([index.rarity.counts[word] for word in words], dtype=np.int64),
        "totals": np.array([index.rarity.total, index.drift], dtype=np.int64),
        "digests": index.digests,
        "centre": index.centre,
        "words": index.sketched.words,
        "meaning": index.sketched.meaning,
        "order": index.sketched.order,
        "limits": index.limits,
        "pairs": index.judged.pairs.astype(np.int32),
        "labels": index.judged.labels,
        "scores": index.judged.scores,
    }
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}-")
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as out:
            np.savez(out, allow_pickle=False, **parts)
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)


def load_overlaps(file: Path) -> OverlapIndex | None:
    """The index of the file; None when there is none that this version can read."""
    try:
        with file.open("rb") as opened, np.load(opened, allow_pickle=False) as kept:
            return _index({name: kept[name] for name in kept.files})
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, IndexError, EOFError, zipfile.BadZipFile) as error:
        logger.warning("overlaps are judged anew, %s cannot be read: %s", file, error)
        return None


def _index(kept: dict[str, NDArray[np.generic]]) -> OverlapIndex | None:
    if int(np.asarray(kept["form"], dtype=np.int64)) != FORM:
        return None
    total, drift = np.asarray(kept["totals"], dtype=np.int64).tolist()
    counts = np.asarray(kept["counts"], dtype=np.int64).tolist()
    return OverlapIndex(
        key=_said(kept["key"])[0],
        ids=tuple(_said(kept["ids"])),
        digests=np.asarray(kept["digests"], dtype=np.uint8),
        rarity=Rarity(dict(zip(_said(kept["counted"]), counts, strict=True)), total),
        centre=np.asarray(kept["centre"], dtype=np.float32),
        sketched=Sketched(*(np.asarray(kept[side], dtype=np.int8) for side in ("words", "meaning", "order"))),
        limits=np.asarray(kept["limits"], dtype=np.int64),
        judged=Judged(
            np.asarray(kept["pairs"], dtype=np.int64),
            np.asarray(kept["labels"], dtype=np.int8),
            np.asarray(kept["scores"], dtype=np.float64),
        ),
        drift=drift,
    )


def _texts(texts: list[str] | tuple[str, ...]) -> NDArray[np.uint8]:
    """The texts in one row of bytes: an array of texts would give each the room of the longest."""
    return np.frombuffer("\0".join(texts).encode("utf-8", "surrogatepass"), dtype=np.uint8)


def _said(row: NDArray[np.generic]) -> list[str]:
    text = np.asarray(row, dtype=np.uint8).tobytes().decode("utf-8", "surrogatepass")
    return text.split("\0") if text else []
