"""A unit in traditional characters is the unit in simplified ones, under the name it is written by."""

import pytest

from ingest.documents.blocks import Block, BlockKind, Document, Row
from ingest.sources.base import Context
from ingest.sources.census import CensusSource
from ingest.sources.organizations import organization
from kg.model import Place, Value
from kg.registry import find_region, infer_region
from kg.registry.relative import said_place
from kg.text import simplify


@pytest.mark.parametrize(
    ("traditional", "plain", "code"),
    [
        ("南寧市農業農村局", "南宁市农业农村局", "450100"),
        ("雲南省煙草專賣局", "云南省烟草专卖局", "530000"),
        ("廣西壯族自治區檔案館", "广西壮族自治区档案馆", "450000"),
        ("欽州市靈山縣醫療保障局", "钦州市灵山县医疗保障局", "450721"),
    ],
)
def test_one_unit_in_both_scripts(traditional: str, plain: str, code: str) -> None:
    first, second = organization(traditional), organization(plain)
    assert (first.id, first.region) == (second.id, second.region)
    assert first.region is not None
    assert first.region.code == code
    assert first.entities[0].name == traditional


def test_a_division_whose_own_name_has_such_a_character_is_still_found() -> None:
    found = infer_region("乾县教育局")
    assert found == find_region("乾县")
    assert found is not None


def test_other_units_stay_apart() -> None:
    assert organization("南寧市檔案館").id != organization("南宁市农业农村局").id


@pytest.mark.parametrize(
    ("name", "twin"),
    [
        ("自治區統一身份認證平臺", "自治区统一身份认证平台"),
        ("縣級電子印章系統", "县级电子印章系统"),
        ("南寧市檔案目錄系統", "南宁市档案目录系统"),
        ("國家檔案資源庫", "国家档案资源库"),
    ],
)
def test_a_name_says_the_same_place_in_both_scripts(name: str, twin: str) -> None:
    assert said_place(name) == said_place(twin)


SHEET = (
    ("序號", "使用單位", "系統名稱", "建成時間", "主要功能", "投入經費（萬元）", "對接系統", "系統狀態"),
    (
        "1",
        "南寧市檔案館",
        "檔案目錄查詢系統",
        "2019年6月",
        "目錄著錄；借閱登記",
        "135.6",
        "自治區統一身份認證平臺",
        "正常運行",
    ),
    (
        "2",
        "南寧市農業農村局",
        "漁船動態監控系統",
        "2020年3月",
        "軌跡查詢；越界報警",
        "48",
        "市統一消息平臺",
        "已停用",
    ),
)


def told(rows: tuple[tuple[str, ...], ...]) -> tuple[list[tuple[str, str, dict[str, Value]]], list[str], int]:
    """The properties and names that a sheet says, simplified, its warnings, and its number of relations."""
    lines = tuple(Row(row, Place(sheet="a", row=number)) for number, row in enumerate(rows, 1))
    block = Block(BlockKind.TABLE, Place(sheet="a"), rows=lines)
    reading = CensusSource().read(
        Document("a.csv", "0" * 64, "csv", (block,)), Context(document="a.csv", today="2026-01-01")
    )
    records = [record for lot in reading.lots for record in lot.records]
    entities = [entity for record in records for entity in record.entities]
    said = [(one.type, simplify(one.name), dict(one.properties)) for one in entities]
    relations = sum(len(record.relations) for record in records)
    return sorted(said, key=str), [note.text for note in reading.warnings], relations


def test_a_sheet_says_the_same_in_both_scripts() -> None:
    plain = tuple(tuple(map(simplify, row)) for row in SHEET)
    assert told(SHEET) == told(plain)
    said, warnings, relations = told(SHEET)
    assert warnings == []
    assert relations >= 8
    assert "1356000" in str(said)
