"""Files of overlaps: one row for each pair, whatever the form, safe to open."""

import csv
import json
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from api.overlap_tables import HEADER, write_overlaps
from kg.errors import ValidationError
from kg.matching.encoder.lexical import LexicalEncoder
from kg.model import EntityId
from queries.capabilities import Capability
from queries.check import prepare
from queries.estate import Estate
from queries.overlap import Overlap, overlaps
from queries.overlap_filter import Filter, chosen
from tests.unit.queries.small_estate import CARE, filled, system


@pytest.fixture(scope="module")
def made() -> tuple[list[Overlap], Estate]:
    rows = [system("=养老平台", "甲市民政局", CARE), system("养老平台", "乙市民政局", CARE)]
    context = prepare(filled(rows), LexicalEncoder("test"), engine="1.0")
    return overlaps(context), context.estate


def test_each_form_holds_every_pair(made: tuple[list[Overlap], Estate], tmp_path: Path) -> None:
    found = made[0]
    for ending in (".csv", ".xlsx", ".json"):
        write_overlaps(found, tmp_path / f"o{ending}")
    rows = list(csv.reader((tmp_path / "o.csv").read_text("utf-8-sig").splitlines()))
    sheet = load_workbook(tmp_path / "o.xlsx").active
    assert sheet is not None
    assert tuple(rows[0]) == HEADER == tuple(cell.value for cell in sheet[1])
    assert len(rows) - 1 == len(found) == sheet.max_row - 1
    assert json.loads((tmp_path / "o.json").read_text("utf-8"))["overlaps"] == [o.to_json() for o in found]


def test_no_cell_is_a_formula(made: tuple[list[Overlap], Estate], tmp_path: Path) -> None:
    write_overlaps(made[0], tmp_path / "o.csv")
    cells = [
        cell for row in csv.reader((tmp_path / "o.csv").read_text("utf-8-sig").splitlines()) for cell in row
    ]
    assert "'=养老平台" in cells
    assert not any(cell.startswith("=") for cell in cells)


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValidationError, match="文件夹不存在"):
        write_overlaps([], tmp_path / "absent" / "o.csv")


def test_a_filter_keeps_what_is_asked_for(made: tuple[list[Overlap], Estate]) -> None:
    found, _ = made
    owner = found[0].a.owner
    assert chosen(found, Filter()) == found
    assert chosen(found, Filter(department=owner)) == found
    assert chosen(found, Filter(kind="reskinned")) == []
    assert chosen(found, Filter(min_score=1.01)) == []
    assert chosen([replace(found[0], score=0.5)], Filter(min_score=0.5)) != []


@pytest.mark.parametrize(
    ("holders", "offering", "kept"),
    [("ab", "", True), ("a", "", False), ("", "b", True), ("", "", False)],
)
def test_of_a_capability_both_sides_have_it_or_one_offers_it(
    made: tuple[list[Overlap], Estate], holders: str, offering: str, *, kept: bool
) -> None:
    found, _ = made
    ids = {"a": found[0].a.id, "b": found[0].b.id}
    capability = Capability(
        id=EntityId("capability-1"),
        name="床位管理",
        wordings=(),
        holders=tuple(ids[one] for one in holders),
        departments=1,
        offered_by=tuple(ids[one] for one in offering),
        ordinary=False,
    )
    assert bool(chosen(found[:1], Filter(capability=capability))) is kept
