"""The write lock of a store file: a file beside it that says who writes."""

import fcntl
import json
import os
import socket
from pathlib import Path
from typing import TextIO

from kg.errors import StoreUnavailableError
from kg.store.clock import now


class WriteLock:
    """Held by one process at a time; the system frees it when its holder dies, so none is ever stale.

    The file stays behind, empty: removing it would let two processes lock two files of one name.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: TextIO | None = None

    def acquire(self) -> None:
        """Takes the lock.

        Raises:
            StoreUnavailableError: another process holds it; the text says which, where and since when.
        """
        try:
            file = self._path.open("a+", encoding="utf-8")
        except OSError as error:
            raise StoreUnavailableError(f"无法写入 {self._path}：{error.strerror}") from error
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            file.seek(0)
            holder = file.read()
            file.close()
            raise StoreUnavailableError(_busy(holder, self._path)) from error
        file.truncate(0)
        file.write(json.dumps({"pid": os.getpid(), "host": socket.gethostname(), "since": now()}))
        file.flush()
        self._file = file

    def release(self) -> None:
        """Gives the lock back if this object holds it."""
        if self._file is not None:
            self._file.truncate(0)
            self._file.close()
            self._file = None


def _busy(text: str, path: Path) -> str:
    try:
        holder = json.loads(text)
        who = f"进程 {holder['pid']}，主机 {holder['host']}，自 {holder['since']}"
    except (ValueError, KeyError, TypeError):
        who = "进程未知"
    return f"知识库正在被另一进程写入：{who}；请等它结束后重试（锁文件 {path}）"
