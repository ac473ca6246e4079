"""The files of a load as the audit log names them: by their hash."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

MOST = 100
"""Files named one by one; more are named by the hash of their hashes, sorted."""


def input_digests(paths: Iterable[Path]) -> tuple[str, ...]:
    """The SHA-256 of each file, also of those in folders, sorted; what cannot be read is left out."""
    found = sorted({digest for path in paths for file in _files(path) if (digest := _digest(file))})
    if len(found) <= MOST:
        return tuple(found)
    return (hashlib.sha256("\n".join(found).encode()).hexdigest(),)


def _files(path: Path) -> Iterable[Path]:
    return sorted(path.rglob("*")) if path.is_dir() else (path,)


def _digest(file: Path) -> str:
    try:
        if not file.is_file():
            return ""
        with file.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""
