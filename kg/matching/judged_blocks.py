"""Keeps what an unfinished run has judged, block by block, so that the next one goes on where it stopped."""

import logging
import os
import shutil
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np

from kg.matching.scoring import Judged

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class JudgedBlocks:
    """Blocks in a folder of which nothing is held that belongs to other systems, pairs or rules."""

    folder: Path

    @classmethod
    def opened(cls, parent: Path, key: str) -> Self:
        """The blocks of this key; those of other keys are removed. Raises: OSError."""
        parent.mkdir(exist_ok=True)
        for other in parent.iterdir():
            if other.name != key:
                shutil.rmtree(other, ignore_errors=True)
        folder = parent / key
        folder.mkdir(exist_ok=True)
        return cls(folder)

    def get(self, start: int) -> Judged | None:
        """The block that begins at this pair; None when it was not judged or cannot be read."""
        try:
            with self._file(start).open("rb") as opened, np.load(opened, allow_pickle=False) as kept:
                return Judged(
                    np.asarray(kept["pairs"], dtype=np.int64).reshape(-1, 2),
                    np.asarray(kept["labels"], dtype=np.int8),
                    np.asarray(kept["scores"], dtype=np.float64),
                )
        except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
            return None

    def put(self, start: int, judged: Judged) -> None:
        """Keeps a block; a full disk costs time when the run is interrupted, never the run."""
        try:
            handle, name = tempfile.mkstemp(dir=self.folder)
            with os.fdopen(handle, "wb") as out:
                np.savez(out, pairs=judged.pairs.astype(np.int32), labels=judged.labels, scores=judged.scores)
            Path(name).replace(self._file(start))
        except OSError as error:
            logger.warning("judged pairs are not kept in %s: %s", self.folder, error)

    def _file(self, start: int) -> Path:
        return self.folder / f"{start}.npz"


def forget_blocks(parent: Path) -> None:
    """Removes what unfinished runs have left; for when everything is kept elsewhere."""
    shutil.rmtree(parent, ignore_errors=True)
