"""Where the names of organs of unknown places begin, and names behind signs."""

import pytest

from ingest.extract.extractor import extract
from ingest.extract.model import Label

PLACES = ["海岚省", "云屏市", "岚山县", "海岚省岚山县", "黑水自治州", "云屏市青岚区", "广西壮族自治区"]
ORGANS = ["人民政府", "人民政府办公室", "民政厅"]


def organs(text: str) -> list[str]:
    return [item.text for item in extract(text).mentions if item.label is Label.DEPARTMENT]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("organ", ORGANS)
@pytest.mark.parametrize("lead", ["", "由", "报", "经", "根据", "二、", "会同", "交"])
def test_an_organ_of_an_unknown_place_is_named_whole(place: str, organ: str, lead: str) -> None:
    assert organs(f"{lead}{place}{organ}印发通知。") == [place + organ]


@pytest.mark.parametrize(
    "lead", ["毗邻", "督促", "所在地", "有关", "计划单列", "提请", "同意后报", "经验收合格后交"]
)
def test_what_is_no_place_stays_out_of_a_government(lead: str) -> None:
    assert organs(f"{lead}市人民政府应当配合。") == ["市人民政府"]


@pytest.mark.parametrize("sign", ["😀", "★", "●", "■", "❤️", "-", "—", "\ue010", "\u200b"])
@pytest.mark.parametrize("name", ["海岚省民政厅", "养老服务信息系统", "统一身份认证平台", "乙科技有限公司"])
def test_a_sign_before_a_name_is_no_part_of_it(sign: str, name: str) -> None:
    assert [item.text for item in extract(f"{sign}{name}。").mentions] == [name]
