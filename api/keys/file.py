"""The file of keys: read again whenever it changed, rewritten in whole, readable by its owner only."""

import fcntl
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pydantic
from pydantic import BaseModel, ConfigDict

from api.keys.key import Key
from kg.errors import StoreError

Stamp = tuple[int, int, int]
"""Inode, size and time of change: another one means another content."""


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    version: int = 1
    keys: tuple[Key, ...] = ()


class KeyFile:
    """The keys of one store; a file that is not there holds none."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._seen: tuple[Stamp, tuple[Key, ...]] | None = None

    def keys(self) -> tuple[Key, ...]:
        """All keys ever made, as the file has them now. Raises: StoreError when it cannot be read."""
        stamp = self._stamp()
        if stamp is None:
            return ()
        seen = self._seen
        if seen is None or seen[0] != stamp:
            seen = self._seen = (stamp, self._read())
        return seen[1]

    def change(self, edit: Callable[[tuple[Key, ...]], tuple[Key, ...]]) -> None:
        """Replaces the keys by what `edit` makes of them, alone among all processes. Raises: StoreError."""
        try:
            with self._alone():
                before = self._read() if self._stamp() else ()
                after = edit(before)
                if after != before:
                    self._write(_File(keys=after))
        except OSError as error:
            raise StoreError(f"密钥文件 {self._path} 无法写入：{error.strerror}") from error

    def end(self, today: date) -> None:
        """Notes for good which keys have run out by this day. Raises: StoreError."""

        def ended(key: Key) -> Key:
            fresh = key.ended is None and key.state(today) == "expired"
            return key.model_copy(update={"ended": today}) if fresh else key

        self.change(lambda keys: tuple(ended(key) for key in keys))

    def _stamp(self) -> Stamp | None:
        try:
            told = self._path.stat()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise StoreError(f"密钥文件 {self._path} 无法读取：{error.strerror}") from error
        return told.st_ino, told.st_size, told.st_mtime_ns

    def _read(self) -> tuple[Key, ...]:
        try:
            return _File.model_validate_json(self._path.read_bytes()).keys
        except (OSError, pydantic.ValidationError) as error:
            # What pydantic says quotes the file.
            raise StoreError(f"密钥文件 {self._path} 无法读取或内容不对，请从备份恢复") from error

    def _write(self, content: _File) -> None:
        handle, name = tempfile.mkstemp(dir=self._path.parent, prefix=f"{self._path.name}.")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as out:
                out.write(content.model_dump_json(indent=1, exclude_none=True))
                out.flush()
                os.fsync(out.fileno())
            Path(name).replace(self._path)
        finally:
            Path(name).unlink(missing_ok=True)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        lock = self._path.with_name(f"{self._path.name}.lock")
        with os.fdopen(os.open(lock, os.O_RDWR | os.O_CREAT, 0o600), "wb") as held:
            fcntl.flock(held, fcntl.LOCK_EX)
            yield
