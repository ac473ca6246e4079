import threading
from datetime import date
from pathlib import Path

import pytest

from api.keys.file import KeyFile
from api.keys.issue import issue, revoke
from api.keys.ring import FROM_SETTINGS, Ring
from api.keys.scopes import EVERY, Scope
from kg.errors import NotFoundError, StoreError, ValidationError

DAY = date(2026, 11, 24)


@pytest.fixture
def file(tmp_path: Path) -> KeyFile:
    return KeyFile(tmp_path / "kg.db.keys")


def test_a_key_opens_what_it_names_under_its_name(file: KeyFile) -> None:
    key = issue(file, "门户", scopes=[Scope.READ, Scope.CHECK], today=DAY)
    ring = Ring(file=file, today=lambda: DAY)
    holder = ring.who(key.encode())
    assert holder is not None
    assert holder.name == "门户"
    assert holder.scopes == {Scope.READ, Scope.CHECK}
    assert ring.marked(holder.mark) == holder
    assert [ring.who(wrong) for wrong in (b"", b"x", key[:-1].encode(), (key + " ").encode())] == [None] * 4
    assert [ring.marked(wrong) for wrong in ("", "x", key)] == [None] * 3


def test_no_key_stands_in_the_file_and_only_its_owner_reads_it(file: KeyFile, tmp_path: Path) -> None:
    key = issue(file, "门户", scopes=[Scope.READ], today=DAY)
    kept = tmp_path / "kg.db.keys"
    assert key not in kept.read_text("utf-8")
    assert kept.stat().st_mode & 0o777 == 0o600


def test_a_key_revoked_by_another_process_opens_nothing_more(file: KeyFile, tmp_path: Path) -> None:
    key = issue(file, "门户", scopes=[Scope.READ], today=DAY)
    ring = Ring(file=KeyFile(tmp_path / "kg.db.keys"), today=lambda: DAY)
    holder = ring.who(key.encode())
    assert holder is not None
    revoke(file, "门户", today=DAY)
    assert ring.who(key.encode()) is None
    assert ring.marked(holder.mark) is None
    assert ring.keyed


def test_a_key_opens_until_its_last_day(file: KeyFile) -> None:
    key = issue(file, "临时", scopes=[Scope.READ], today=DAY, expires=date(2026, 12, 31)).encode()
    assert Ring(file=file, today=lambda: date(2026, 12, 31)).who(key)
    assert not Ring(file=file, today=lambda: date(2027, 1, 1)).who(key)


def test_a_clock_that_goes_back_revives_no_key(file: KeyFile) -> None:
    key = issue(file, "临时", scopes=[Scope.READ], today=DAY, expires=DAY).encode()
    days = [date(2026, 11, 25), DAY]
    ring = Ring(file=file, today=lambda: days.pop(0))
    assert not ring.who(key)
    assert not ring.who(key)
    assert not Ring(file=file, today=lambda: DAY).who(key)


def test_a_clock_that_goes_back_revives_no_key_where_nothing_can_be_written(
    file: KeyFile, tmp_path: Path
) -> None:
    key = issue(file, "临时", scopes=[Scope.READ], today=DAY, expires=DAY).encode()
    days = [date(2026, 11, 25), DAY]
    # Stands where the lock would: as root, no folder is closed to writing.
    (tmp_path / "kg.db.keys.lock").unlink()
    (tmp_path / "kg.db.keys.lock").mkdir()
    ring = Ring(file=file, today=lambda: days.pop(0))
    assert not ring.who(key)
    assert not ring.who(key)


def test_keys_of_the_settings_open_everything(file: KeyFile) -> None:
    ring = Ring(("first", "第二把"), file, today=lambda: DAY)
    for key in ("first", "第二把"):
        holder = ring.who(key.encode())
        assert holder is not None
        assert (holder.name, holder.scopes) == (FROM_SETTINGS, EVERY)


def test_without_any_key_nobody_holds_one(file: KeyFile) -> None:
    ring = Ring(file=file, today=lambda: DAY)
    assert not ring.keyed
    assert ring.who(b"kg_x") is None


@pytest.mark.parametrize("name", ["门户", "本机", "环境变量"])
def test_a_name_is_used_once(file: KeyFile, name: str) -> None:
    issue(file, "门户", scopes=[Scope.READ], today=DAY)
    revoke(file, "门户", today=DAY)
    with pytest.raises(ValidationError, match="已用过"):
        issue(file, name, scopes=[Scope.READ], today=DAY)


def test_a_key_that_has_run_out_already_is_not_made(file: KeyFile) -> None:
    with pytest.raises(ValidationError, match="已过"):
        issue(file, "门户", scopes=[Scope.READ], today=DAY, expires=date(2026, 11, 23))
    assert file.keys() == ()


def test_a_name_that_no_key_has_cannot_be_revoked(file: KeyFile) -> None:
    with pytest.raises(NotFoundError, match="门户"):
        revoke(file, "门户", today=DAY)


@pytest.mark.parametrize(
    "content", ["", "{", '{"keys": [{"name": "a"}]}', "\x00\xff", '{"version": 1, "x": 1}']
)
def test_a_damaged_file_closes_every_door_and_quotes_nothing(
    file: KeyFile, tmp_path: Path, content: str
) -> None:
    (tmp_path / "kg.db.keys").write_text(content, "utf-8")
    with pytest.raises(StoreError, match="请从备份恢复") as told:
        Ring(file=file, today=lambda: DAY).who(b"x")
    assert not content or content not in str(told.value)
    with pytest.raises(StoreError):
        issue(file, "门户", scopes=[Scope.READ], today=DAY)


def test_keys_made_at_the_same_time_are_all_kept(tmp_path: Path) -> None:
    path = tmp_path / "kg.db.keys"

    def make(number: int) -> None:
        issue(KeyFile(path), f"第{number}把", scopes=[Scope.READ], today=DAY)

    threads = [threading.Thread(target=make, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(KeyFile(path).keys()) == 8
