"""Loading: every row accounted for, deliveries by unit and period, nothing written twice."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.archive import Archive
from ingest.documents.reader import read_document
from ingest.pipeline import run
from ingest.reading import Options
from ingest.report import RunReport
from kg.store import open_store
from kg.store.base import GraphStore

Rows = Sequence[Sequence[object]]
Load = Callable[..., RunReport]
Write = Callable[[str, Rows], Path]
HEADER = ("序号", "建设单位", "系统名称", "主要功能", "运行状态")


def census(
    names: Sequence[str], *, unit: str = "南宁市民政局", period: str = "", functions: str = "登记、查询"
) -> Rows:
    titles = [(f"填报单位：{unit}",), (f"填报周期：{period}",)] if period else []
    rows = [(number, unit, name, functions, "在用") for number, name in enumerate(names, 1)]
    return [*titles, HEADER, *rows]


def systems(store: GraphStore) -> list[str]:
    return sorted(entity.name for entity in store.entities(entity_type="System"))


NAMES = ("甲管理系统", "乙管理系统", "丙管理系统", "丁管理系统", "戊管理系统", "己管理系统")


def test_a_second_load_of_the_same_folder_changes_nothing(
    workbook: Write, load: Load, store: GraphStore
) -> None:
    folder = workbook("a/普查.xlsx", census(NAMES)).parent
    first, before = load(folder), list(store.entities())
    again = load(folder)
    assert first.rows.written == again.rows.unchanged == 6
    assert (again.rows.written, again.entities.written, again.entities.swept) == (0, 0, 0)
    assert list(store.entities()) == before


def test_a_changed_row_changes_only_what_it_says(workbook: Write, load: Load, store: GraphStore) -> None:
    path = workbook("普查.xlsx", census(NAMES))
    load(path)
    workbook("普查.xlsx", [*census(NAMES[:5]), (6, "南宁市民政局", NAMES[5], "登记、导出", "停用")])
    report = load(path)
    assert (report.rows.written, report.rows.unchanged) == (1, 5)
    functions = {entity.name for entity in store.entities(entity_type="Function")}
    assert functions == {"登记", "查询", "导出"}
    assert systems(store) == sorted(NAMES)


def test_a_row_that_left_its_file_is_swept(workbook: Write, load: Load, store: GraphStore) -> None:
    path = workbook("普查.xlsx", census(NAMES))
    load(path)
    workbook("普查.xlsx", census(NAMES[:5]))
    assert load(path).entities.swept > 0
    assert systems(store) == sorted(NAMES[:5])


def test_a_file_that_shares_under_half_of_the_rows_is_refused(
    workbook: Write, load: Load, store: GraphStore
) -> None:
    path = workbook("普查.xlsx", census(NAMES))
    load(path)
    workbook("普查.xlsx", census([*NAMES[:2], "另一系统", "又一系统"]))
    report = load(path)
    assert report.status == "refused"
    assert "另一份文件" in report.rejected[0].reason
    assert (report.rows.read, report.rows.rejected) == (4, 4)
    assert systems(store) == sorted(NAMES)


def test_two_units_in_one_folder_are_two_deliveries(workbook: Write, load: Load, store: GraphStore) -> None:
    workbook("夏/一.xlsx", census(NAMES[:4], period="2025年上半年"))
    folder = workbook("夏/二.xlsx", census(NAMES[:4], unit="南宁市水利局", period="2025年上半年")).parent
    load(folder)
    assert sorted(d.unit or "" for d in store.deliveries() if d.source == "census") == [
        "南宁市民政局",
        "南宁市水利局",
    ]
    only = workbook("秋/民政.xlsx", census(NAMES[:3], period="2025年下半年"))
    report = load(only)
    owners = {relation.source for relation in store.relations(types=["OWNS"])}
    assert len(owners) == 2
    assert [item.name for item in report.not_reported_again] == [NAMES[3]]


def test_the_autumn_file_under_another_name_takes_the_place_of_the_summer_rows(
    workbook: Write, load: Load, store: GraphStore
) -> None:
    load(workbook("夏.xlsx", census(NAMES[:4], period="2025年上半年", functions="登记、旧功能")))
    load(workbook("完全不同的名字.xlsx", census(NAMES[:4], period="2025年下半年", functions="登记、新功能")))
    assert {entity.name for entity in store.entities(entity_type="Function")} == {"登记", "新功能"}
    assert len(systems(store)) == 4


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_the_order_of_loading_periods_does_not_matter(
    workbook: Write, load: Load, store: GraphStore, order: tuple[int, int]
) -> None:
    files = (
        workbook("夏.xlsx", census(NAMES[:4], period="2025年上半年", functions="旧功能")),
        workbook("秋.xlsx", census(NAMES[1:5], period="2025年下半年", functions="新功能")),
    )
    for index in order:
        load(files[index])
    assert systems(store) == sorted(NAMES[:5])
    provided = {store.get([r.target])[r.target].name for r in store.relations(types=["PROVIDES"])}
    assert provided == {"旧功能", "新功能"}
    assert sum(1 for _ in store.relations(types=["PROVIDES"])) == 5


def test_both_periods_in_one_folder_load_once(workbook: Write, load: Load) -> None:
    workbook("全/夏.xlsx", census(NAMES[:4], period="2025年上半年"))
    folder = workbook("全/秋.xlsx", census(NAMES[:4], period="2025年下半年", functions="新功能")).parent
    assert load(folder).rows.written == 8
    again = load(folder)
    assert (again.rows.written, again.rows.unchanged) == (0, 8)


def test_one_bad_file_does_not_stop_the_others(workbook: Write, load: Load, tmp_path: Path) -> None:
    folder = workbook("混/好.xlsx", census(NAMES)).parent
    (folder / "坏.xlsx").write_bytes(b"PK\x03\x04 not a workbook")
    (folder / "空.csv").write_bytes(b"")
    (folder / "~$好.xlsx").write_bytes(b"lock")
    (folder / ".DS_Store").write_bytes(b"x")
    report = load(folder)
    assert report.status == "complete"
    assert sorted(row.file for row in report.rejected) == ["坏.xlsx", "空.csv"]
    assert all(row.row is None and row.remedy for row in report.rejected)
    assert report.rows.written == 6


def test_a_load_of_nothing_but_bad_files_fails(load: Load, tmp_path: Path) -> None:
    (tmp_path / "x.xlsx").write_bytes(b"nothing")
    assert load(tmp_path / "x.xlsx").status == "failed"
    assert load(tmp_path / "absent.xlsx").status == "failed"


def test_a_dry_run_tells_the_same_and_writes_nothing(
    workbook: Write, store: GraphStore, tmp_path: Path
) -> None:
    path = workbook("普查.xlsx", census(NAMES))
    archive = Archive(tmp_path / "archive")
    options = Options(today="2026-03-01", dry_run=True)
    planned = run([path], store, archive=archive, options=options, read=read_document).to_json()
    assert (planned["run"], planned["dry_run"], planned["rows"]["written"]) == (None, True, 6)
    assert not store.runs()
    assert not (tmp_path / "archive").exists()
    done = run(
        [path], store, archive=archive, options=Options(today="2026-03-01"), read=read_document
    ).to_json()
    assert [done[key] for key in ("rows", "entities", "files")] == [
        planned[key] for key in ("rows", "entities", "files")
    ]


def test_the_archive_keeps_what_claims_cite(workbook: Write, store: GraphStore, tmp_path: Path) -> None:
    path = workbook("普查.xlsx", census(NAMES))
    archive = Archive(tmp_path / "archive")
    run([path], store, archive=archive, options=Options(today="2026-03-01"), read=read_document)
    found = next(iter(store.entities(entity_type="System")))
    (claim,) = store.get([found.id])[found.id].claims
    assert archive.path(claim.sha256).read_bytes() == path.read_bytes()
    assert (claim.document, claim.place.row is not None) == ("普查.xlsx", True)


def test_the_report_has_the_agreed_keys(workbook: Write, load: Load) -> None:
    report = load(workbook("普查.xlsx", census(NAMES))).to_json()
    assert json.loads(json.dumps(report, ensure_ascii=False)) == report
    assert set(report) >= {"run", "status", "dry_run", "rows", "entities", "relations", "files", "rejected"}
    assert report["run"] == "1"
    assert report["files"] == [
        {
            "file": "普查.xlsx",
            "source": "census",
            "rows": {"read": 6, "written": 6, "unchanged": 0, "rejected": 0},
        }
    ]


def test_gbk_text_is_read(load: Load, tmp_path: Path, store: GraphStore) -> None:
    lines = "\n".join(",".join(str(cell) for cell in row) for row in census(NAMES))
    (tmp_path / "普查.csv").write_bytes(lines.encode("gb18030"))
    assert load(tmp_path / "普查.csv").rows.written == 6
    assert systems(store) == sorted(NAMES)


CELL = st.sampled_from(
    ["", "甲系统", "乙系统", "在用", "是", "12.5", "2024年", "系统名称", "一" * 70, "=1+1", "功能、查询"]
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.lists(CELL, min_size=5, max_size=5), max_size=8))
def test_every_row_that_is_read_is_written_unchanged_or_rejected(
    rows: list[list[str]], tmp_path: Path
) -> None:
    path = tmp_path / "任意.csv"
    path.write_text("\n".join(",".join(row) for row in [HEADER, *rows]), "utf-8")
    filled = sum(any(row) for row in rows)
    store = open_store("memory:")
    for _ in range(2):
        options = Options(today="2026-03-01")
        report = run([path], store, archive=None, options=options, read=read_document)
        counted = report.rows
        assert counted.read == counted.written + counted.unchanged + counted.rejected
        if report.files[0].source:
            assert counted.read == filled
        assert not [system for system in store.entities(entity_type="System") if len(system.name) > 60]
