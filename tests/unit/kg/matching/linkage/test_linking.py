"""Linking two tables: what is found without labels, and that nothing but the records decides."""

import os
import random
import subprocess
import sys
from collections.abc import Sequence

import pytest

from kg.errors import ValidationError
from kg.matching.evaluate.linkages import evaluate_linkage
from kg.matching.linkage import Table, link, link_within
from kg.matching.linkage.terms import codes, value

Row = dict[str, str]
PLACES = ("江宁", "临港", "青山", "长乐", "安定", "白水", "云岭", "石桥")
OBJECTS = ("停车", "河道", "养老", "校车", "渣土", "公园", "旅馆", "档案", "疫苗", "农药", "电梯", "水库")
ACTIONS = ("监管", "预约", "巡查", "统计")


def records(seed: int = 7) -> tuple[list[Row], list[Row]]:
    """Systems as one census tells them and as another does: words left out and added, two thirds in both."""
    chance = random.Random(seed)
    names = sorted({f"{p}{o}{a}" for p in PLACES for o in OBJECTS for a in ACTIONS})
    chosen = chance.sample(names, 120)
    left = [
        {"id": f"a{n:03}", "系统名称": f"{name}系统", "预算": str(100 + 7 * n)}
        for n, name in enumerate(chosen)
    ]
    right = [
        {"id": f"b{n:03}", "系统名称": f"{name[:2]}市{name[2:]}信息平台", "预算": str(100 + 7 * n)}
        for n, name in enumerate(chosen)
        if n % 3
    ]
    return left, right


def linked(left: Sequence[Row], right: Sequence[Row]) -> list[dict[str, object]]:
    return [one.to_json() for one in link(Table.of(left), Table.of(right))]


def test_the_same_records_of_two_tables_are_found_without_labels() -> None:
    left, right = records()
    gold = [
        {"a": a["id"], "b": b["id"], "label": int(a["id"][1:] == b["id"][1:])} for a in left for b in right
    ]
    report = evaluate_linkage(gold, linked(left, right))
    assert report.f1 >= 0.95
    assert report.matches == 80


def test_what_is_no_match_is_listed_with_its_score() -> None:
    found = linked(*records())
    assert {one["match"] for one in found} == {True, False}
    assert all((one["score"] >= 0.5) == one["match"] for one in found)  # type: ignore[operator] # a JSON value


def test_the_order_of_the_records_changes_nothing() -> None:
    left, right = records()
    before = linked(left, right)
    random.Random(1).shuffle(left)
    random.Random(2).shuffle(right)
    assert linked(left, right) == before


SCRIPT = """
from kg.matching.linkage import Table, link
from tests.unit.kg.matching.linkage.test_linking import records
left, right = (Table.of(rows) for rows in records())
print(hash("x") and "", [one.to_json() for one in link(left, right)])
"""


def test_hash_seeds_and_threads_change_nothing() -> None:
    runs = [("0", "1"), ("1", "2"), ("2", "2")]
    outputs = {
        subprocess.run(
            [sys.executable, "-c", SCRIPT],
            env={**os.environ, "PYTHONHASHSEED": seed, "OMP_NUM_THREADS": n, "OPENBLAS_NUM_THREADS": n},
            capture_output=True,
            check=True,
        ).stdout
        for seed, n in runs
    }
    assert len(outputs) == 1


def test_a_few_records_are_linked_one_to_one_by_their_likeness_alone() -> None:
    left = [{"id": "1", "name": "居家养老服务系统"}, {"id": "2", "name": "公车管理系统"}]
    right = [
        {"id": "x", "name": "居家养老服务系统"},
        {"id": "y", "name": "居家养老服务系统（二期）"},
        {"id": "z", "name": "河长制信息平台"},
    ]
    assert [(one["a"], one["b"]) for one in linked(left, right) if one["match"]] == [("1", "x")]


def test_among_several_lists_in_one_table_each_pair_comes_once_and_never_of_one_list() -> None:
    left, right = records()
    rows = [*left, *right]
    found = link_within(Table.of(rows), lambda one, other: one[0] == other[0])
    assert all((one.a[0], one.b[0]) == ("a", "b") for one in found)
    assert len({(one.a, one.b) for one in found}) == len(found)
    matches = [one for one in found if one.match]
    assert sum(one.a[1:] == one.b[1:] for one in matches) / len(matches) >= 0.95
    assert len(matches) >= 70


def test_namesakes_that_both_tables_have_twice_are_left_to_a_person() -> None:
    left, right = records()
    left += [{"id": f"c{n}", "系统名称": "办公自动化系统", "预算": "1"} for n in range(2)]
    right += [{"id": f"d{n}", "系统名称": "办公自动化系统", "预算": "1"} for n in range(2)]
    found = [one for one in linked(left, right) if str(one["a"])[0] == "c" and str(one["b"])[0] == "d"]
    assert len(found) == 4
    assert not any(one["match"] for one in found)
    assert all(float(str(one["score"])) > 0.4 for one in found)


def test_empty_tables_have_no_pairs_and_empty_names_no_harm() -> None:
    assert link(Table.of([]), Table.of([{"id": "1", "name": "x"}])) == []
    assert linked([{"id": "1", "name": ""}], [{"id": "2", "name": ""}]) == []


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([{"name": "x"}], "缺少 id 列"),
        ([{"id": " ", "name": "x"}], "没有 id"),
        ([{"id": "1", "name": "x"}, {"id": "1", "name": "y"}], "id 1 出现多次"),
    ],
)
def test_a_table_without_ids_of_its_records_is_refused(rows: list[Row], reason: str) -> None:
    with pytest.raises(ValidationError, match=reason):
        Table.of(rows, label="A.csv")


def test_a_column_that_only_one_table_has_cannot_hold_the_names() -> None:
    left, right = Table.of([{"id": "1", "名称": "x"}]), Table.of([{"id": "1", "title": "x"}])
    with pytest.raises(ValidationError, match="列"):
        link(left, right, name="名称")


def test_zero_width_signs_and_wide_letters_hide_no_copy() -> None:
    table = Table.of([{"id": "1", "name": "ＯＡ\u200b办公系统"}])
    assert table.columns["name"] == ("oa办公系统",)


def test_codes_have_letters_and_digits_or_many_digits() -> None:
    assert codes("sony ps-lx350h 2007 98 12345") == {"pslx350h", "lx350h", "12345"}


@pytest.mark.parametrize(("cell", "number"), [("$1,299.00", 1299.0), ("无", None), ("1.2.3", None)])
def test_a_cell_says_one_number_or_none(cell: str, number: float | None) -> None:
    assert value(cell) == number
