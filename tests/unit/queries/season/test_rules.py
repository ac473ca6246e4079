import pytest

from queries.policy.season import Limit, season_rules, without_parts, without_versions
from queries.season.cluster import clusters


def limit(name: str, amount: int, *, regions: tuple[str, ...] = (), start: str = "2020-01-01") -> Limit:
    told: dict[str, object] = {"levels": [], "to": None, "source": "某文件", "note": ""}
    return Limit.model_validate(
        {"name": name, "amount": amount, "regions": list(regions), "from": start, **told}
    )


def test_amounts_of_its_own_region_stand_for_all_others() -> None:
    own = limit("自治区标准", 1_000_000, regions=("45",))
    rules = season_rules().model_copy(update={"limits": (limit("全国", 2_000_000), own)})
    assert [one.name for one in rules.limits_for(region="450100", level="市", year="2026")] == ["自治区标准"]
    assert [one.name for one in rules.limits_for(region="440100", level="市", year="2026")] == ["全国"]


def test_an_amount_counts_from_the_year_it_was_set() -> None:
    rules = season_rules().model_copy(update={"limits": (limit("新标准", 1, start="2026-01-01"),)})
    assert not rules.limits_for(region="", level="", year="2025")
    assert rules.limits_for(region="", level="", year="2026")
    assert rules.limits_for(region="", level="", year="")


def test_every_shipped_amount_has_a_source_and_a_warning_to_check_it() -> None:
    assert all("号" in one.source and "核对" in one.note for one in season_rules().limits)


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("养老平台（一期）", "养老平台"),
        ("养老平台（A包）", "养老平台"),
        ("养老平台第二标段", "养老平台"),
        ("一体化平台", "一体化平台"),
    ],
)
def test_marks_of_parts_are_no_part_of_a_name(name: str, bare: str) -> None:
    assert without_parts(name) == bare


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("养老平台（修订稿）", "养老平台"),
        ("养老平台V2.1", "养老平台"),
        ("养老平台（第二次申报）", "养老平台"),
        ("版本管理平台", "版本管理平台"),
    ],
)
def test_marks_of_versions_are_no_part_of_a_name(name: str, bare: str) -> None:
    assert without_versions(name) == bare


def test_clusters_are_told_by_their_first_members() -> None:
    assert clusters([(4, 5), (0, 2), (2, 3)]) == [(0, 2, 3), (4, 5)]
