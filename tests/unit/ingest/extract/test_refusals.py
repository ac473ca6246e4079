"""What was refused, did not come about or is no more is told of nothing."""

import pytest

from ingest.extract.extractor import extract


def said(text: str) -> set[tuple[str, str, str]]:
    return {(item.head.text, item.type, item.tail.text) for item in extract(text).relations}


@pytest.mark.parametrize(
    "text",
    [
        "县林业局申报的古树巡护平台与省古树名木管理系统功能重叠，不予立项。",
        "县林业局拟建设古树巡护平台，经专家组评审，不予批准。",
        "县林业局提出建设的古树巡护平台不予审批。",
        "县林业局申请新建古树巡护平台，评审未通过。",
        "县林业局建设古树巡护平台。经研究，古树巡护平台暂缓立项。",
        "县林业局建设古树巡护平台、林权查询系统。本年度不予立项的有：古树巡护平台、林权查询系统。",
        "县林业局申报的古树巡护平台，已退回。",
        "县林业局申报古树巡护平台，该平台未通过评审。",
    ],
)
def test_what_was_refused_is_built_by_nobody(text: str) -> None:
    assert said(text) == set()


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        (
            "县林业局建成古树巡护平台，对重复建设的项目不予立项。",
            ("县林业局", "BUILDS", "古树巡护平台"),
        ),
        ("县林业局建设古树巡护平台，提供申报受理、审核退回等功能。", ("县林业局", "BUILDS", "古树巡护平台")),
        ("县林业局建成古树巡护平台；县档案馆的年鉴数据库不予批准。", ("县林业局", "BUILDS", "古树巡护平台")),
        (
            "县林业局建成古树巡护平台。未接入古树巡护平台的，不予立项。",
            ("县林业局", "BUILDS", "古树巡护平台"),
        ),
        ("县林业局申报的古树巡护平台同意立项。", ("县林业局", "BUILDS", "古树巡护平台")),
        (
            "县林业局建成古树巡护平台，因与林权查询系统重复，林权查询平台不予立项。",
            ("县林业局", "BUILDS", "古树巡护平台"),
        ),
    ],
)
def test_the_refusal_of_another_thing_takes_no_fact_away(text: str, fact: tuple[str, str, str]) -> None:
    assert fact in said(text)


@pytest.mark.parametrize(
    "text",
    [
        "渡口监管系统与省海事平台的接口未能打通。",
        "渡口监管系统与省海事平台的数据对接尚未启动。",
        "渡口监管系统与省海事平台对接失败。",
        "渡口监管系统与省海事平台的联调仍未完成，对接工作未能开展。",
        "渡口监管系统与省海事平台的对接至今没有完成。",
        "渡口监管系统取消了客流统计模块。",
        "渡口监管系统于年底停用，历史数据迁移至省海事平台。",
        "渡口监管系统已经关停，业务数据全部迁移到省海事平台。",
        "渡口监管系统停止运行后，档案资料迁移至省海事平台。",
    ],
)
def test_what_did_not_come_about_or_is_gone_is_no_relation(text: str) -> None:
    assert said(text) == set()


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        (
            "渡口监管系统与省海事平台对接，尚未与市气象平台联通。",
            ("渡口监管系统", "DEPENDS_ON", "省海事平台"),
        ),
        ("渡口监管系统与省海事平台的接口已经打通。", ("渡口监管系统", "DEPENDS_ON", "省海事平台")),
        ("渡口监管系统提供取消预约、退票办理等功能。", ("渡口监管系统", "PROVIDES", "退票办理")),
        ("渡口监管系统整体迁移至市政务云。", ("渡口监管系统", "USES", "市政务云")),
        (
            "渡口监管系统与省海事平台对接，解决数据未能共享的问题。",
            ("渡口监管系统", "DEPENDS_ON", "省海事平台"),
        ),
    ],
)
def test_what_did_come_about_stays(text: str, fact: tuple[str, str, str]) -> None:
    assert fact in said(text)
