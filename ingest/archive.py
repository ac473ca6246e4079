"""The archive of raw files: every file read is kept under the hash of its bytes."""

import hashlib
import os
import shutil
import tempfile
from pathlib import Path


class Archive:
    """Files under `root/ab/cdef…`, written once and never changed."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def path(self, sha256: str) -> Path:
        """Where the bytes with this hash stand, or would stand. Raises: ValueError for what is no hash."""
        if len(sha256) != 64 or not set(sha256) <= set("0123456789abcdef"):
            raise ValueError(f"not a sha256: {sha256!r}")
        return self._root / sha256[:2] / sha256[2:]

    def keep(self, path: Path) -> str:
        """Copies a file in and returns the sha256 of the bytes kept; a second time changes nothing."""
        self._root.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=self._root, prefix=".keep-")
        part = Path(name)
        try:
            with os.fdopen(handle, "wb") as out, path.open("rb") as source:
                shutil.copyfileobj(source, out, 1 << 20)
                out.flush()
                os.fsync(out.fileno())
            digest = _digest(part)
            target = self.path(digest)
            if not target.exists():
                target.parent.mkdir(exist_ok=True)
                part.replace(target)
            return digest
        finally:
            part.unlink(missing_ok=True)


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
