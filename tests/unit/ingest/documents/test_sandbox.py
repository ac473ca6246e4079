"""The reading child: the same answers as in this process, and an end that harms nobody."""

import os
import signal
import threading
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from ingest.documents.limits import Limits, limits
from ingest.documents.reader import read_document
from ingest.documents.sandbox import Sandbox, read_isolated
from kg.errors import DocumentError
from tests.unit.ingest.documents.samples import Printer, paragraph, part

MEGA = 1 << 20


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    found = Sandbox()
    yield found
    found.close()


def capped(**caps: int) -> Limits:
    return limits().model_copy(update=caps)


def small(folder: Path, name: str = "a.txt") -> Path:
    (folder / name).write_text("水务平台", encoding="utf-8")
    return folder / name


def heavy(folder: Path, paragraphs: int = 100_000) -> Path:
    """A document of many paragraphs, harmless but slow and large."""
    path = folder / "heavy.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as package:
        body = "<w:body>" + paragraph("建设水务平台") * paragraphs + "</w:body>"
        package.writestr("word/document.xml", part("document", body))
    return path


def children() -> set[int]:
    return {int(pid) for pid in Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()}


def test_child_tells_what_this_process_would_read(tmp_path: Path, sandbox: Sandbox, printer: Printer) -> None:
    path = (
        printer.text("一、概述")
        .table([("功能", "金额"), ("受理", ""), ("审核", "3")], [((1, 1), (1, 2))])
        .save()
    )
    assert sandbox.read(path) == read_document(path)
    assert sandbox.read(small(tmp_path)) == read_document(tmp_path / "a.txt")


def test_refusal_comes_through_in_full(tmp_path: Path, sandbox: Sandbox) -> None:
    (tmp_path / "a.docx").write_bytes(b"PK\x03\x04 broken")
    with pytest.raises(DocumentError) as here:
        read_document(tmp_path / "a.docx")
    with pytest.raises(DocumentError) as there:
        sandbox.read(tmp_path / "a.docx")
    assert str(there.value) == str(here.value)
    assert there.value.file == "a.docx"


def test_child_that_was_killed_between_two_files_is_started_again(tmp_path: Path, sandbox: Sandbox) -> None:
    before = children()
    sandbox.read(small(tmp_path))
    (child,) = children() - before
    os.kill(child, signal.SIGKILL)
    os.waitid(os.P_PID, child, os.WEXITED | os.WNOWAIT)
    assert sandbox.read(small(tmp_path)).blocks[0].text == "水务平台"


def test_child_killed_while_reading_is_a_refusal_and_the_next_file_is_read(
    tmp_path: Path, sandbox: Sandbox
) -> None:
    before = children()
    sandbox.read(small(tmp_path))
    (child,) = children() - before
    path = heavy(tmp_path)
    killer = threading.Timer(0.5, os.kill, (child, signal.SIGSEGV))
    killer.start()
    with pytest.raises(DocumentError, match="读取程序异常退出") as caught:
        sandbox.read(path)
    killer.join()
    assert caught.value.file == "heavy.docx"
    assert sandbox.read(small(tmp_path)).blocks[0].text == "水务平台"


def test_file_that_costs_too_much_time_is_refused_and_the_next_one_read(tmp_path: Path) -> None:
    slow = Sandbox(capped(cpu_seconds=1))
    try:
        with pytest.raises(DocumentError, match="用时超过上限") as caught:
            slow.read(heavy(tmp_path))
        assert "拆分" in caught.value.remedy
        assert slow.read(small(tmp_path)).blocks[0].text == "水务平台"
    finally:
        slow.close()


def test_child_that_hangs_is_given_up_after_its_time(tmp_path: Path, sandbox: Sandbox) -> None:
    waiting = Sandbox(capped(wall_seconds=2))
    try:
        with pytest.raises(DocumentError, match="用时超过上限"):
            waiting.read(heavy(tmp_path))
        assert waiting.read(small(tmp_path)).blocks[0].text == "水务平台"
    finally:
        waiting.close()


def test_file_that_needs_too_much_memory_is_refused_and_the_next_one_read(tmp_path: Path) -> None:
    narrow, path = Sandbox(capped(memory_bytes=250 * MEGA)), tmp_path / "large.txt"
    path.write_bytes("建设水务平台".encode() * 2_500_000)
    try:
        with pytest.raises(DocumentError, match="过大"):
            narrow.read(path)
        assert narrow.read(small(tmp_path)).blocks[0].text == "水务平台"
    finally:
        narrow.close()


def test_child_is_replaced_after_its_share_of_files(tmp_path: Path) -> None:
    short = Sandbox(capped(files_per_child=2))
    before, seen = children(), set[int]()
    try:
        for _ in range(3):
            short.read(small(tmp_path))
            seen |= children() - before
    finally:
        short.close()
    assert len(seen) == 2
    assert children() == before


def test_threads_get_the_answers_to_their_own_files(tmp_path: Path, sandbox: Sandbox) -> None:
    paths = [tmp_path / f"{number}.txt" for number in range(20)]
    for path in paths:
        path.write_text(path.stem + "号系统", encoding="utf-8")
    with ThreadPoolExecutor(4) as pool:
        read = list(pool.map(sandbox.read, paths))
    assert [document.blocks[0].text for document in read] == [path.stem + "号系统" for path in paths]


def test_child_ends_with_its_sandbox(tmp_path: Path) -> None:
    before, sandbox = children(), Sandbox()
    sandbox.read(small(tmp_path))
    sandbox.close()
    assert children() == before


def test_long_file_keeps_nobody_else_waiting_and_files_in_turn_take_one_child(tmp_path: Path) -> None:
    read_isolated(small(tmp_path))
    before = children()
    assert read_isolated(small(tmp_path)).blocks[0].text == "水务平台"
    assert children() == before
    with ThreadPoolExecutor(1) as pool:
        long = pool.submit(read_isolated, heavy(tmp_path, 20_000))
        while not long.running():
            pass
        read_isolated(small(tmp_path))
        assert not long.done()
        assert len(long.result().blocks) == 20_000
