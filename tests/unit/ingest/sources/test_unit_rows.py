"""A row of units below a header belongs to the header: amounts are never ten thousand times too small."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from ingest.report import RunReport
from kg.store.base import GraphStore

HEADER = ("序号", "系统名称", "主管部门", "总投资", "备注")
ROW = (1, "湿地巡护系统", "岚河市林业局", 88, "")


@pytest.mark.parametrize(
    ("below", "budget"),
    [
        (("", "", "", "（万元）", ""), 880_000),
        (("", "", "", "(元)", ""), 88),
        (("", "（全称）", "", "（单位：万元）", ""), 880_000),
        (("", "", "", "（亿元）", "（可空）"), 8_800_000_000),
    ],
)
def test_a_row_of_units_counts_for_its_columns(
    workbook: Callable[[str, Sequence[Sequence[object]]], Path],
    load: Callable[..., RunReport],
    store: GraphStore,
    below: Sequence[str],
    budget: int,
) -> None:
    report = load(workbook("a.xlsx", [HEADER, below, ROW]))
    (system,) = store.entities(entity_type="System")
    assert system.properties["budget"] == budget
    assert (report.rows.written, report.rejected) == (1, [])


def test_a_row_that_says_more_is_a_row(
    workbook: Callable[[str, Sequence[Sequence[object]]], Path], load: Callable[..., RunReport]
) -> None:
    report = load(workbook("a.xlsx", [HEADER, ("", "湿地系统", "岚河市林业局", "（万元）", ""), ROW]))
    assert report.rows.read == 2
