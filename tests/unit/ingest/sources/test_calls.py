"""Measured calls: rows of a gateway's export become dependencies with their counts and dates."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from ingest.report import RunReport
from kg.identity import asset_id, organization_id
from kg.model import Direction
from kg.store.base import GraphStore

Rows = Sequence[Sequence[object]]
Load = Callable[..., RunReport]
HEADER = ("调用方", "被调用方", "调用次数", "开始时间", "结束时间")


def export(path: Path, rows: Rows, *, encoding: str = "utf-8-sig") -> Path:
    path.write_text("\n".join(",".join(f'"{cell}"' for cell in row) for row in rows), encoding)
    return path


def test_a_row_is_a_measured_dependency_with_its_count_and_dates(
    tmp_path: Path, load: Load, store: GraphStore
) -> None:
    rows = (HEADER, ("粮库出入库系统", "省统一支付网关", "12,300 次", "2026-01-01", "2026年6月"))
    report = load(export(tmp_path / "网关.csv", rows, encoding="gb18030"))
    assert report.files[0].source == "calls"
    (relation,) = store.relations([asset_id("粮库出入库系统")], types=["DEPENDS_ON"])
    assert relation.target == asset_id("省统一支付网关")
    assert dict(relation.properties) == {
        "basis": "measured",
        "calls": 12_300,
        "since": "2026-01-01",
        "until": "2026-06",
    }
    assert (relation.claims[0].said_on, relation.claims[0].place.row) == ("2026-06-30", 2)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (("", "网关", "5", "", ""), "缺少调用方"),
        (("渡口系统", "", "5", "", ""), "缺少被调用方"),
        (("渡口系统", "渡口系统", "5", "", ""), "同一系统"),
        (("渡口系统", "网关", "许多", "", ""), "不是整数：许多"),
        (("渡口系统", "网关", "-4", "", ""), "不是整数：-4"),
        (("渡口系统", "网关", "0", "", ""), "调用次数为 0"),
        (("渡口系统", "网关", "5", "2026-07-01", "2026-06-30"), "早于开始时间"),
        (("渡口系统", "网关", "5", "上月", ""), "不是日期：上月"),
    ],
)
def test_a_row_that_says_no_dependency_is_refused_with_its_row(
    tmp_path: Path, load: Load, store: GraphStore, row: Sequence[str], reason: str
) -> None:
    good = ("粮库系统", "网关", "7", "2026-01-01", "2026-06-30")
    report = load(export(tmp_path / "网关.csv", (HEADER, row, good)))
    (refused,) = report.rejected
    assert reason in refused.reason
    assert refused.row == 2
    assert store.counts()["DEPENDS_ON"] == 1


def test_english_headers_codes_and_units_name_the_system_exactly(
    tmp_path: Path, load: Load, store: GraphStore
) -> None:
    header = ("caller", "caller_unit", "callee", "callee_code", "calls", "from", "to")
    row = ("渡口系统", "岚河市交通运输局", "支付网关", "LH-0042", "9", "2026-01", "2026-03")
    load(export(tmp_path / "gateway.csv", (header, row)))
    owner = organization_id("岚河市交通运输局")
    (relation,) = store.relations([asset_id("渡口系统", owner=owner)], types=["DEPENDS_ON"])
    assert relation.target == asset_id("支付网关", code="LH-0042")
    (owned,) = store.relations([relation.source], types=["OWNS"], direction=Direction.IN)
    assert owned.source == owner


def test_without_dates_the_load_date_stands_in_and_is_told(tmp_path: Path, load: Load) -> None:
    rows = (HEADER[:3], ("渡口系统", "支付网关", "9"))
    report = load(export(tmp_path / "网关.csv", rows))
    assert any("没有统计起止时间" in note.text for note in report.warnings)


def test_an_export_read_again_takes_the_place_of_the_earlier_one(
    tmp_path: Path, load: Load, store: GraphStore
) -> None:
    row = ("渡口系统", "支付网关", "9", "2026-01", "2026-03")
    path = export(tmp_path / "网关.csv", (HEADER, row, ("粮库系统", "支付网关", "2", "2026-01", "2026-03")))
    load(path)
    export(path, (HEADER, ("渡口系统", "支付网关", "14", "2026-01", "2026-04")))
    load(path)
    (relation,) = store.relations(types=["DEPENDS_ON"])
    assert relation.source == asset_id("渡口系统")
