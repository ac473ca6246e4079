"""Census sheets in the layouts in which they arrive."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook

from ingest.report import RunReport
from kg.model import Entity, Modality
from kg.store.base import GraphStore

Rows = Sequence[Sequence[object]]
Load = Callable[..., RunReport]
Write = Callable[[str, Rows], Path]
HEADER = ("序号", "主管部门", "信息系统名称", "主要功能", "运行状态", "总投资（万元）", "上线时间", "备注")


def row(number: int, name: str, **cells: object) -> tuple[object, ...]:
    told = {
        "部门": "南宁市民政局",
        "功能": "老人登记、床位查询",
        "状态": "在用",
        "投资": 12.5,
        "上线": "2024年3月",
        "备注": "",
    }
    told |= cells
    return (number, told["部门"], name, *(told[key] for key in ("功能", "状态", "投资", "上线", "备注")))


def only(store: GraphStore, kind: str = "System") -> Entity:
    (found,) = store.entities(entity_type=kind)
    return found


def names(store: GraphStore, kind: str) -> set[str]:
    return {entity.name for entity in store.entities(entity_type=kind)}


def test_the_header_may_stand_anywhere_near_the_top(workbook: Write, load: Load, store: GraphStore) -> None:
    titles = [("南宁市政务信息系统普查表",), (), ("说明：一行一个系统",), ("单位：万元",)]
    load(workbook("a.xlsx", [*titles, HEADER, row(1, "养老管理系统")]))
    found = only(store)
    assert found.name == "养老管理系统"
    assert found.properties["budget"] == Decimal(125000)
    assert (found.properties["status"], found.properties["launched_on"]) == ("在用", "2024-03")
    assert names(store, "Function") == {"老人登记", "床位查询"}
    assert names(store, "Organization") == {"南宁市民政局"}


def test_a_header_of_two_rows_with_merged_groups_is_read(
    tmp_path: Path, load: Load, store: GraphStore
) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["序号", "基本情况", None, "建设情况", None])
    sheet.append([None, "建设单位", "系统名称", "主要功能", "运行状态"])
    sheet.append([1, "南宁市民政局", "养老管理系统", "登记、查询", "在用"])
    sheet.merge_cells("A1:A2")
    sheet.merge_cells("B1:C1")
    sheet.merge_cells("D1:E1")
    book.save(tmp_path / "a.xlsx")
    report = load(tmp_path / "a.xlsx")
    assert (report.rows.written, report.rows.rejected) == (1, 0)
    assert only(store).properties["status"] == "在用"


def test_every_sheet_of_a_workbook_is_read(tmp_path: Path, load: Load, store: GraphStore) -> None:
    book = Workbook()
    for title, name in (("一", "甲管理系统"), ("二", "乙管理系统")):
        sheet = book.create_sheet(title)
        sheet.append(HEADER)
        sheet.append(row(1, name))
    book.save(tmp_path / "a.xlsx")
    load(tmp_path / "a.xlsx")
    assert names(store, "System") == {"甲管理系统", "乙管理系统"}


def test_an_unknown_category_keeps_its_words_and_warns(
    workbook: Write, load: Load, store: GraphStore
) -> None:
    report = load(workbook("a.xlsx", [HEADER, row(1, "养老管理系统", 状态="量子态")]))
    assert "status" not in only(store).properties
    assert only(store).properties["status_text"] == "量子态"
    assert [(note.row, "量子态" in note.text) for note in report.warnings] == [(2, True)]


@pytest.mark.parametrize(("cell", "value"), [("投资", -3), ("投资", "999999999999"), ("上线", "十四五期间")])
def test_a_bad_cell_is_left_out_and_the_row_stays(
    workbook: Write, load: Load, store: GraphStore, cell: str, value: object
) -> None:
    report = load(workbook("a.xlsx", [HEADER, row(1, "养老管理系统", **{cell: value})]))
    assert report.rows.written == 1
    assert {"投资": "budget", "上线": "launched_on"}[cell] not in only(store).properties
    assert len(report.warnings) == 1


@pytest.mark.parametrize(
    ("functions", "expected"),
    [
        ("老人登记、床位查询；补贴发放\n统计", {"老人登记", "床位查询", "补贴发放", "统计"}),
        ("消息推送（短信、站内信）、统计", {"消息推送（短信、站内信）", "统计"}),
        ("负责老人的登记工作。另有说明文件。", set()),
        ("一" * 41 + "、统计", set()),
    ],
)
def test_functions_are_pieces_of_a_list_and_not_of_prose(
    workbook: Write, load: Load, store: GraphStore, functions: str, expected: set[str]
) -> None:
    load(workbook("a.xlsx", [HEADER, row(1, "养老管理系统", 功能=functions)]))
    assert names(store, "Function") == expected
    assert bool(expected) or only(store).properties["description"] == functions


PROSE = "本系统依托电子政务外网运行。提供床位查询、统计等服务，拟与全国人口信息系统对接。"


def test_prose_is_kept_as_description_and_read_as_any_text(
    workbook: Write, load: Load, store: GraphStore
) -> None:
    load(workbook("a.xlsx", [HEADER, row(1, "养老管理系统", 功能=PROSE)]))
    system = next(found for found in store.entities(entity_type="System") if found.name == "养老管理系统")
    assert system.properties["description"] == PROSE
    assert names(store, "Function") == {"床位查询", "统计"}
    said = {found.type: found for found in store.relations([system.id]) if found.type != "OWNS"}
    assert {"PROVIDES", "DEPENDS_ON", "REUSES"} <= said.keys()
    assert said["DEPENDS_ON"].modality is Modality.PLAN
    assert said["REUSES"].properties["basis"] == "extracted"
    (claim,) = said["DEPENDS_ON"].claims
    assert claim.confidence < 1
    assert (claim.place.row, claim.place.column) == (2, 4)
    assert PROSE[claim.place.start : claim.place.end] == "全国人口信息系统"


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (("老人登记、床位查询、补贴发放",), {"老人登记", "床位查询", "补贴发放"}),
        (("老人登记、床位查询", "网签备案；资金监管"), {"老人登记", "床位查询", "网签备案", "资金监管"}),
        (("老人登记、床位查询",), set()),
        (("老人登记、床位查询", "一套系统"), set()),
        (("用于老人登记、床位查询、补贴发放",), set()),
        (("老人登记、床位查询、补贴发放，服务全市老人",), set()),
    ],
)
def test_a_description_that_only_lists_gives_functions_of_less_confidence(
    workbook: Write, load: Load, store: GraphStore, cells: Sequence[str], expected: set[str]
) -> None:
    rows = [("南宁市民政局", f"{number}号管理系统", "在用", cell) for number, cell in enumerate(cells)]
    report = load(workbook("a.xlsx", [("建设单位", "系统名称", "状态", "系统简介"), *rows]))
    assert names(store, "Function") == expected
    assert any("系统简介" in note.text and "0.75" in note.text for note in report.warnings) is bool(expected)
    subjects = [system.id for system in store.entities(entity_type="System")]
    found = store.relations(subjects, types=["PROVIDES"])
    said = {(claim.quote, claim.confidence) for relation in found for claim in relation.claims}
    assert said == {(name, 0.75) for name in expected}


def test_prose_beside_listed_functions_names_no_more_of_them(
    workbook: Write, load: Load, store: GraphStore
) -> None:
    header = ("建设单位", "系统名称", "主要功能", "系统简介")
    cells = ("南宁市民政局", "养老管理系统", "登记、查询", PROSE)
    load(workbook("a.xlsx", [header, cells]))
    assert names(store, "Function") == {"登记", "查询"}
    assert [found.name for found in store.entities(entity_type="Capability")] == ["电子政务外网"]


def test_what_a_cell_declares_wins_over_what_prose_says(
    workbook: Write, load: Load, store: GraphStore
) -> None:
    header = ("建设单位", "系统名称", "主要功能", "对接系统")
    cells = ("南宁市民政局", "养老管理系统", PROSE, "全国人口信息系统")
    load(workbook("a.xlsx", [header, cells]))
    (found,) = store.relations(types=["DEPENDS_ON"])
    assert found.properties["basis"] == "declared"


def test_used_abilities_are_reused_and_named_systems_depended_on(
    workbook: Write, load: Load, store: GraphStore
) -> None:
    header = ("建设单位", "系统名称", "主要功能", "复用组件", "对接系统")
    cells = ("南宁市民政局", "养老管理系统", "登记、查询", "统一身份认证、电子印章", "全国人口信息系统")
    load(workbook("a.xlsx", [header, cells]))
    reused = {r.target for r in store.relations(types=["REUSES"])}
    assert reused == {"capability:identity", "capability:seal"}
    (needed,) = store.relations(types=["DEPENDS_ON"])
    assert store.get([needed.target])[needed.target].name == "全国人口信息系统"
    assert needed.properties["basis"] == "declared"


def test_a_sheet_of_components_makes_components(workbook: Write, load: Load, store: GraphStore) -> None:
    header = ("组件名称", "提供单位", "知识产权归属", "服务层级", "计价方式", "认定情况")
    load(
        workbook(
            "a.xlsx",
            [
                header,
                ("广西统一电子印章平台", "广西壮族自治区信息中心", "归单位", "省级、市级", "免费", "已认定"),
            ],
        )
    )
    found = only(store, "Component")
    assert found.properties["levels_served"] == ("省级", "市级")
    assert found.properties["accreditation"] == "已认定"
    assert [r.target for r in store.relations(types=["OFFERS"])] == ["capability:seal"]


def test_columns_nobody_knows_are_listed(workbook: Write, load: Load) -> None:
    rows = [(*HEADER, "领导批示"), (*row(1, "甲管理系统"), "同意"), (*row(2, "乙管理系统"), "")]
    (column,) = load(workbook("a.xlsx", rows)).unmapped
    assert (column.column, column.filled, column.sample) == ("领导批示", 1, "同意")


def test_rows_that_are_no_systems_are_refused_with_their_reason(
    workbook: Write, load: Load, store: GraphStore
) -> None:
    rows = [
        HEADER,
        row(1, "养老管理系统"),
        HEADER,
        (),
        row(2, ""),
        row(3, "本系统用于全市养老机构的登记。包括床位查询等功能。"),
        row(4, "2024-03-01"),
        row(5, "=HYPERLINK(1)"),
        row(6, "合计"),
        ("注：一行一个系统",) * 8,
    ]
    report = load(workbook("a.xlsx", rows))
    assert names(store, "System") == {"养老管理系统"}
    assert {found.row for found in report.rejected} == {3, 5, 6, 7, 8, 9, 10}
    assert report.rows.read == 8


def test_a_sheet_that_no_source_knows_is_refused(workbook: Write, load: Load) -> None:
    report = load(workbook("a.xlsx", [("姓名", "年龄"), ("张三", 30)]))
    assert report.status == "failed"
    assert "--source" in report.rejected[0].remedy


def test_the_source_can_be_forced_and_an_unknown_one_is_told(workbook: Write, load: Load) -> None:
    path = workbook("a.xlsx", [HEADER, row(1, "养老管理系统")])
    assert load(path, source="census").files[0].source == "census"
    assert "census" in load(path, source="nonsense").rejected[0].remedy


def test_a_slipped_row_is_repaired_only_when_figures_and_dates_prove_it(
    workbook: Write, load: Load, store: GraphStore
) -> None:
    header = ("建设单位", "系统简称", "系统名称", "总投资（万元）", "审批时间", "上线时间", "备注")
    rows = [
        header,
        ("南宁市民政局", "养老管理系统", "12.5", "2023年1月", "2024年3月", "", ""),
        ("南宁市民政局", "殡葬管理系统", "12.5", "", "", "", ""),
    ]
    report = load(workbook("a.xlsx", rows))
    assert [note.row for note in report.repaired] == [2]
    assert [found.row for found in report.rejected] == [3]
    assert only(store).name == "养老管理系统"


@pytest.mark.parametrize(
    ("titles", "header", "yuan", "warned"),
    [
        ((), "总投资（万元）", 125_000, False),
        ((), "系统投资情况/万元", 125_000, False),
        (("单位：万元",), "总投资", 125_000, False),
        (("单位：万元",), "总投资（元）", Decimal("12.5"), False),
        ((), "总投资", Decimal("12.5"), True),
    ],
)
def test_the_unit_of_money_stands_in_the_header_or_above_it(
    workbook: Write,
    load: Load,
    store: GraphStore,
    titles: Sequence[str],
    header: str,
    yuan: Decimal,
    warned: bool,  # noqa: FBT001  # a parameter of the case
) -> None:
    names_ = ("建设单位", "系统名称", "主要功能", header)
    report = load(
        workbook("a.xlsx", [*((t,) for t in titles), names_, ("南宁市民政局", "养老管理系统", "登记", 12.5)])
    )
    assert only(store).properties["budget"] == yuan
    assert any("单位" in note.text for note in report.warnings) is warned


def test_headers_may_say_more_than_their_word(workbook: Write, load: Load, store: GraphStore) -> None:
    header = (
        "No.",
        "使用单位",
        "建设单位全称",
        "应用系统名称（全称）*",
        "系统主要功能描述",
        "系统运行状态情况",
    )
    load(
        workbook(
            "a.xlsx", [header, (1, "南宁市教育局", "南宁市民政局", "养老管理系统", "登记、查询", "在用")]
        )
    )
    assert only(store).properties["status"] == "在用"
    assert names(store, "Function") == {"登记", "查询"}
    owners = {store.get([r.source])[r.source].name for r in store.relations(types=["OWNS"])}
    assert owners == {"南宁市民政局"}


@pytest.mark.parametrize(
    ("cell", "linked"),
    [
        ("全国人口信息系统、自治区救助平台", {"全国人口信息系统", "自治区救助平台"}),
        ("否", set()),
        ("暂未对接", set()),
        ("已对接", set()),
        ("已与全国人口信息系统对接。数据每日同步，由信息中心负责核对。", {"全国人口信息系统"}),
    ],
)
def test_a_cell_of_names_may_also_answer_or_tell(
    workbook: Write, load: Load, store: GraphStore, cell: str, linked: set[str]
) -> None:
    header = ("建设单位", "系统名称", "主要功能", "与其他系统对接情况")
    load(workbook("a.xlsx", [header, ("南宁市民政局", "养老管理系统", "登记、查询", cell)]))
    targets = [found.target for found in store.relations(types=["DEPENDS_ON"])]
    assert {entity.name for entity in store.get(targets).values()} == linked


@pytest.mark.parametrize(
    ("cell", "status"), [("是", "在用"), ("否", "停用"), ("试运行", "试运行"), ("", None)]
)
def test_whether_a_system_is_in_use_is_its_status(
    workbook: Write, load: Load, store: GraphStore, cell: str, status: str | None
) -> None:
    header = ("建设单位", "系统名称", "主要功能", "是否在用")
    load(workbook("a.xlsx", [header, ("南宁市民政局", "养老管理系统", "登记、查询", cell)]))
    assert only(store).properties.get("status") == status


def test_a_stated_status_wins_over_whether_it_is_in_use(
    workbook: Write, load: Load, store: GraphStore
) -> None:
    header = ("运行状态", "建设单位", "系统名称", "主要功能", "是否在用")
    load(workbook("a.xlsx", [header, ("僵尸", "南宁市民政局", "养老管理系统", "登记、查询", "是")]))
    assert only(store).properties["status"] == "僵尸"


def test_a_warning_names_the_column_as_the_sheet_does_and_the_cell_with_its_unit(
    workbook: Write, load: Load
) -> None:
    header = ("建设单位", "系统名称", "主要功能", "投资金额\n（万元）", "首次上线时间")
    report = load(workbook("a.xlsx", [header, ("南宁市民政局", "养老管理系统", "登记", -35, "十四五期间")]))
    money, date = (note.text for note in report.warnings)
    assert "投资金额 （万元）" in money
    assert "-35万元" in money
    assert "首次上线时间" in date


def test_a_column_of_reporting_units_outranks_the_caller_who_is_told(
    workbook: Write, load: Load, store: GraphStore
) -> None:
    header = ("填报单位", "系统名称", "主要功能")
    rows = [(unit, f"{unit}管理系统", "登记") for unit in ("南宁市民政局", "南宁市教育局")]
    path = workbook("a.xlsx", [header, *rows, ("", "公用管理系统", "登记")])
    load(path, period="2025年")
    again = load(path, period="2025年", reporter="南宁市水利局")
    assert (again.rows.unchanged, again.rows.written) == (2, 1)
    (note,) = (note for note in again.warnings if "填报单位" in note.text)
    assert "南宁市水利局" in note.text


def test_a_division_answers_for_a_system_only_where_no_unit_does(
    workbook: Write, load: Load, store: GraphStore
) -> None:
    header = ("系统名称", "责任处室", "主要功能", "状态")
    row_ = ("养老管理系统", "养老服务处", "登记、查询", "在用")
    load(workbook("a.xlsx", [header, row_]))
    assert names(store, "Organization") == {"养老服务处"}
    load(workbook("b.xlsx", [("填报单位：南宁市民政局",), header, ("殡葬管理系统", *row_[1:])]))
    assert "南宁市民政局" in names(store, "Organization")


def test_of_boxes_in_a_cell_the_ticked_one_counts(workbook: Write, load: Load, store: GraphStore) -> None:
    header = ("建设单位", "系统名称", "运行状态", "网络环境", "是否在用")
    load(
        workbook("a.xlsx", [header, ("南宁市民政局", "养老管理系统", "□在用 ☑停用", "政务外网☑ 互联网□", "")])
    )
    assert (only(store).properties["status"], only(store).properties["network"]) == ("停用", "政务外网")


def test_rows_that_go_on_add_functions_to_the_system_above(
    workbook: Write, load: Load, store: GraphStore
) -> None:
    header = ("序号", "系统名称", "建设单位", "主要功能", "状态")
    rows = [
        header,
        (1, "养老管理系统", "南宁市民政局", "登记", "在用"),
        (None, None, None, "查询、统计", None),
        (2, None, None, "审批", None),
        (None, None, None, "派单", None),
    ]
    report = load(workbook("a.xlsx", rows))
    assert names(store, "Function") == {"登记", "查询", "统计"}
    assert [(note.row, "养老管理系统" in note.text) for note in report.repaired] == [(3, True)]
    assert [found.row for found in report.rejected] == [4, 5]


def test_titles_of_parts_totals_and_remarks_are_told_from_rows_without_names(
    tmp_path: Path, load: Load, store: GraphStore
) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for cells in (
        ("系统名称", "建设单位", "主要功能", "状态"),
        ("市级系统",),
        ("养老管理系统", "南宁市民政局", "登记、查询", "在用"),
        ("二、县级系统",),
        ("", "合计"),
        ("", "说明：截至年底"),
        ("", "南宁市民政局", "登记", "在用"),
    ):
        sheet.append(cells)
    sheet.merge_cells("A2:D2")
    book.save(tmp_path / "a.xlsx")
    reasons = [found.reason for found in load(tmp_path / "a.xlsx").rejected]
    assert names(store, "System") == {"养老管理系统"}
    assert [reason[:2] for reason in reasons] == ["分节", "分节", "合计", "表尾", "缺少"]
