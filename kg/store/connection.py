"""Opening the store file: for writing, for reading, and for reading where nothing may be written."""

import sqlite3
from pathlib import Path
from urllib.parse import quote

from kg.errors import StoreError, StoreUnavailableError
from kg.store import migrations

# Milliseconds a reader waits for a checkpoint, or a writer for a reader.
BUSY_TIMEOUT = 10_000


def connect(path: Path, *, create: bool, readonly: bool) -> sqlite3.Connection:
    """A connection to a store file of the current schema; transactions are the caller's.

    Raises:
        StoreError: there is no such file and none is to be created, or it is no store of ours.
        StoreUnavailableError: the file cannot be opened.
    """
    if not create and not path.is_file():
        raise StoreError(f"知识库不存在：{path}；请先运行 kg ingest 建库")
    try:
        return _read(path) if readonly else _write(path)
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.OperationalError):
            raise StoreUnavailableError(f"无法打开知识库 {path}：{error}") from error
        raise StoreError(f"文件已损坏或不是知识库：{path}（{error}）") from error


def _write(path: Path) -> sqlite3.Connection:
    path.parent.mkdir(parents=True, exist_ok=True)
    connection = _open(path, "rwc")
    try:
        migrations.migrate(connection)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA cache_size = -65536")
    except BaseException:
        connection.close()
        raise
    return connection


def _read(path: Path) -> sqlite3.Connection:
    """Read-only; where the folder refuses the files of the log beside it, the file is read as it lies."""
    connection = _open(path, "ro")
    try:
        migrations.check(connection)
    except sqlite3.OperationalError:
        connection.close()
        connection = _open(path, "ro&immutable=1")
        migrations.check(connection)
    except BaseException:
        connection.close()
        raise
    connection.execute("PRAGMA query_only = ON")
    return connection


def _open(path: Path, mode: str) -> sqlite3.Connection:
    uri = f"file:{quote(str(path.resolve()))}?mode={mode}"
    connection = sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False)
    connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT}")
    return connection
