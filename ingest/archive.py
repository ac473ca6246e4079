"""The archive of raw files: every file read is kept under the hash of its bytes."""

import fcntl
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

UNFINISHED = ".keep-"
READ_ONLY = 0o400
FOLDER = 0o700


class Archive:
    """Files under `root/ab/cdef…`, written once and never changed; only their owner may read them.

    Names are not kept here: a claim in the graph holds the name of its document beside the hash.
    """

    def __init__(self, root: Path) -> None:
        self._root = root

    def path(self, sha256: str) -> Path:
        """Where the bytes with this hash stand, or would stand. Raises: ValueError for what is no hash."""
        if len(sha256) != 64 or not set(sha256) <= set("0123456789abcdef"):
            raise ValueError(f"not a sha256: {sha256!r}")
        return self._root / sha256[:2] / sha256[2:]

    def keep(self, path: Path) -> str:
        """Copies a file in and returns the sha256 of the bytes kept; a second time changes nothing.

        A process that dies on the way leaves no file under a hash, and its rest is cleared by the next one.
        """
        with self._alone():
            handle, name = tempfile.mkstemp(dir=self._root, prefix=UNFINISHED)
            part = Path(name)
            try:
                with os.fdopen(handle, "wb") as out, path.open("rb") as source:
                    shutil.copyfileobj(source, out, 1 << 20)
                    out.flush()
                    os.fsync(out.fileno())
                digest = _digest(part)
                self._place(part, self.path(digest))
                return digest
            finally:
                part.unlink(missing_ok=True)

    def _place(self, part: Path, target: Path) -> None:
        """Gives finished bytes their name, unless as many stand there already."""
        if target.exists() and target.stat().st_size == part.stat().st_size:
            return
        target.parent.mkdir(mode=FOLDER, exist_ok=True)
        part.chmod(READ_ONLY)
        part.replace(target)
        _settle(target.parent)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Holds the archive against other writers, and clears what a killed one left unfinished."""
        self._root.mkdir(mode=FOLDER, parents=True, exist_ok=True)
        with (self._root / ".lock").open("wb") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            for rest in self._root.glob(f"{UNFINISHED}*"):
                rest.unlink(missing_ok=True)
            yield


def _settle(folder: Path) -> None:
    """Brings a new name in a folder to the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
