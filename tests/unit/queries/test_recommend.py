import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.matching.encoder.lexical import LexicalEncoder
from kg.model import Value
from queries.check import CheckContext, prepare
from queries.recommend import Need, recommend
from tests.unit.queries.small_estate import component, filled

KINDS = ["function", "users", "readiness", "scope", "price"]
WORDS = st.sampled_from(["单点登录", "短信平台", "高龄津贴资格核验", "学籍异动审批", "隧道照明控制"])


def test_the_component_of_the_shared_ability_comes_first(context: CheckContext) -> None:
    answer = recommend(Need("单点登录"), context)
    best = answer["items"][0]
    assert (best["name"], best["type"], best["usable"]) == ("统一身份认证平台", "Component", True)
    assert best["covers"][0]["need"] == "单点登录"
    assert answer["none"] is None


def test_a_component_that_cannot_be_used_says_why(context: CheckContext) -> None:
    best = recommend(Need("短信平台"), context)["items"][0]
    assert (best["name"], best["usable"]) == ("统一短信网关", False)
    assert best["blockers"] == ["未在运行（在建）", "知识产权归属不明"]


def test_functions_find_systems_and_what_they_lack(context: CheckContext) -> None:
    need = Need("养老", functions=("高龄津贴资格核验", "护理计划派单", "隧道照明控制"))
    best = recommend(need, context)["items"][0]
    assert best["name"] == "养老服务管理系统"
    assert [cover["need"] for cover in best["covers"]] == ["高龄津贴资格核验", "护理计划派单"]
    assert best["missing"] == ["隧道照明控制"]


def test_nothing_that_fits_is_said_and_not_padded(context: CheckContext) -> None:
    answer = recommend(Need("隧道照明控制"), context)
    assert answer["items"] == []
    assert "隧道照明控制" in answer["none"]


def test_what_is_excluded_never_comes(context: CheckContext) -> None:
    first = recommend(Need("单点登录"), context)["items"][0]["id"]
    again = recommend(Need("单点登录", exclude=(first,)), context)
    assert first not in [item["id"] for item in again["items"]]


@given(st.lists(WORDS, min_size=1, max_size=4, unique=True), st.integers(1, 3))
@settings(max_examples=30, deadline=None)
def test_scores_add_up_stay_within_bounds_and_fall(
    context: CheckContext, functions: list[str], top: int
) -> None:
    items = recommend(Need("", functions=tuple(functions), top=top), context)["items"]
    assert len(items) <= top
    scores = [item["score"] for item in items]
    assert scores == sorted(scores, reverse=True)
    for item in items:
        assert 0.0 <= item["score"] <= 1.0
        assert [reason["kind"] for reason in item["reasons"]] == KINDS
        assert sum(reason["score"] for reason in item["reasons"]) == pytest.approx(item["score"], abs=1e-3)
        assert {cover["need"] for cover in item["covers"]} | set(item["missing"]) == set(functions)


def test_a_system_is_found_by_its_name_in_a_sentence(context: CheckContext) -> None:
    best = recommend(Need("需要一个养老服务管理系统"), context)["items"][0]
    assert (best["name"], best["covers"][0]["score"]) == ("养老服务管理系统", 1.0)


def test_a_component_may_answer_one_function_of_many(context: CheckContext) -> None:
    wanted = ("单点登录", "隧道照明控制", "桥梁应力监测", "古树名木普查", "森林火险预警")
    items = recommend(Need("", functions=wanted), context)["items"]
    assert [item["name"] for item in items] == ["统一身份认证平台"]
    assert items[0]["missing"] == list(wanted[1:])


def test_what_covers_more_of_the_need_scores_higher(context: CheckContext) -> None:
    part = recommend(Need("", functions=("单点登录", "隧道照明控制")), context)["items"][0]
    whole = recommend(Need("", functions=("单点登录",)), context)["items"][0]
    assert (part["id"], part["score"] < whole["score"]) == (whole["id"], True)


def test_a_component_of_another_province_is_shown_as_out_of_reach() -> None:
    facts: dict[str, Value] = {"status": "在用", "ip_owner": "省政数局", "serves": ("广东省",)}
    store = filled([component("统一身份认证平台", "省政数局", "identity", facts)])
    estate = prepare(store, LexicalEncoder("test"), engine="1.0")
    for department, usable in (("广东省民政厅", True), ("江苏省民政厅", False), ("民政厅", True)):
        item = recommend(Need("单点登录", department=department), estate)["items"][0]
        assert item["usable"] is usable


@pytest.mark.parametrize("text", ["航天器轨道测控", "建设火星基地生命保障系统", "海上钻井平台安全监测"])
def test_a_need_of_another_world_has_no_answer(context: CheckContext, text: str) -> None:
    answer = recommend(Need(text), context)
    assert answer["items"] == []
    assert text in answer["none"]


@pytest.mark.parametrize("text", ["需要单点登录", "希望给群众提供单点登录", "我们想有一个单点登录"])
def test_the_words_of_wanting_are_no_part_of_the_need(context: CheckContext, text: str) -> None:
    assert recommend(Need(text), context)["items"][0]["name"] == "统一身份认证平台"


@pytest.mark.parametrize("text", ["系统", "信息化服务"])
def test_a_need_without_an_object_is_asked_to_say_more(context: CheckContext, text: str) -> None:
    answer = recommend(Need(text), context)
    assert answer["items"] == []
    assert "业务对象" in answer["none"]
