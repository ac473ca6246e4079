"""Clauses of running text: what is done stays, who does it goes."""

import pytest

from kg.matching.actors import is_actor, without_actors
from kg.matching.description import Description
from kg.matching.items import items_in
from kg.matching.names import main_names, names_in
from kg.matching.profile import profile


@pytest.mark.parametrize(
    ("sentence", "left"),
    [
        ("市文物主管部门应当采集石刻拓片影像", "采集石刻拓片影像"),
        ("县(市、区)人民政府及时登记古树保护牌", "县人民政府及时登记古树保护牌"),
        ("省林业主管部门会同财政、水利等部门编制湿地名录", "编制湿地名录"),
        ("渔港监督机构依法负责核发船员证书", "核发船员证书"),
        ("向民政、教育、医保等部门推送救助名单", "推送救助名单"),
        ("为企业提供用工信息发布", "为企业提供用工信息发布"),
        ("部门预算执行分析", "部门预算执行分析"),
        ("单位应缴费用核定", "单位应缴费用核定"),
    ],
)
def test_subjects_and_partners_are_taken_out(sentence: str, left: str) -> None:
    assert without_actors(sentence) == left


@pytest.mark.parametrize("phrase", ["乡镇人民政府", "有关部门", "检验检测机构"])
def test_a_phrase_of_an_actor_alone_is_no_item(phrase: str) -> None:
    assert is_actor(phrase)
    assert phrase not in items_in(f"登记船舶证书、{phrase}、核发捕捞许可")


def test_duties_that_every_platform_has_are_no_items() -> None:
    text = "采集沿海潮位数据，实现信息共享、互联互通，确保数据准确、完整。"
    assert items_in(text) == ("采集沿海潮位数据",)


def test_that_the_thing_itself_is_built_or_fed_is_no_item() -> None:
    text = "市海洋主管部门应当建立海洋牧场监测平台，观测赤潮发生海域，并及时纳入海洋牧场监测平台。"
    assert profile(Description(id="a", text=text)).items == ("观测赤潮发生海域",)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("录入燃气使用安全管理信息系统", "燃气使用安全管理信息系统"),
        ("建立古树名木资源库", "古树名木资源库"),
        ("通过渔政执法系统及其移动终端", "渔政执法系统"),
    ],
)
def test_a_name_holds_verbs_and_ends_with_any_head(text: str, name: str) -> None:
    assert name in [named.name for named in names_in(text)]


def test_a_head_with_a_verb_is_no_name() -> None:
    assert main_names("推动平台履行主体责任") == ()
