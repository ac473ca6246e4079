"""Census rows that name shared things as they are called at home."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from ingest.report import RunReport
from ingest.sources.delivery import Reported
from ingest.sources.whence import region_of_unit, reported_from
from kg.model import Direction
from kg.ontology import load_ontology
from kg.registry import region
from kg.store.base import GraphStore
from kg.store.canonical import CanonicalReader

Rows = Sequence[Sequence[object]]
Load = Callable[..., RunReport]
Write = Callable[[str, Rows], Path]
HEADER = ("序号", "系统名称", "建设单位", "主要功能", "运行状态", "复用组件", "对接系统")


def sheet(unit: str, *rows: tuple[str, str, str, str]) -> Rows:
    """A sheet of the unit; a row is a system, its owner, what it reuses and what it is linked to."""
    told = [(at, name, owner, "受理、审批", "在用", *used) for at, (name, owner, *used) in enumerate(rows, 1)]
    return [("政务信息系统普查表",), (f"填报单位：{unit}",), HEADER, *told]


HUNAN = sheet(
    "湖南省数据局",
    ("湖南省统一身份认证平台", "省数据局", "", ""),
    ("农民工工资支付监管平台", "省人力资源社会保障厅", "省统一身份认证平台", ""),
    ("网约房治安登记系统", "长沙市公安局", "统一身份认证平台（省级）", ""),
    ("公务用车管理系统", "省机关事务局", "统一身份认证", ""),
    ("药品追溯监管系统", "省药监局", "", "全省统一身份认证平台"),
)


def users(store: GraphStore, name: str) -> list[str]:
    """Names of what uses the one system that bears this name, or is meant by it."""
    reader = CanonicalReader(store, load_ontology())
    (platform,) = reader.named(name)
    found = reader.relations([platform], types=("REUSES", "DEPENDS_ON"), direction=Direction.IN)
    return sorted(entity.name for entity in reader.get([one.source for one in found]).values())


@pytest.mark.parametrize("name", ["湖南省统一身份认证平台", "省统一身份认证平台", "统一身份认证平台（省级）"])
def test_all_that_rows_of_a_province_call_its_platform_is_one(
    workbook: Write, load: Load, store: GraphStore, name: str
) -> None:
    load(workbook("a.xlsx", HUNAN))
    told = ["公务用车管理系统", "农民工工资支付监管平台", "网约房治安登记系统", "药品追溯监管系统"]
    assert users(store, name) == told


def test_rows_of_another_province_mean_their_own(workbook: Write, load: Load, store: GraphStore) -> None:
    jiangxi = sheet(
        "江西省数据局",
        ("江西省统一身份认证平台", "省数据局", "", ""),
        ("河湖管理系统", "省水利厅", "省统一身份认证平台", ""),
        ("学籍管理系统", "省教育厅", "统一身份认证", ""),
    )
    load(workbook("a.xlsx", HUNAN), workbook("b.xlsx", jiangxi))
    assert len(users(store, "湖南省统一身份认证平台")) == 4
    assert users(store, "江西省统一身份认证平台") == ["学籍管理系统", "河湖管理系统"]


def test_a_row_that_names_its_own_system_among_the_others_is_told(
    workbook: Write, load: Load, store: GraphStore
) -> None:
    rows = sheet("南宁市数据局", ("养老系统", "南宁市民政局", "", "养老系统、学籍系统"))
    report = load(workbook("a.xlsx", rows))
    assert [note.text for note in report.warnings] == ["「对接系统」所填为该系统自身：养老系统，该项未采用"]
    assert {e.name for e in store.entities(entity_type="System")} == {"养老系统", "学籍系统"}


@pytest.mark.parametrize(
    ("unit", "load", "titles", "code"),
    [
        ("湖南省数据局", "450000", (), "430000"),
        ("数据局", "广西", ("湖南省普查表",), "450000"),
        ("数据局", "", ("附件", "湖南省普查表"), "430000"),
        ("数据局", "", (), None),
        (None, "", (), None),
    ],
)
def test_the_reporting_unit_is_where_its_name_the_load_or_the_title_says(
    unit: str | None, load: str, titles: tuple[str, ...], code: str | None
) -> None:
    found = reported_from(Reported(unit, None, "2024-01-01"), load=load, titles=titles)
    assert (found.code if found else None) == code


@pytest.mark.parametrize(
    ("name", "stated", "reported", "known"),
    [
        ("省林业局", "", "430100", "湖南省"),
        ("市公安局", "", "430100", "长沙市"),
        ("市公安局", "", "430000", ""),
        ("林业局", "", "430000", ""),
        ("省林业局", "广西", "430000", "广西"),
    ],
)
def test_a_unit_is_of_the_division_its_name_means_where_it_is_reported(
    name: str, stated: str, reported: str, known: str
) -> None:
    assert region_of_unit(name, stated=stated, reported=region(reported)) == known
