"""Names said from a place: what of them is the place, and whose it is."""

import pytest

from kg.registry.relative import NATIONAL, SaidPlace, division_of_unit, divisions_meant, said_place
from kg.registry.shared_names import shared_name


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("省统一身份认证平台", SaidPlace("统一身份认证平台", sign="省")),
        ("全省视频共享平台", SaidPlace("视频共享平台", sign="省")),
        ("市级大数据平台", SaidPlace("大数据平台", sign="市")),
        ("全市的大数据平台", SaidPlace("大数据平台", sign="市")),
        ("统一身份认证平台（自治区级）", SaidPlace("统一身份认证平台", sign="自治区")),
        ("湖南省级政务云", SaidPlace("政务云", "430000")),
        ("湖南省统一支付平台（省级）", SaidPlace("统一支付平台", "430000")),
        ("国家政务服务平台", SaidPlace("政务服务平台", NATIONAL)),
        ("市政务服务平台", SaidPlace("政务服务平台", sign="市")),
        ("市政设施系统", SaidPlace("市政设施系统")),
        ("市场监管平台", SaidPlace("市场监管平台")),
        ("区块链平台", SaidPlace("区块链平台")),
        ("电子印章系统（一期）", SaidPlace("电子印章系统(一期)")),
    ],
)
def test_a_name_parts_into_its_place_and_the_rest(name: str, said: SaidPlace) -> None:
    assert said_place(name) == said


@pytest.mark.parametrize(
    ("sign", "within", "meant"),
    [
        ("省", "430104", ["430000"]),
        ("市", "430104", ["430100"]),
        ("市", "110105", ["110000"]),
        ("市", "430181", ["430100", "430181"]),
        ("区", "450103", ["450000", "450103"]),
        ("区", "430100", []),
        ("县", "430100", []),
        ("省", "", []),
        ("", "430100", []),
    ],
)
def test_a_kind_of_division_means_those_around_the_unit(sign: str, within: str, meant: list[str]) -> None:
    assert [found.code for found in divisions_meant(sign, within)] == meant


@pytest.mark.parametrize(
    ("name", "ability"),
    [
        ("统一身份认证平台", "identity"),
        ("统一消息服务平台", "message"),
        ("一体化政务电子印章系统", "seal"),
        ("不动产电子证照系统", None),
        ("学籍系统", None),
        ("数据库", None),
    ],
)
def test_only_a_name_that_is_all_about_an_ability_is_its_own(name: str, ability: str | None) -> None:
    found = shared_name(name)
    assert (found.ability if found else None) == ability


def test_things_of_one_ability_are_told_apart_by_their_words() -> None:
    people, firms = shared_name("人口库"), shared_name("法人库")
    assert people is not None
    assert firms is not None
    assert (people.ability, people.stem) != (firms.ability, firms.stem)


@pytest.mark.parametrize(
    ("name", "within", "meant"),
    [
        ("市教育局", "450181", "450181"),
        ("市教育局", "450126", "450100"),
        ("市教育局", "110105", "110000"),
        ("市民政局", "450000", ""),
        ("区教育局", "450103", "450103"),
        ("区教育局", "450100", ""),
        ("区公安厅", "450103", "450000"),
        ("区大数据局", "450000", "450000"),
        ("自治区数据局", "450181", "450000"),
        ("省教育厅", "430104", "430000"),
        ("人社厅", "430104", "430000"),
        ("财政厅", "450181", "450000"),
        ("教育局", "450181", ""),
        ("办公厅", "450100", ""),
        ("政务服务大厅", "450100", ""),
        ("县教育局", "450126", "450126"),
        ("全县政务服务局", "450126", "450126"),
        ("州民政局", "532501", "532500"),
        ("旗农牧局", "150621", "150621"),
        ("横县教育局", "430000", "450181"),
        ("省教育厅", "", ""),
    ],
)
def test_a_unit_said_from_home_is_of_the_division_it_means_there(name: str, within: str, meant: str) -> None:
    found = division_of_unit(name, within)
    assert (found.code if found else "") == meant
