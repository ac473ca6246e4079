"""Who delivered, who is late, and what changed and vanished, as the loads tell it."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook

from ingest.documents.reader import read_document
from ingest.pipeline import run
from ingest.reading import Options
from kg.store import open_store
from kg.store.base import GraphStore
from queries.deliveries.review import Reporting, reporting

CIVIL, SCHOOL, DATA, MONEY = ("南宁市民政局", "南宁市教育局", "南宁市大数据发展局", "南宁市财政局")


def sheet(path: Path, unit: str, period: str, *, rows: Sequence[Sequence[str]]) -> None:
    book = Workbook()
    first = book.worksheets[0]
    head = [[f"填报单位：{unit}"], [f"填报周期：{period}"], ["系统名称", "建设单位", "主要功能", "运行状态"]]
    for row in [*head, *rows]:
        first.append(list(row))
    book.save(path)


def load(store: GraphStore, *paths: Path) -> None:
    run(list(paths), store, archive=None, options=Options(today="2026-03-01"), read=read_document)


@pytest.fixture
def store(tmp_path: Path) -> GraphStore:
    home = ["养老服务平台", CIVIL, "床位登记、补贴审核", "在用"]
    marriage = ["婚姻登记系统", CIVIL, "预约、登记", "在用"]
    sheet(
        tmp_path / "a24.xlsx", CIVIL, "2024", rows=[home, marriage, ["殡葬服务系统", CIVIL, "预约", "在用"]]
    )
    changed = [home, [*marriage[:3], "停用"], ["儿童福利系统", CIVIL, "登记", "在用"]]
    sheet(tmp_path / "a25.xlsx", CIVIL, "2025", rows=changed)
    sheet(tmp_path / "e24.xlsx", SCHOOL, "2024", rows=[["学籍管理系统", SCHOOL, "学籍登记", "在用"]])
    sheet(tmp_path / "d25.xlsx", DATA, "2025", rows=[["数据共享平台", MONEY, "目录管理", "在用"]])
    store = open_store("memory:")
    load(store, *(tmp_path / f"{name}.xlsx" for name in ("a24", "e24")))
    load(store, *(tmp_path / f"{name}.xlsx" for name in ("a25", "d25")))
    load(store, tmp_path / "d25.xlsx")
    return store


@pytest.fixture
def told(store: GraphStore) -> Reporting:
    return reporting(store)


def test_every_delivery_is_told_with_its_documents_rows_and_loads(told: Reporting) -> None:
    found = [(one.unit, one.period, one.documents, one.rows, one.loads) for one in told.deliveries]
    assert found == [
        (DATA, "2025/2025", ("d25.xlsx",), 1, 2),
        (SCHOOL, "2024/2024", ("e24.xlsx",), 1, 1),
        (CIVIL, "2024/2024", ("a24.xlsx",), 3, 1),
        (CIVIL, "2025/2025", ("a25.xlsx",), 3, 1),
    ]
    assert all(one.loaded for one in told.deliveries)


def test_units_without_the_newest_period_are_late_and_owners_that_never_delivered_too(
    told: Reporting,
) -> None:
    assert told.period == "2025/2025"
    assert [(one.unit, one.last_period, one.systems) for one in told.late] == [
        (SCHOOL, "2024/2024", 1),
        (MONEY, None, 1),
    ]


def test_what_changed_and_what_vanished_is_told_by_name(told: Reporting) -> None:
    assert [(one.unit, one.kind, one.name, one.before) for one in told.changes] == [
        (CIVIL, "新增", "儿童福利系统", "2024/2024"),
        (CIVIL, "变更", "婚姻登记系统", "2024/2024"),
        (CIVIL, "未再申报", "殡葬服务系统", "2024/2024"),
    ]
    document = told.to_json()
    assert [one["name"] for one in document["vanished"]] == ["殡葬服务系统"]
    assert [one["name"] for one in document["changed"]] == ["儿童福利系统", "婚姻登记系统"]


def test_an_older_period_is_judged_as_it_was(store: GraphStore) -> None:
    told = reporting(store, period="2024/2024")
    assert [(one.unit, one.last_period) for one in told.late] == [(MONEY, None)]
    assert told.changes == []


def test_a_store_without_deliveries_has_no_period() -> None:
    told = reporting(open_store("memory:"))
    assert (told.period, list(told.deliveries), list(told.late), list(told.changes)) == (None, [], [], [])
