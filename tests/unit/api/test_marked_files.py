"""Whichever door a marked file comes to, nothing of it stays."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook

from api.cli.app import run

TOLD = "国家秘密"
WORDS = "水情会商调度"
TEXT = f"机密★10年\n{WORDS}平台建设方案\n一、建设内容\n1. {WORDS}管理\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KG_STORE", f"sqlite:///{tmp_path}/graph.db")
    monkeypatch.setenv("KG_MODEL", str(tmp_path / "none"))
    Path("sheet.csv").write_text("系统名称,建设单位,运行状态\n林火监测系统,某市林业局,在用\n", "utf-8")
    assert run(["ingest", "sheet.csv"]) == 0
    return tmp_path


def text(name: str = "方案.txt") -> Path:
    Path(name).write_text(TEXT, "utf-8")
    return Path(name)


def packed() -> Path:
    with zipfile.ZipFile("报送.zip", "w") as archive:
        archive.writestr("方案.txt", TEXT)
    return Path("报送.zip")


def sheet() -> Path:
    book = Workbook()
    book["Sheet"]["A1"] = "系统名称"
    book["Sheet"]["B1"] = WORDS
    book["Sheet"]["H30"] = "秘密★1年"
    book.save("清单.xlsx")
    return Path("清单.xlsx")


DOORS = [
    ["ingest"],
    ["ingest", "--returns", "returned"],
    ["check"],
    ["check", "--keep"],
    ["check", "--out", "reports"],
    ["recommend", "--file"],
]


@pytest.mark.parametrize(
    ("made", "door"),
    [*((text, door) for door in DOORS), (packed, DOORS[0]), (packed, DOORS[3]), (sheet, DOORS[1])],
    ids=lambda one: " ".join(one) if isinstance(one, list) else one.__name__,
)
def test_nothing_of_a_marked_file_stays(
    folder: Path, made: Callable[[], Path], door: list[str], capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    path = made()
    capsysbinary.readouterr()
    command = [*door, str(path)] if door[-1] == "--file" else [door[0], str(path), *door[1:]]
    assert run(command) == 1
    told = capsysbinary.readouterr()
    content = path.read_bytes()
    path.unlink()
    assert door[0] == "recommend" or TOLD in (told.out + told.err).decode()
    assert WORDS not in (told.out + told.err).decode()
    left = [file for file in folder.rglob("*") if file.is_file()]
    assert left
    assert not [file for file in left if WORDS.encode() in file.read_bytes() or content in file.read_bytes()]
    assert not [file for file in left if file.stat().st_size and path.name in file.name]
