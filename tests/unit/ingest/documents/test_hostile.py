"""Hostile and damaged files end in a refusal with a remedy, never in another exception."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.documents.limits import limits
from ingest.documents.reader import read_document
from ingest.documents.sandbox import Sandbox
from kg.errors import DocumentError
from tests.unit.ingest.documents.crowded import CROWDED
from tests.unit.ingest.documents.hostile import REFUSED, forms_of_themselves, pdf_bomb

MEMORY = 200
"""Megabytes that the reader may hold while it refuses a file, a hundred of them its own code."""
SECONDS = 3
"""CPU time of a refusal, in which a busy machine may count double."""
ALL = REFUSED | CROWDED
UNPACKED = frozenset({pdf_bomb})
"""Streams within a PDF are unpacked whole by its parser; the limit of the process holds them."""


class Watched:
    """A reading child, and what it has cost."""

    def __init__(self, folder: Path) -> None:
        self.sandbox = Sandbox()
        before = children()
        (folder / "a.txt").write_text("水务平台", encoding="utf-8")
        self.sandbox.read(folder / "a.txt")
        (self.pid,) = children() - before

    def forget_peak(self) -> None:
        Path(f"/proc/{self.pid}/clear_refs").write_text("5")

    def peak(self) -> int:
        status = Path(f"/proc/{self.pid}/status").read_text()
        return int(status.partition("VmHWM:")[2].split()[0]) >> 10

    def seconds(self) -> float:
        spent = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()[11:13]
        return sum(map(int, spent)) / os.sysconf("SC_CLK_TCK")


def children() -> set[int]:
    return {int(pid) for pid in Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()}


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    found = Watched(tmp_path_factory.mktemp("first"))
    yield found
    found.sandbox.close()


@pytest.mark.parametrize("make", ALL, ids=lambda make: make.__name__)
def test_hostile_file_is_refused_by_a_check_at_little_cost_and_its_reader_lives_on(
    tmp_path: Path, watched: Watched, make: Callable[[Path], Path]
) -> None:
    path = make(tmp_path)
    watched.forget_peak()
    before = watched.seconds()
    with pytest.raises(DocumentError, match=ALL[make]) as caught:
        watched.sandbox.read(path)
    assert caught.value.file == path.name
    assert caught.value.remedy.startswith("请")
    assert watched.seconds() - before < SECONDS
    assert make in UNPACKED or watched.peak() < MEMORY


def test_drawing_that_draws_itself_ends_at_the_memory_of_the_process(tmp_path: Path) -> None:
    narrow = Sandbox(limits().model_copy(update={"memory_bytes": 300 << 20}))
    (tmp_path / "a.txt").write_text("水务平台", encoding="utf-8")
    try:
        with pytest.raises(DocumentError, match=r"异常退出|过大") as caught:
            narrow.read(forms_of_themselves(tmp_path))
        assert caught.value.file == "forms.pdf"
        assert narrow.read(tmp_path / "a.txt").blocks[0].text == "水务平台"
    finally:
        narrow.close()


def test_far_cell_costs_its_reader_little(tmp_path: Path, watched: Watched) -> None:
    book = openpyxl.Workbook()
    book["Sheet"]["A1"] = "名称"
    book["Sheet"]["XFD1048576"] = "x"
    book.save(tmp_path / "far.xlsx")
    watched.forget_peak()
    before = watched.seconds()
    assert "XFD1048576" in watched.sandbox.read(tmp_path / "far.xlsx").unread[0]
    assert watched.seconds() - before < SECONDS
    assert watched.peak() < MEMORY


def folder(where: Path) -> Path:
    (where / "a.docx").mkdir()
    return where / "a.docx"


def pipe(where: Path) -> Path:
    os.mkfifo(where / "a.docx")
    return where / "a.docx"


def device(where: Path) -> Path:
    (where / "a.csv").symlink_to("/dev/zero")
    return where / "a.csv"


def circle(where: Path) -> Path:
    (where / "a.csv").symlink_to(where / "a.csv")
    return where / "a.csv"


def absent(where: Path) -> Path:
    return where / "a.csv"


@pytest.mark.parametrize("make", [folder, pipe, device, circle, absent])
def test_what_is_no_file_is_refused_before_it_is_opened(
    tmp_path: Path, watched: Watched, make: Callable[[Path], Path]
) -> None:
    path = make(tmp_path)
    for read in (read_document, watched.sandbox.read):
        with pytest.raises(DocumentError, match="不存在或不是普通文件"):
            read(path)


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.txt", b"", "为空"),
        ("a.docx", b"plain words", "内容不是"),
        ("a.docx", b"%PDF-1.7 x", "扩展名 .docx 与内容不符，实际为 pdf；请把扩展名改为 .pdf"),
        ("a.pdf", b"PK\x03\x04 x", "损坏"),
        (
            "a.xls",
            "<table><tr><td>水务</td></tr></table>".encode(),
            "实际为 html；请用办公软件打开，另存为 xlsx",
        ),
        ("a.txt", b"%PDF-1.7 x", "不符"),
        ("a.csv", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\xff\xff", "编码无法识别"),
        ("a.zip", b"PK\x03\x04", "请解压后逐个提交"),
        ("a.doc", b"x", "另存为 docx"),
        ("a.et", b"x", "另存为 xlsx"),
        ("a.ofd", b"x", "另存为 pdf"),
        ("a", b"x", "无扩展名"),
        ("a.txt", b" \n\t\n", "没有可读的文字"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptionInfo".encode("utf-16-le"), "加密"),
        ("a.wps", b"x", "另存为 docx"),
        ("a.pdf", b"%PDF-1.7 broken", "损坏"),
        ("机密.txt", b"x", "国家秘密"),
        ("a.txt", "机密★3年\n正文".encode(), "国家秘密"),
    ],
)
def test_unreadable_file_is_refused_with_its_reason(
    tmp_path: Path, name: str, data: bytes, reason: str
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(DocumentError, match=reason):
        read_document(path)


def test_far_cell_does_not_cost_a_dense_grid(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book["Sheet"]["A1"] = "名称"
    book["Sheet"]["XFD1048576"] = "x"
    book.save(tmp_path / "far.xlsx")
    document = read_document(tmp_path / "far.xlsx")
    assert [row.cells for row in document.blocks[0].rows] == [("名称",)]
    assert document.unread == ("工作表“Sheet”XFD1048576等1个单元格超出行列上限，未读",)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    data=st.binary(max_size=300), suffix=st.sampled_from(["docx", "xlsx", "xls", "pdf", "csv", "html", "md"])
)
def test_any_bytes_give_a_document_or_a_refusal(tmp_path: Path, data: bytes, suffix: str) -> None:
    path = tmp_path / f"a.{suffix}"
    path.write_bytes(data)
    try:
        document = read_document(path)
    except DocumentError as error:
        told = error.remedy
    else:
        told = document.sha256
    assert told
