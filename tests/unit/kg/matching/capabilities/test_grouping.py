"""Wordings of one function come together, and what stands never moves."""

import random
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.identity import capability_id
from kg.matching.capabilities import Grouping, counted_wordings, load_grouping, regrouped, save_grouping
from kg.matching.capabilities.cores import core_of
from kg.matching.encoder.lexical import LexicalEncoder

ENCODER = LexicalEncoder("test")
COUNTS = {
    "高龄津贴资格核验": 5,
    "高龄津贴的资格核验": 2,
    "高龄津贴资格公示": 2,
    "低保救助资格核验": 4,
    "床位预约登记": 1,
    "电子印章验章": 3,
    "统一身份认证": 1,
}
SCRIPT = """
from tests.unit.kg.matching.capabilities.test_grouping import COUNTS, ENCODER
from kg.matching.capabilities.cores import core_of
from kg.matching.capabilities import regrouped
print(regrouped(None, COUNTS, ENCODER))
"""


def group_of(text: str, grouping: Grouping) -> str:
    return next(one for one, group in grouping.groups.items() if text in group)


def together(grouping: Grouping) -> set[tuple[str, ...]]:
    return set(grouping.groups.values())


def test_wordings_of_one_function_are_one_capability_named_by_the_most_frequent() -> None:
    grouping = regrouped(None, COUNTS, ENCODER)
    assert grouping.groups[capability_id("高龄津贴资格核验")] == ("高龄津贴的资格核验", "高龄津贴资格核验")


def test_another_action_or_object_is_another_capability() -> None:
    grouping = regrouped(None, COUNTS, ENCODER)
    own = {group_of(text, grouping) for text in ("高龄津贴资格核验", "高龄津贴资格公示", "低保救助资格核验")}
    assert len(own) == 3


def test_a_function_of_a_shared_ability_belongs_to_the_registered_capability() -> None:
    grouping = regrouped(None, COUNTS, ENCODER)
    assert group_of("统一身份认证", grouping) == "capability:identity"
    assert group_of("床位预约登记", grouping).startswith("capability-")


def test_words_that_say_when_or_how_widely_name_no_other_capability() -> None:
    limited = ("年度竣工验收归档", "全市重点竣工验收归档", "竣工验收归档")
    assert together(regrouped(None, dict.fromkeys(limited, 1), ENCODER)) == {tuple(sorted(limited))}
    first = regrouped(None, {"竣工验收归档": 1}, ENCODER)
    assert together(regrouped(first, dict.fromkeys(limited, 1), ENCODER)) == {tuple(sorted(limited))}
    assert core_of("综合查询") == "综合查询"


def test_every_wording_stands_in_exactly_one_group() -> None:
    grouping = regrouped(None, COUNTS, ENCODER)
    assert sorted(text for group in grouping.groups.values() for text in group) == sorted(COUNTS)


def test_the_order_of_input_changes_nothing() -> None:
    mixed = list(COUNTS.items())
    random.Random(1).shuffle(mixed)
    assert regrouped(None, dict(mixed), ENCODER) == regrouped(None, COUNTS, ENCODER)


@pytest.mark.slow
def test_the_hash_seed_changes_nothing() -> None:
    printed = {
        subprocess.run(
            [sys.executable, "-c", SCRIPT],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": "."},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "7")
    }
    assert len(printed) == 1


def test_the_same_wordings_leave_the_groups_as_they_are() -> None:
    first = regrouped(None, COUNTS, ENCODER)
    assert regrouped(first, dict.fromkeys(COUNTS, 9), ENCODER) is first


def test_a_new_wording_joins_a_group_or_founds_one_and_nothing_else_moves() -> None:
    first = regrouped(None, COUNTS, ENCODER)
    after = regrouped(first, {**COUNTS, "高龄津贴资格的核验": 99, "矿山边坡雷达测量": 1}, ENCODER)
    assert group_of("高龄津贴资格的核验", after) == capability_id("高龄津贴资格核验")
    assert group_of("矿山边坡雷达测量", after) == capability_id("矿山边坡雷达测量")
    for text in COUNTS:
        assert group_of(text, after) == group_of(text, first)


def test_the_id_stays_when_the_first_name_is_gone_and_it_comes_home_again() -> None:
    first = regrouped(None, COUNTS, ENCODER)
    gone = regrouped(first, {t: n for t, n in COUNTS.items() if t != "高龄津贴资格核验"}, ENCODER)
    assert group_of("高龄津贴的资格核验", gone) == capability_id("高龄津贴资格核验")
    assert regrouped(gone, COUNTS, ENCODER).groups == first.groups


def test_a_group_of_which_nothing_is_left_is_gone() -> None:
    first = regrouped(None, COUNTS, ENCODER)
    after = regrouped(first, {t: n for t, n in COUNTS.items() if t != "床位预约登记"}, ENCODER)
    assert capability_id("床位预约登记") not in after.groups


def test_groups_made_anew_by_other_rules_bear_their_former_ids() -> None:
    first = regrouped(None, COUNTS, ENCODER)
    often = {**COUNTS, "高龄津贴的资格核验": 50}
    anew = regrouped(Grouping("former rules", first.groups), often, ENCODER)
    assert anew == Grouping(first.key, first.groups)


def test_a_judged_id_is_known_again_without_the_file() -> None:
    known = {capability_id("高龄津贴的资格核验")}
    grouping = regrouped(None, COUNTS, ENCODER, known=known)
    assert group_of("高龄津贴资格核验", grouping) == capability_id("高龄津贴的资格核验")


WORDS = st.sampled_from(sorted({*COUNTS, "高龄津贴资格的核验", "床位预约的登记", "床位登记预约", "津贴"}))


@settings(max_examples=10, deadline=None)
@given(st.lists(st.sets(WORDS), min_size=1, max_size=4))
def test_whatever_comes_and_goes_nobody_changes_the_group_while_present(states: Sequence[set[str]]) -> None:
    grouping = None
    for state in states:
        before = grouping
        grouping = regrouped(before, dict.fromkeys(state, 1), ENCODER)
        assert sorted(t for group in grouping.groups.values() for t in group) == sorted(state)
        if before is not None:
            for text in state & {t for group in before.groups.values() for t in group}:
                assert group_of(text, grouping) == group_of(text, before)


def test_spellings_of_one_wording_are_counted_as_one_and_signs_alone_are_none() -> None:
    found = counted_wordings(["ＧＩＳ 展示", "GIS展示", "GIS展示", "——", "123", ""])
    assert {key: (one.text, one.count) for key, one in found.items()} == {"gis展示": ("GIS展示", 3)}


def test_no_wordings_make_no_groups() -> None:
    assert regrouped(None, {}, ENCODER).groups == {}


def test_groups_are_kept_in_a_file_and_a_damaged_one_counts_as_none(tmp_path: Path) -> None:
    file, grouping = tmp_path / "kg.db.capabilities", regrouped(None, COUNTS, ENCODER)
    assert load_grouping(file) is None
    save_grouping(grouping, file)
    assert load_grouping(file) == grouping
    for damaged in (
        file.read_text("utf-8")[:-9],
        "[]",
        '{"form": 0}',
        '{"form": 1, "key": "k", "groups": 3}',
    ):
        file.write_text(damaged, "utf-8")
        assert load_grouping(file) is None
    assert [one.name for one in tmp_path.iterdir()] == [file.name]


@pytest.mark.parametrize("name", ["甲", "乙"])
def test_of_equally_frequent_names_the_one_nearest_to_all_is_chosen(name: str) -> None:
    tied = {
        f"{name}区高龄津贴资格核验": 1,
        f"{name}区高龄津贴的资格核验": 1,
        f"{name}区高龄津贴资格的核验": 1,
    }
    (chosen,) = regrouped(None, tied, ENCODER).groups
    assert chosen == capability_id(f"{name}区高龄津贴资格核验")
