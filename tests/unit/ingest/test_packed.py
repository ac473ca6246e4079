"""Zips of files are read member by member, and nothing in them reaches beyond them."""

import io
import os
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook

from ingest.documents.limits import limits
from ingest.packed import unpacked
from ingest.report import RunReport

ROWS = [["系统名称", "建设单位", "主要功能"], ["养老服务平台", "南宁市民政局", "床位登记、补贴审核"]]


def book(rows: Sequence[Sequence[object]] = ROWS) -> bytes:
    made, out = Workbook(write_only=True), io.BytesIO()
    sheet = made.create_sheet()
    for row in rows:
        sheet.append(list(row))
    made.save(out)
    return out.getvalue()


def packed(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def found(*paths: Path) -> list[tuple[str, str | None]]:
    with unpacked(paths) as files:
        return [(one.document, one.refused[0] if one.refused else None) for one in files]


def test_members_are_loaded_by_the_place_they_had_in_the_zip(
    tmp_path: Path, load: Callable[..., RunReport]
) -> None:
    inner = packed(tmp_path / "内.zip", {"a.xlsx": book()}).read_bytes()
    (tmp_path / "内.zip").unlink()
    path = packed(
        tmp_path / "报送.zip",
        {"南宁市民政局/2024.xlsx": book(), "坏.xlsx": b"PK\x03\x04", "层.zip": inner, "说明.rar": b"Rar!"},
    )
    report = load(path)
    assert report.rows.to_json() == {"read": 1, "written": 1, "unchanged": 0, "rejected": 0}
    assert [file.file for file in report.files if file.rows.read] == ["报送.zip!/南宁市民政局/2024.xlsx"]
    refused = {row.file: (row.reason, row.remedy) for row in report.rejected}
    assert set(refused) == {"报送.zip!/坏.xlsx", "报送.zip!/层.zip", "报送.zip!/说明.rar"}
    assert refused["报送.zip!/层.zip"] == (
        "压缩包内的压缩包不读取",
        "请解开内层压缩包，把其中的文件直接放入外层后再提交",
    )


def test_folders_in_a_zip_tell_unit_and_period(tmp_path: Path) -> None:
    path = packed(tmp_path / "2024年普查.zip", {"南宁市民政局/清单.xlsx": book()})
    with unpacked([path]) as files:
        assert [(one.folder, one.path.name) for one in files] == [("2024年普查/南宁市民政局", "清单.xlsx")]
        kept = files[0].path
    assert not kept.exists()


def test_names_of_old_zips_are_read_as_chinese(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.zip", {"xxxxxxxx.csv": b"1"})
    data = path.read_bytes().replace(b"xxxxxxxx.csv", "民政清单".encode("gbk") + b".csv")
    path.write_bytes(data)
    assert found(path) == [("a.zip!/民政清单.csv", None)]


def test_what_editors_and_systems_leave_behind_is_passed_over(tmp_path: Path) -> None:
    members = {"__MACOSX/._a.csv": b"1", ".DS_Store": b"1", "~$a.xlsx": b"1", "a.csv": b"1", "b/": b""}
    assert found(packed(tmp_path / "a.zip", members)) == [("a.zip!/a.csv", None)]


@pytest.mark.parametrize("name", ["../a.csv", "/etc/a.csv", "..\\..\\a.csv", "b/../../a.csv"])
def test_names_that_lead_out_of_the_zip_refuse_it(tmp_path: Path, name: str) -> None:
    path = packed(tmp_path / "a.zip", {name: b"1", "b.csv": b"2"})
    assert found(path) == [("a.zip", "压缩包内含指向包外的路径，疑似恶意文件")]


def test_a_bomb_among_the_members_is_refused_and_the_rest_goes_on(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.zip", {"a.csv": b"1,2", "炸弹.csv": bytes(8 << 20), "c.csv": b"1,2"})
    assert dict(found(path)) == {
        "a.zip!/a.csv": None,
        "a.zip!/炸弹.csv": "压缩内容过大，疑似压缩炸弹",
        "a.zip!/c.csv": None,
    }


def test_a_damaged_member_is_refused_and_the_rest_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    noise = os.urandom(5000)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.csv", noise)
        archive.writestr("b.csv", b"1,2")
    data = path.read_bytes()
    path.write_bytes(data.replace(noise[:8], bytes(8), 1))
    assert found(path) == [("a.zip!/a.csv", "文件已损坏，无法打开"), ("a.zip!/b.csv", None)]


def test_marked_zips_and_members_are_never_unpacked(tmp_path: Path, load: Callable[..., RunReport]) -> None:
    marked = packed(tmp_path / "【机密】材料.zip", {"a.xlsx": book()})
    inside = packed(tmp_path / "b.zip", {"秘密★/a.xlsx": book(), "名单（绝密）.xlsx": book()})
    told = "文件带有国家秘密标志，不予读取和保存"
    assert found(marked, inside) == [
        ("b.zip!/名单（绝密）.xlsx", told),
        ("b.zip!/秘密★/a.xlsx", told),
        ("【机密】材料.zip", told),
    ]
    sheet = packed(tmp_path / "c.zip", {"a.xlsx": book([["机密★10年"], *ROWS])})
    assert [row.reason for row in load(sheet).rejected] == [told]


def test_what_is_no_zip_of_files_is_refused_as_a_whole(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(b"PK\x03\x04 not a zip")
    (tmp_path / "b.zip").touch()
    packed(tmp_path / "c.zip", {})
    (tmp_path / "d.zip").write_bytes(book())
    locked = packed(tmp_path / "e.zip", {"a.csv": b"1"})
    data = bytearray(locked.read_bytes())
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    locked.write_bytes(data)
    assert found(tmp_path) == [
        ("a.zip", "文件已损坏，无法打开"),
        ("b.zip", "文件为空"),
        ("c.zip", "压缩包内没有文件"),
        ("d.zip", "扩展名 .zip 与内容不符，实际为 xlsx"),
        ("e.zip", "文件已加密"),
    ]


def test_names_too_long_for_a_file_keep_their_suffix(tmp_path: Path) -> None:
    name = "清单" * 200 + ".csv"
    with unpacked([packed(tmp_path / "a.zip", {name: b"1"})]) as files:
        assert (files[0].document, files[0].path.suffix) == (f"a.zip!/{name}", ".csv")


def test_a_zip_has_more_room_than_a_document() -> None:
    assert limits().packed_bytes > limits().pdf_bytes
    assert limits().packed_total_bytes > limits().total_bytes
