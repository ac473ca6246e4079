from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest

from kg.identity import asset_id, function_id, organization_id, project_id
from kg.matching.description import Description, Item
from kg.matching.encoder.lexical import LexicalEncoder
from kg.matching.proposal import Fact, Proposal
from kg.model import Entity, Record, Relation
from kg.store.memory import MemoryStore
from queries.check import CheckContext, prepare
from queries.season import Season, Submission, season
from tests.unit.queries.small_estate import CARE, CLAIM, SCHOOL, filled, system

CITY = "甲市"
PARKING = ("泊位编码管理", "空余泊位发布", "停车费网上支付", "路侧停车取证", "错时共享登记", "收费标准设置")
HEATING = ("热源运行监测", "住户室温采集", "管网漏气预警", "居民燃气检查", "停供通知发布", "能耗分析报表")
RESCUE = ("险情信息接报", "救援队伍调派", "救灾物资台账", "避难场所分布图", "应急预案数字化", "灾后损失核定")
COMMON = ("用户管理", "日志审计")


def submission(
    file: str,
    name: str,
    unit: str,
    functions: Sequence[str],
    *,
    money: int = 900_000,
    period: str = "2026",
    prose: str = "",
    vendor: str = "",
    sha256: str = "",
) -> Submission:
    items = tuple(Item(text, path="业务") for text in (*functions, *COMMON))
    described = Description(file, name=name, text=prose, items=items, department=unit, period=period)
    facts = (Fact("vendor", vendor),) if vendor else ()
    return Submission(file, Proposal(described, file, sha256 or file, budget=Decimal(money), facts=facts))


def refused(name: str, unit: str, functions: Sequence[str]) -> Record:
    """A project that was refused, with the system it would have delivered."""
    owner, project = organization_id(unit), project_id(name, owner=organization_id(unit))
    planned = asset_id(name, owner=project)
    parts = [Entity(function_id(planned, "", text), "Function", text) for text in functions]
    entities = (
        Entity(project, "Project", name, {"stage": "不予立项"}),
        Entity(planned, "System", name, {"status": "拟建"}),
        Entity(owner, "Organization", unit),
    )
    relations = (Relation(project, "DELIVERS", planned), Relation(owner, "OWNS", project))
    provides = tuple(Relation(planned, "PROVIDES", part.id) for part in parts)
    return Record(project, replace(CLAIM, document="上年.xlsx"), (*entities, *parts), (*relations, *provides))


@pytest.fixture(scope="module")
def ledger() -> MemoryStore:
    return filled(
        [
            system("养老服务管理系统", "乙市民政局", CARE),
            system("义务教育学籍平台", "乙市教育局", SCHOOL),
            refused("停车诱导服务平台", f"{CITY}城市管理局", PARKING),
        ]
    )


@pytest.fixture(scope="module")
def estate(ledger: MemoryStore) -> CheckContext:
    return prepare(ledger, LexicalEncoder("test"), engine="1.0")


def grouped(estate: CheckContext, ledger: MemoryStore, *submissions: Submission) -> Season:
    return season(submissions, context=estate, reader=ledger)


def test_what_two_units_of_a_city_ask_for_is_one_need(estate: CheckContext, ledger: MemoryStore) -> None:
    found = grouped(
        estate,
        ledger,
        submission("a", f"{CITY}供热监管平台", f"{CITY}城市管理局", HEATING),
        submission("b", "暖相随驾驶舱", f"{CITY}大数据局", HEATING[::-1], money=700_000),
        submission("c", f"{CITY}应急指挥系统", f"{CITY}应急管理局", RESCUE),
    )
    assert [(g.kind, [m.file for m in g.members], g.money, g.avoidable) for g in found.groups] == [
        ("same_need", ["a", "b"], Decimal(1_600_000), Decimal(700_000))
    ]
    assert {quoted.first for quoted in found.groups[0].evidence} <= {*HEATING, *COMMON}


def test_what_several_cities_ask_for_is_to_be_built_together(
    estate: CheckContext, ledger: MemoryStore
) -> None:
    places = ("甲市", "丙市", "丁市")
    asked = [submission(p, f"{p}供热监管平台", f"{p}城市管理局", HEATING) for p in places]
    (group,) = grouped(estate, ledger, *asked).groups
    assert (group.kind, group.money) == ("joint_build", Decimal(2_700_000))


def test_parts_of_one_whole_below_a_limit_are_a_split(estate: CheckContext, ledger: MemoryStore) -> None:
    unit = f"{CITY}城市管理局"
    parts = [
        submission("1", f"{CITY}城市生命线平台（一期）", unit, HEATING, money=1_500_000),
        submission("2", f"{CITY}城市生命线平台（二期）", unit, RESCUE, money=1_200_000),
    ]
    (group,) = grouped(estate, ledger, *parts).groups
    assert (group.kind, group.money) == ("split", Decimal(2_700_000))
    assert "200 万元" in group.reasons[1]
    assert "财库〔2019〕69号" in group.rules[1]


@pytest.mark.parametrize("money", [60_000, 2_500_000])
def test_no_split_where_no_limit_is_escaped(estate: CheckContext, ledger: MemoryStore, money: int) -> None:
    unit = f"{CITY}城市管理局"
    parts = [
        submission("1", f"{CITY}城市生命线平台（一期）", unit, HEATING, money=money),
        submission("2", f"{CITY}城市生命线平台（二期）", unit, RESCUE, money=money),
    ]
    assert not grouped(estate, ledger, *parts).groups


def test_different_projects_of_one_unit_are_no_split(estate: CheckContext, ledger: MemoryStore) -> None:
    unit = f"{CITY}城市管理局"
    two = [
        submission("1", f"{CITY}供热监管平台", unit, HEATING, money=1_500_000, vendor="甲市软件公司"),
        submission("2", f"{CITY}应急指挥系统", unit, RESCUE, money=1_200_000, vendor="甲市软件公司"),
    ]
    assert not grouped(estate, ledger, *two).groups


def test_one_plan_behind_two_papers_is_seen_in_its_sentences(
    estate: CheckContext, ledger: MemoryStore
) -> None:
    unit = f"{CITY}城市管理局"
    plan = "。".join(f"本市第{n}片区现有管线老化严重，需要在年内完成监测改造" for n in range(6))
    two = [
        submission("1", "供热监管平台", unit, HEATING, money=1_500_000, prose=plan),
        submission(
            "2", "应急指挥系统", unit, RESCUE, money=1_200_000, prose=f"{plan}。另有一段各自的说明文字在此"
        ),
    ]
    (group,) = grouped(estate, ledger, *two).groups
    assert group.kind == "split"
    assert "6 句逐字相同" in group.reasons[2]


def test_a_refused_project_is_known_under_another_name(estate: CheckContext, ledger: MemoryStore) -> None:
    again = submission("a", "城市静态交通大脑", f"{CITY}大数据局", (*PARKING[::-1], "大屏展示"))
    (group,) = grouped(estate, ledger, again).groups
    assert (group.kind, group.money) == ("returned", Decimal(900_000))
    assert [(m.file, m.name, m.stage) for m in group.members] == [
        ("a", "城市静态交通大脑", ""),
        ("", "停车诱导服务平台", "不予立项"),
    ]


def test_a_refused_project_without_functions_is_known_by_its_name() -> None:
    bare = filled(
        [system("养老服务管理系统", "乙市民政局", CARE), refused("停车诱导平台", "南宁市城市管理局", ())]
    )
    context = prepare(bare, LexicalEncoder("test"), engine="1.0")
    again = submission("a", "南宁市停车诱导系统建设项目", "南宁市大数据局", PARKING)
    (group,) = grouped(context, bare, again).groups
    assert group.kind == "returned"
    assert any("只按名称比对" in reason for reason in group.reasons)
    other = submission("b", "南宁市渣土车管理系统", "南宁市大数据局", PARKING)
    assert not grouped(context, bare, other).groups


def test_a_refused_project_of_another_city_is_another_need(estate: CheckContext, ledger: MemoryStore) -> None:
    elsewhere = submission("a", "城市静态交通大脑", "丙市城市管理局", PARKING)
    assert not grouped(estate, ledger, elsewhere).groups


def test_versions_of_one_application_are_no_group(estate: CheckContext, ledger: MemoryStore) -> None:
    unit = f"{CITY}城市管理局"
    found = grouped(
        estate,
        ledger,
        submission("1", "供热监管平台", unit, HEATING),
        submission("2", "供热监管平台（修订稿）", unit, HEATING[:-1], money=800_000),
    )
    (version,) = found.versions
    assert not found.groups
    assert version.files == ("1", "2")
    assert [one.text for one in version.changes.removed] == ["能耗分析报表"]
    assert (version.changes.before, version.changes.after) == (Decimal(900_000), Decimal(800_000))


def test_the_same_bytes_twice_are_one_application(estate: CheckContext, ledger: MemoryStore) -> None:
    two = [submission(file, "供热监管平台", "", HEATING, sha256="0" * 64) for file in ("1", "2")]
    found = grouped(estate, ledger, *two)
    assert (len(found.groups), [one.identical for one in found.versions]) == (0, [True])


def test_two_units_may_give_their_projects_the_same_name(estate: CheckContext, ledger: MemoryStore) -> None:
    two = [
        submission("1", "业务管理平台", f"{CITY}应急管理局", RESCUE),
        submission("2", "业务管理平台", f"{CITY}城市管理局", HEATING),
    ]
    found = grouped(estate, ledger, *two)
    assert not found.groups
    assert not found.versions


def test_the_order_of_files_does_not_matter(estate: CheckContext, ledger: MemoryStore) -> None:
    asked = [
        submission("a", f"{CITY}供热监管平台", f"{CITY}城市管理局", HEATING),
        submission("b", "暖相随驾驶舱", f"{CITY}大数据局", HEATING[::-1]),
        submission("c", "城市静态交通大脑", f"{CITY}大数据局", PARKING),
    ]
    assert grouped(estate, ledger, *asked).to_json() == grouped(estate, ledger, *reversed(asked)).to_json()
    assert len(grouped(estate, ledger, *asked).groups) == 2
