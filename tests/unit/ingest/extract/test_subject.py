"""What a description says of the system it describes."""

from ingest.extract.subject import NEEDS, said_of
from kg.model import Modality

TEXT = (
    "建成后成效显著。本系统依托省政务服务平台运行，提供在线预约、进度查询等功能。群众满意度高；"
    "平台拟与民政部社会组织系统、市数据共享交换平台对接。"
)


def said(name: str, text: str) -> set[tuple[str, str]]:
    return {(item.type, item.other) for item in said_of(name, text)}


def test_a_system_without_a_head_word_is_what_its_description_speaks_of() -> None:
    assert said("公物仓", TEXT) == {
        ("USES", "省政务服务平台"),
        ("PROVIDES", "在线预约"),
        ("PROVIDES", "进度查询"),
        ("DEPENDS_ON", "民政部社会组织系统"),
        ("DEPENDS_ON", "市数据共享交换平台"),
    }


def test_places_count_in_the_description_as_given() -> None:
    found = list(said_of("公物仓", TEXT))
    assert all(TEXT[item.start : item.end] == item.other for item in found)
    assert all(item.quote in TEXT and item.other in item.quote for item in found)


def test_only_what_is_asked_for_is_told() -> None:
    assert {item.type for item in said_of("公物仓", TEXT, types=NEEDS)} == {"USES", "DEPENDS_ON"}


def test_what_is_planned_is_told_as_a_plan() -> None:
    moods = {item.other: item.modality for item in said_of("公物仓", TEXT)}
    assert moods["市数据共享交换平台"] is Modality.PLAN
    assert moods["省政务服务平台"] is Modality.FACT


def test_numbered_functions_are_read() -> None:
    text = "主要功能包括：1、老人信息登记；2、床位管理；3、补贴发放。"
    assert said("养老系统", text) == {
        ("PROVIDES", "老人信息登记"),
        ("PROVIDES", "床位管理"),
        ("PROVIDES", "补贴发放"),
    }


def test_a_description_that_says_nothing_of_the_kind_gives_nothing() -> None:
    assert said("公物仓", "用于资产管理。") == set()
    assert said("", TEXT) == set()
