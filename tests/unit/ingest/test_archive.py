"""Raw files are kept once, whole or not at all, and never changed."""

import hashlib
import os
import signal
import stat
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from ingest.archive import UNFINISHED, Archive

KEEP = """
import sys
from pathlib import Path
from ingest.archive import Archive
Archive(Path(sys.argv[1])).keep(Path(sys.argv[2]))
"""


def kept(root: Path) -> list[Path]:
    return sorted(path for path in root.rglob("*") if path.is_file() and not path.name.startswith("."))


def test_file_is_kept_under_the_hash_of_its_bytes(tmp_path: Path) -> None:
    (tmp_path / "清单.csv").write_bytes(b"data")
    archive = Archive(tmp_path / "archive")
    digest = archive.keep(tmp_path / "清单.csv")
    assert digest == hashlib.sha256(b"data").hexdigest()
    assert kept(tmp_path / "archive") == [archive.path(digest)]
    assert archive.path(digest).read_bytes() == b"data"


def test_same_content_under_two_names_is_kept_once_and_not_written_again(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "archive")
    digests = set()
    for name in ("甲.csv", "乙.csv", "甲.csv"):
        (tmp_path / name).write_bytes(b"data")
        digests.add(archive.keep(tmp_path / name))
        written = archive.path(min(digests)).stat()
    assert len(digests) == 1
    assert len(kept(tmp_path / "archive")) == 1
    assert archive.path(digests.pop()).stat().st_ino == written.st_ino


def test_kept_file_is_for_its_owner_to_read_only(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"data")
    archive = Archive(tmp_path / "archive")
    mode = archive.path(archive.keep(tmp_path / "a.csv")).stat().st_mode
    assert stat.S_IMODE(mode) == 0o400


def test_original_that_changes_later_does_not_change_what_is_kept(tmp_path: Path) -> None:
    path, archive = tmp_path / "a.csv", Archive(tmp_path / "archive")
    path.write_bytes(b"first")
    first = archive.keep(path)
    path.write_bytes(b"second")
    second = archive.keep(path)
    assert archive.path(first).read_bytes() == b"first"
    assert archive.path(second).read_bytes() == b"second"


def test_file_that_cannot_be_read_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="absent"):
        Archive(tmp_path / "archive").keep(tmp_path / "absent.csv")
    assert [path.name for path in (tmp_path / "archive").iterdir()] == [".lock"]


def test_kept_file_cut_short_by_the_disk_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"data")
    archive = Archive(tmp_path / "archive")
    path = archive.path(archive.keep(tmp_path / "a.csv"))
    path.chmod(0o600)
    path.write_bytes(b"da")
    archive.keep(tmp_path / "a.csv")
    assert path.read_bytes() == b"data"


def test_killed_writer_leaves_no_half_file_and_does_not_block_the_next(tmp_path: Path) -> None:
    pipe, root = tmp_path / "pipe", tmp_path / "archive"
    os.mkfifo(pipe)
    writer = subprocess.Popen([sys.executable, "-c", KEEP, str(root), str(pipe)])
    with pipe.open("wb", buffering=0) as stream:
        stream.write(b"half of it")
        while not list(root.glob(f"{UNFINISHED}*")):
            time.sleep(0.01)
        writer.send_signal(signal.SIGKILL)
        writer.wait()
    assert kept(root) == []
    (tmp_path / "a.csv").write_bytes(b"data")
    Archive(root).keep(tmp_path / "a.csv")
    assert len(kept(root)) == 1
    assert list(root.glob(f"{UNFINISHED}*")) == []


def test_many_writers_at_once_keep_each_content_once(tmp_path: Path) -> None:
    paths = []
    for number in range(12):
        paths.append(tmp_path / f"{number}.csv")
        paths[-1].write_bytes(b"data %d" % (number % 3))
    archive = Archive(tmp_path / "archive")
    with ThreadPoolExecutor(4) as pool:
        digests = set(pool.map(archive.keep, paths))
    assert {path.read_bytes() for path in kept(tmp_path / "archive")} == {b"data 0", b"data 1", b"data 2"}
    assert len(digests) == 3


@pytest.mark.parametrize("text", ["", "../../etc/passwd", "A" * 64, "0" * 63])
def test_only_a_hash_names_a_kept_file(tmp_path: Path, text: str) -> None:
    with pytest.raises(ValueError, match="not a sha256"):
        Archive(tmp_path).path(text)
