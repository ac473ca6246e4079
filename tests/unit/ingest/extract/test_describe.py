"""What a passage is about, for comparing it with others."""

from ingest.extract.describe import cleaned, describe

PASSAGE = "市民政局依托省政务服务平台，建立养老服务信息系统，提供在线预约、进度查询、健康档案等功能。"


def test_the_built_system_is_the_name_and_the_other_is_used() -> None:
    found = describe(PASSAGE)
    assert found.name == "养老服务信息系统"
    assert found.uses == ("省政务服务平台",)
    assert found.department == "市民政局"


def test_listed_functions_are_the_items() -> None:
    assert [item.text for item in describe(PASSAGE).items] == ["在线预约", "进度查询", "健康档案"]


def test_given_values_win_over_the_text() -> None:
    found = describe(
        PASSAGE, name="银龄平台", functions=["助餐"], department="县民政局", region="450100", id="x"
    )
    assert (found.id, found.name, found.department, found.region) == ("x", "银龄平台", "县民政局", "450100")
    assert [item.text for item in found.items] == ["助餐"]


def test_tender_clauses_are_dropped() -> None:
    assert cleaned("建设内容：养老系统。最高限价：30万元。") == "建设内容：养老系统。"


def test_the_region_is_read_off_the_owner() -> None:
    assert describe("南宁市民政局建立养老服务信息系统。").region == "南宁市"


def test_an_empty_passage_describes_nothing() -> None:
    found = describe("")
    assert (found.name, found.items, found.uses) == ("", (), ())
