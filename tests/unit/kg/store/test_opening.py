"""Opening a store: by URL, only where one is, of the right version, also where nothing may be written."""

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kg.errors import StoreError, StoreUnavailableError
from kg.store import migrations, open_store
from kg.store.embedded import EmbeddedStore
from kg.store.memory import MemoryStore
from tests.conformance.graphs import CENSUS, SEAL, load, seal_row


def made(folder: Path) -> str:
    url = f"sqlite:///{folder}/kg.db"
    with open_store(url, create=True) as store:
        load(store, CENSUS, seal_row())
    return url


def test_the_url_chooses_the_store(tmp_path: Path) -> None:
    assert isinstance(open_store("memory:"), MemoryStore)
    with open_store(f"sqlite:///{tmp_path}/new folder/kg.db", create=True) as store:
        assert isinstance(store, EmbeddedStore)
    assert (tmp_path / "new folder" / "kg.db").is_file()


@pytest.mark.parametrize("url", ["", "kg.db", "sqlite:///", "postgres://host/db", "neo4j://localhost"])
def test_an_unknown_url_is_refused(url: str) -> None:
    with pytest.raises(StoreError):
        open_store(url, create=True)


@pytest.mark.parametrize("readonly", [True, False])
def test_a_missing_file_says_to_ingest_first_and_is_not_made(tmp_path: Path, *, readonly: bool) -> None:
    with pytest.raises(StoreError, match="kg ingest"):
        open_store(f"sqlite:///{tmp_path}/kg.db", readonly=readonly)
    assert list(tmp_path.iterdir()) == []


def test_what_was_written_is_there_after_reopening(tmp_path: Path) -> None:
    url = made(tmp_path)
    with open_store(url, readonly=True) as store:
        assert store.get([SEAL])[SEAL].name == "电子印章系统"
        assert [one.id for one in store.search("印章")] == [SEAL]
        assert len(store.runs()) == 1


def test_a_reader_writes_nothing(tmp_path: Path) -> None:
    with open_store(made(tmp_path), readonly=True) as store, pytest.raises(StoreError, match="只读"):
        store.begin("load")


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every user may reach, unlike those of `tmp_path`."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


@contextmanager
def as_nobody() -> Iterator[None]:
    """Permissions do not bind root: for a while, be somebody whom they bind."""
    user = os.geteuid()
    if user == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(user)


def test_a_store_is_read_where_nothing_may_be_written(open_folder: Path) -> None:
    url = made(open_folder)
    before = sorted(open_folder.iterdir())
    (open_folder / "kg.db").chmod(0o444)
    open_folder.chmod(0o555)
    try:
        with as_nobody(), open_store(url, readonly=True) as store:
            assert store.counts()["System"] == 1
            with pytest.raises(StoreError):
                open_store(url.replace("kg.db", "other.db"), create=True)
    finally:
        open_folder.chmod(0o755)
    assert sorted(open_folder.iterdir()) == before


def test_a_file_of_another_program_is_refused_unharmed(tmp_path: Path) -> None:
    path = tmp_path / "kg.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE other (x)")
    connection.close()
    content = path.read_bytes()
    for readonly in (True, False):
        with pytest.raises(StoreError):
            open_store(f"sqlite:///{path}", readonly=readonly)
    assert path.read_bytes() == content


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "kg.db"
    path.write_bytes(b"not a database at all" * 100)
    for readonly in (True, False):
        with pytest.raises(StoreError, match=r"kg\.db"):
            open_store(f"sqlite:///{path}", readonly=readonly)


def test_a_newer_file_is_refused(tmp_path: Path) -> None:
    url = made(tmp_path)
    connection = sqlite3.connect(tmp_path / "kg.db")
    connection.execute(f"PRAGMA user_version = {migrations.CURRENT + 1}")
    connection.close()
    for readonly in (True, False):
        with pytest.raises(StoreError, match="升级程序"):
            open_store(url, readonly=readonly)


def test_an_older_file_is_upgraded_by_a_writer_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url = made(tmp_path)

    def step(connection: sqlite3.Connection) -> None:
        connection.execute("ALTER TABLE run ADD COLUMN later TEXT")

    monkeypatch.setattr(migrations, "CURRENT", migrations.CURRENT + 1)
    monkeypatch.setattr(migrations, "STEPS", {**migrations.STEPS, migrations.CURRENT - 1: step})
    with pytest.raises(StoreError, match="kg index"):
        open_store(url, readonly=True)
    with open_store(url) as store:
        assert store.get([SEAL])[SEAL].name == "电子印章系统"
    with open_store(url, readonly=True) as store:
        assert store.counts()["System"] == 1
    connection = sqlite3.connect(tmp_path / "kg.db")
    assert connection.execute("SELECT later FROM run").fetchall() == [(None,)]
    connection.close()


def test_a_second_writer_is_told_who_writes(tmp_path: Path) -> None:
    url = made(tmp_path)
    with open_store(url) as first, open_store(url) as second:
        run = first.begin("long load")
        with pytest.raises(StoreUnavailableError, match=r"进程 \d+，主机 .+，自 20"):
            second.begin("other load")
        first.finish(run, status="complete", summary={})
        second.finish(second.begin("other load"), status="complete", summary={})


def test_a_run_left_open_is_failed_and_its_batches_kept(tmp_path: Path) -> None:
    url = made(tmp_path)
    with open_store(url) as store:
        run = store.begin("broken")
        store.upsert(run, CENSUS, [seal_row(name="另一个")])
        store.sweep(run, CENSUS.key, list(store.records(CENSUS.key)), said_on="2024")
    with open_store(url) as store:
        assert store.counts()["System"] == 1
        assert len(store.get([SEAL])[SEAL].claims) == 2
        store.finish(store.begin("next"), status="complete", summary={})
        assert [one.status for one in store.runs()] == ["complete", "failed", "complete"]
