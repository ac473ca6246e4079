"""Where names begin that stand behind verbs, joints, counts and other names."""

import pytest

from ingest.extract.extractor import extract
from ingest.extract.model import Label

ASSETS = {Label.SYSTEM, Label.COMPONENT}


def assets(text: str) -> list[str]:
    return [item.text for item in extract(text).mentions if item.label in ASSETS]


def organs(text: str) -> list[str]:
    return [item.text for item in extract(text).mentions if item.label is Label.DEPARTMENT]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("关于推广应用全省统一渔船检验管理系统的通知", "渔船检验管理系统"),
        ("关于切实做好推广全市统一古籍普查系统工作的通知", "古籍普查系统"),
        ("日常巡护使用市遥感监测平台。", "市遥感监测平台"),
        ("签字盖章集成省电子签章系统。", "省电子签章系统"),
        ("语音外呼使用县级通知平台。", "县级通知平台"),
        ("成果数据归入自然资源基础数据库。", "自然资源基础数据库"),
        ("因与县档案查询系统重复，予以核减。", "县档案查询系统"),
        ("市气象局负责运维农业气象服务系统。", "农业气象服务系统"),
        ("市气象局承担维护雷达组网系统。", "雷达组网系统"),
        ("市残联两项补贴系统运行平稳。", "市残联两项补贴系统"),
        ("妇联两癌筛查系统运行平稳。", "妇联两癌筛查系统"),
        ("本期使用区块链存证平台。", "区块链存证平台"),
        ("本期以市政务云为支撑。", "市政务云"),
    ],
)
def test_a_name_begins_behind_the_verb_that_governs_it(text: str, name: str) -> None:
    assert assets(text) == [name]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("市发展改革委会同市粮食局建设粮食安全系统。", ["市发展改革委", "市粮食局"]),
        ("省卫生健康委会同省医保局建设处方系统。", ["省卫生健康委", "省医保局"]),
        ("市数据局是主管部门，负责数据共享平台的运行。", ["市数据局"]),
        ("县统计局是牵头部门。", ["县统计局"]),
        ("经市数字政府建设领导小组同意，予以立项。", []),
        ("建设法治政府，由市司法局负责。", ["市司法局"]),
        ("市妇女联合会负责服务。县残疾人联合会是成员，市民政局参加。", ["市民政局"]),
    ],
)
def test_organs_are_parted_from_what_joins_or_describes_them(text: str, expected: list[str]) -> None:
    assert organs(text) == expected


@pytest.mark.parametrize(
    ("text", "company"),
    [
        ("渔港监管平台的承建单位是海岚云舟科技有限公司。", "海岚云舟科技有限公司"),
        ("渔港监管平台的技术支持单位为海岚数科集团有限公司。", "海岚数科集团有限公司"),
        ("渔港监管平台的运维单位：海岚云舟科技股份有限公司。", "海岚云舟科技股份有限公司"),
        ("渔港监管平台的技术支撑方是海岚信息产业集团股份有限公司。", "海岚信息产业集团股份有限公司"),
    ],
)
def test_who_supplies_a_platform_is_named_whole(text: str, company: str) -> None:
    assert [(item.head.text, item.type) for item in extract(text).relations] == [(company, "SUPPLIES")]


@pytest.mark.parametrize(
    "text",
    [
        "市民政局申请建设项目时，应先行论证。",
        "关于下达2026年第一批信息化项目计划的通知",
        "现将2026年第一批信息化项目下达给你们。",
        "预算单位申请信息化项目，须经评审。",
    ],
)
def test_projects_in_general_are_no_project(text: str) -> None:
    assert [item.text for item in extract(text).mentions if item.label is Label.PROJECT] == []
