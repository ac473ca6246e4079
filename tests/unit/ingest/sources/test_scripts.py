"""A unit in traditional characters is the unit in simplified ones, under the name it is written by."""

import pytest

from ingest.sources.organizations import organization
from kg.registry import find_region, infer_region


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
