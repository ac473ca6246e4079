"""Census deliveries: whose rows and for which period, whatever the file is called."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from ingest.report import RunReport
from kg.store.base import GraphStore

Rows = Sequence[Sequence[object]]
Load = Callable[..., RunReport]
Write = Callable[[str, Rows], Path]
HEADER = ("序号", "建设单位", "系统名称", "主要功能", "运行状态")
CIVIL, WATER = "南宁市民政局", "南宁市水利局"
NAMES = ("甲管理系统", "乙管理系统", "丙管理系统", "丁管理系统", "戊管理系统", "己管理系统")


def rows(
    names: Sequence[str], *, owner: str = CIVIL, functions: str = "登记、查询"
) -> list[Sequence[object]]:
    return [(number, owner, name, functions, "在用") for number, name in enumerate(names, 1)]


def titled(unit: str, period: str, body: Rows) -> Rows:
    return [(f"填报单位：{unit}", None, f"填报周期：{period}"), HEADER, *body]


def known(store: GraphStore) -> list[tuple[str, str | None, str | None, int]]:
    """Key, unit, period and open rows of every census delivery."""
    return [(d.key, d.unit, d.period, d.records) for d in store.deliveries() if d.source == "census"]


def systems(store: GraphStore) -> set[str]:
    return {entity.name for entity in store.entities(entity_type="System")}


HALF = "2025-01/2025-06"


@pytest.mark.parametrize("way", ["title", "column", "folder", "option"])
def test_unit_and_period_come_from_title_column_folder_or_option(
    way: str, workbook: Write, load: Load, store: GraphStore
) -> None:
    body, said = rows(NAMES[:4]), {}
    sheet: Rows = [HEADER, *body]
    name = "表.xlsx"
    if way == "title":
        sheet = titled(CIVIL, "2025年上半年", body)
    elif way == "column":
        sheet = [("填报单位", "填报周期", *HEADER), *((CIVIL, "2025年上半年", *row) for row in body)]
    elif way == "folder":
        name = f"报送/2025年上半年/{CIVIL}/表.xlsx"
    else:
        said = {"reporter": CIVIL, "period": "2025年上半年"}
    path = workbook(name, sheet)
    load(path.parents[2] if way == "folder" else path, **said)
    assert known(store) == [(f"census:{CIVIL}:{HALF}", CIVIL, HALF, 4)]
    assert {c.said_on for e in store.entities() for c in store.get([e.id])[e.id].claims} == {"2025-06-30"}


def test_two_units_in_one_folder_each_keep_their_own_rows(
    workbook: Write, load: Load, store: GraphStore
) -> None:
    workbook("汇总/一.xlsx", titled(CIVIL, "2025年上半年", rows(NAMES[:4])))
    second = titled(WATER, "2025年上半年", rows(NAMES[:4], owner=WATER))
    folder = workbook("汇总/二.xlsx", second).parent
    load(folder)
    assert [(unit, count) for _, unit, _, count in known(store)] == [(CIVIL, 4), (WATER, 4)]
    workbook("汇总/一.xlsx", titled(CIVIL, "2025年上半年", rows(NAMES[:3])))
    report = load(folder)
    assert (report.rows.unchanged, report.not_reported_again) == (7, [])
    assert [(unit, count) for _, unit, _, count in known(store)] == [(CIVIL, 3), (WATER, 4)]


def test_two_units_in_one_sheet_are_two_deliveries(workbook: Write, load: Load, store: GraphStore) -> None:
    header = ("填报单位", "填报周期", *HEADER)
    both = [(CIVIL, "2025年上半年", *row) for row in rows(NAMES[:3])]
    both += [(WATER, "2025年上半年", *row) for row in rows(NAMES[:2], owner=WATER)]
    load(workbook("汇总.xlsx", [header, *both]))
    assert [(unit, count) for _, unit, _, count in known(store)] == [(CIVIL, 3), (WATER, 2)]
    load(workbook("只有水利.xlsx", [header, *both[3:]]))
    assert [(unit, count) for _, unit, _, count in known(store)] == [(CIVIL, 3), (WATER, 2)]


def test_the_autumn_file_under_another_name_supersedes_its_own_unit_only(
    workbook: Write, load: Load, store: GraphStore
) -> None:
    workbook("夏/民政.xlsx", titled(CIVIL, "2025年上半年", rows(NAMES[:4], functions="旧功能")))
    water = titled(WATER, "2025年上半年", rows(NAMES[:4], owner=WATER, functions="旧功能"))
    load(workbook("夏/水利.xlsx", water).parent)
    autumn = titled(CIVIL, "2025年下半年", rows(NAMES[:3], functions="新功能"))
    report = load(workbook("完全另一个名字.xlsx", autumn))
    assert [(item.unit, item.name) for item in report.not_reported_again] == [(CIVIL, NAMES[3])]
    assert [(unit, period, count) for _, unit, period, count in known(store)] == [
        (CIVIL, HALF, 1),
        (CIVIL, "2025-07/2025-12", 3),
        (WATER, HALF, 4),
    ]


def test_a_unit_that_is_absent_from_a_load_is_left_alone(
    workbook: Write, load: Load, store: GraphStore
) -> None:
    load(workbook("一.xlsx", titled(CIVIL, "2025年上半年", rows(NAMES[:4]))))
    before = known(store)
    report = load(workbook("二.xlsx", titled(WATER, "2025年下半年", rows(NAMES[4:], owner=WATER))))
    assert (report.entities.swept, report.not_reported_again) == (0, [])
    assert before[0] in known(store)
    assert systems(store) == set(NAMES)


def test_a_corrected_sheet_under_another_name_replaces_its_own_delivery(
    workbook: Write, load: Load, store: GraphStore
) -> None:
    load(workbook("一.xlsx", titled(CIVIL, "2025年上半年", rows(NAMES[:4]))))
    corrected = [*rows(NAMES[:3]), (4, CIVIL, NAMES[4], "登记", "在用")]
    report = load(workbook("更正.xlsx", titled(CIVIL, "2025年上半年", corrected)))
    assert (report.rows.written, report.rows.unchanged, report.not_reported_again) == (1, 3, [])
    assert systems(store) == {*NAMES[:3], NAMES[4]}


def test_half_of_another_file_is_refused_before_anything_changes(
    workbook: Write, load: Load, store: GraphStore
) -> None:
    load(workbook("一.xlsx", titled(CIVIL, "2025年上半年", rows(NAMES[:4]))))
    before = store.get([entity.id for entity in store.entities(entity_type="System")])
    wrong = titled(CIVIL, "2025年上半年", rows([NAMES[0], "子系统平台", "丑系统平台", "寅系统平台"]))
    workbook("混/对.xlsx", titled(WATER, "2025年上半年", rows(NAMES[:4], owner=WATER)))
    report = load(workbook("混/错.xlsx", wrong).parent)
    assert report.status == "refused"
    assert [(row.file, row.sheet, row.row) for row in report.rejected] == [("错.xlsx", None, None)]
    assert "另一份文件" in report.rejected[0].reason
    assert [(f.file, f.rows.written, f.rows.rejected) for f in report.files] == [
        ("对.xlsx", 4, 0),
        ("错.xlsx", 0, 4),
    ]
    assert store.get(list(before)) == before
    assert (f"census:{CIVIL}:{HALF}", CIVIL, HALF, 4) in known(store)
    assert systems(store) == set(NAMES[:4])
    assert sum(1 for _ in store.entities(entity_type="System")) == 8


def test_without_a_period_the_document_is_the_delivery(
    workbook: Write, load: Load, store: GraphStore
) -> None:
    load(workbook("一.xlsx", [(f"填报单位：{CIVIL}",), HEADER, *rows(NAMES[:4])]))
    load(workbook("二.xlsx", [(f"填报单位：{CIVIL}",), HEADER, *rows(NAMES[4:])]))
    assert [(key, count) for key, _, _, count in known(store)] == [
        ("census:一.xlsx", 4),
        ("census:二.xlsx", 2),
    ]


def test_namesakes_of_two_places_are_two_units(workbook: Write, load: Load, store: GraphStore) -> None:
    sheet = [HEADER, *rows(NAMES[:4], owner="民政局")]
    for place in ("南宁市", "柳州市"):
        load(workbook(f"{place}.xlsx", sheet), reporter="民政局", period="2025年", region=place)
    assert [count for _, _, _, count in known(store)] == [4, 4]
    assert sum(1 for _ in store.entities(entity_type="System")) == 8
