from queries.usability import Consumer, blockers

READY = {"status": "在用", "ip_owner": "省政数局"}


def test_what_runs_and_has_an_owner_is_usable_by_anybody() -> None:
    assert blockers(READY, Consumer(region="440100", level="市", network="政务外网")) == ()


def test_what_is_not_known_of_the_component_itself_stands_in_the_way() -> None:
    assert blockers({}, Consumer()) == ("运行状态不明", "知识产权归属不明")
    assert blockers({**READY, "status": "停用"}, Consumer()) == ("未在运行（停用）",)


def test_a_region_is_served_with_all_that_lies_in_it() -> None:
    served = {**READY, "serves": ("广东省",)}
    assert blockers(served, Consumer(region="440100")) == ()
    assert len(blockers(served, Consumer(region="320000"))) == 1
    assert blockers({**READY, "serves": ("全国",)}, Consumer(region="320000")) == ()


def test_a_place_nobody_knows_is_not_held_against_the_component() -> None:
    assert blockers({**READY, "serves": ("某示范区",)}, Consumer(region="320000")) == ()


def test_levels_and_networks_that_are_not_reached_are_named() -> None:
    inner = {**READY, "levels_served": ("省",), "network": "政务内网"}
    found = blockers(inner, Consumer(level="县", network="互联网"))
    assert found == ("服务层级为省，不含县", "部署在政务内网，互联网不能直接访问")
    assert blockers({**READY, "network": "政务外网"}, Consumer(network="互联网")) == ()
