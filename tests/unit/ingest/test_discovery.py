"""What a folder holds beside files is entered or refused by name, never passed over."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from ingest.discovery import discover
from ingest.report import RunReport

ROWS = [["系统名称", "建设单位", "主要功能"], ["养老服务平台", "南宁市民政局", "床位登记、补贴审核"]]


def test_what_is_no_file_is_refused_by_name(
    tmp_path: Path,
    workbook: Callable[[str, Sequence[Sequence[object]]], Path],
    load: Callable[..., RunReport],
) -> None:
    workbook("材料/普查.xlsx", ROWS)
    home = tmp_path / "材料"
    os.mkfifo(home / "管道.xlsx")
    (home / "断链.xlsx").symlink_to(home / "没有.xlsx")
    (home / "空.xlsx").mkdir()
    (home / "环").symlink_to(home)
    report = load(home)
    assert report.rows.to_json() == {"read": 1, "written": 1, "unchanged": 0, "rejected": 0}
    refused = [(row.file, row.sheet, row.row, row.reason, row.remedy) for row in report.rejected]
    assert refused == [
        ("断链.xlsx", None, None, "链接所指的文件不存在", "请修复链接，或提交文件本身"),
        ("环", None, None, "这是指向文件夹的链接，未进入", "请单独指明该文件夹"),
        ("空.xlsx", None, None, "这是文件夹，其中没有文件", "请确认材料已放入，或删除该文件夹"),
        ("管道.xlsx", None, None, "不是普通文件（管道、套接字或设备）", "请另存为普通文件后再提交"),
    ]


def test_a_folder_named_like_a_file_is_entered(tmp_path: Path) -> None:
    inner = tmp_path / "汇总.xlsx" / "2024"
    inner.mkdir(parents=True)
    (inner / "普查.csv").touch()
    (tmp_path / "空文件夹").mkdir()
    assert [(found.document, found.folder) for found in discover([tmp_path])] == [
        ("汇总.xlsx/2024/普查.csv", f"{tmp_path.name}/汇总.xlsx/2024")
    ]


def test_what_an_editor_leaves_behind_is_passed_over(tmp_path: Path) -> None:
    for name in (".隐藏", "~$普查.xlsx", "Thumbs.db"):
        (tmp_path / name).touch()
    os.mkfifo(tmp_path / ".管道")
    assert discover([tmp_path]) == []
