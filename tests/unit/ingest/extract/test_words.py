"""Where names begin when a verb of use or of building stands right before them."""

import pytest

from ingest.extract.extractor import extract
from ingest.extract.model import Label

ASSETS = {Label.SYSTEM, Label.COMPONENT}
LEADS = [
    "",
    "各部门",
    "市民政局",
    "各部门应当",
    "不得",
    "各单位严禁",
    "原则上应",
    "各部门可",
    "均已",
    "要优先",
]
VERBS = ["接入", "对接", "自建", "自研", "另建", "新建", "复用", "使用", "依托", "调用"]
NAMES = ["海岚省统一身份认证平台", "岚山县养老服务系统", "身份认证系统", "短信平台", "用水监测系统"]


def assets(text: str) -> list[str]:
    return [item.text for item in extract(text).mentions if item.label in ASSETS]


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("name", NAMES)
def test_a_name_begins_after_the_verb_that_governs_it(verb: str, name: str) -> None:
    assert {tuple(assets(f"{lead}{verb}{name}。")) for lead in LEADS} == {(name,)}


@pytest.mark.parametrize(
    "name",
    ["农村自建房安全管理系统", "供需对接平台", "居民自建房排查系统", "海域使用动态监管系统"],
)
def test_a_verb_that_is_part_of_a_name_stays_in_it(name: str) -> None:
    assert assets(f"市住房城乡建设局的{name}提供在线填报、统计分析功能。") == [name]
