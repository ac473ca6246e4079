"""The versions of the store file: how a new one is laid out and an old one brought up to date."""

import sqlite3
from collections.abc import Callable
from importlib import resources

from kg.errors import StoreError

CURRENT = 2


def _index_closed_records(connection: sqlite3.Connection) -> None:
    connection.execute("CREATE INDEX record_closed ON record (delivery, digest) WHERE closed IS NOT NULL")


# From version → statements that lead to the next one.
STEPS: dict[int, Callable[[sqlite3.Connection], None]] = {1: _index_closed_records}


def version_of(connection: sqlite3.Connection) -> int:
    """The schema version of a file; 0 for an empty one."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def check(connection: sqlite3.Connection) -> None:
    """Raises StoreError when the file can only be read by another version of the program."""
    found = version_of(connection)
    if found > CURRENT:
        raise StoreError(f"知识库文件的格式版本 {found} 比本程序支持的 {CURRENT} 新；请升级程序后再打开")
    if found == 0:
        raise StoreError("该文件不是知识库，或尚未建成；请先运行 kg ingest")
    if found < CURRENT:
        raise StoreError(f"知识库文件的格式版本 {found} 较旧；运行一次 kg index 即可升级")


def migrate(connection: sqlite3.Connection) -> None:
    """Brings a file that may be written to the current version, in one transaction."""
    found = version_of(connection)
    if found > CURRENT:
        check(connection)
    if found == CURRENT:
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        if version_of(connection) == 0:
            _lay_out(connection)
        for version in range(version_of(connection) or CURRENT, CURRENT):
            STEPS[version](connection)
        connection.execute(f"PRAGMA user_version = {CURRENT}")
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


def _lay_out(connection: sqlite3.Connection) -> None:
    tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if tables:
        raise StoreError("该文件是别的程序的 SQLite 数据库，不是知识库")
    script = resources.files("kg.store").joinpath("schema.sql").read_text(encoding="utf-8")
    for statement in _statements(script):
        connection.execute(statement)
    connection.execute("INSERT INTO meta VALUES ('version', 0)")


def _statements(script: str) -> list[str]:
    lines = [line for line in script.splitlines() if not line.startswith("--")]
    return [statement for statement in "\n".join(lines).split(";\n") if statement.strip()]
