"""Headers of very wide tables cost no more than those of the widest workbook."""

import time

import pytest

from ingest.documents.blocks import Row
from ingest.sources.mapping import load_mapping
from ingest.sources.tables import HEADER_WITHIN, WIDEST, Demand, find_header

HEADER = ("序号", "系统名称", "建设单位", "建设时间", "投资金额（万元）", "运行状态")
MAPPING = load_mapping("census")


@pytest.mark.parametrize("word", ["系统名称", "第{}号平台名称", "建设单位（{}）", "{}年投资", "水务{}"])
def test_thirty_rows_of_sixteen_thousand_columns_take_a_second_at_most(word: str) -> None:
    rows = tuple(Row(tuple(word.format(n) for n in range(16_000))) for _ in range(HEADER_WITHIN))
    before = time.process_time()
    find_header(rows, MAPPING, demand=Demand.NAME_AND_TWO)
    assert time.process_time() - before < 1.5


def test_header_at_the_far_right_of_the_widest_workbook_is_found() -> None:
    header = find_header((Row(("",) * (WIDEST - len(HEADER)) + HEADER),), MAPPING)
    assert header is not None
    assert header.columns[WIDEST - 5] == "name"


def test_header_beside_thousands_of_blank_columns_is_found_whole() -> None:
    rows = (
        Row(HEADER + ("",) * 9_000),
        Row(("1", "水务平台", "水务局", "2020", "30", "在用") + ("",) * 9_000),
    )
    header, alone = find_header(rows, MAPPING), find_header((Row(HEADER),), MAPPING)
    assert header is not None
    assert alone is not None
    assert header.columns == alone.columns


def test_first_of_columns_with_the_same_words_is_the_one_that_counts() -> None:
    header = find_header((Row((*HEADER, *HEADER)),), MAPPING)
    assert header is not None
    assert max(header.columns) < len(HEADER)
