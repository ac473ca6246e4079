"""Titles of parts tell whose systems stand below them."""

from collections.abc import Sequence

from ingest.documents.blocks import Row
from ingest.sources.nameless import under_units
from ingest.sources.tables import Line


def owners(*rows: Sequence[str]) -> list[str]:
    """The units of the systems, by rows of a number or title, a name and a unit."""
    lines = [Line(Row(tuple(row)), {"name": row[1], "owner": row[2]}) for row in rows]
    return [line.get("owner") for line in under_units(lines) if line.get("name")]


def test_a_title_that_is_a_unit_owns_what_stands_below_it() -> None:
    found = owners(
        ("一、县教育局", "", ""),
        ("1", "学籍平台", ""),
        ("二、县民政局（2个）", "", ""),
        ("2", "救助系统", ""),
        ("3", "殡葬系统", "县殡葬所"),
    )
    assert found == ["县教育局", "县民政局", "县殡葬所"]


def test_titles_further_in_keep_the_unit_and_those_of_its_depth_end_it() -> None:
    found = owners(
        ("一、县教育局", "", ""),
        ("（一）业务系统", "", ""),
        ("1", "学籍平台", ""),
        ("二、县民政局", "", ""),
        ("三、县水利局", "", ""),
        ("四、其他", "", ""),
        ("2", "河长平台", ""),
    )
    assert found == ["县教育局", ""]


def test_titles_of_other_things_own_nothing() -> None:
    found = owners(("一、业务系统平台", "", ""), ("二、办公系统", "", ""), ("1", "学籍平台", ""))
    assert found == [""]
