"""Ids never change: these are the ones of the first version."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import identity
from kg.identity import id_fold

TEXT = st.text(max_size=10)
FROZEN = {
    "organization": "organization-483f87eca7985ee6",
    "by credit code": "organization-4d8c1cc24a6cb772",
    "asset": "asset-d12195d179d3b7ec",
    "asset by code": "asset-b99c1d7c27c206dc",
    "project": "project-93e1012846ec6e5c",
    "function": "function-4921f4dc95a00feb",
    "standard": "standard-8a296a29d116c128",
    "region": "region:450000",
    "registered": "capability:seal",
    "capability": "capability-331fd511ce05f75a",
    "document": "document-170656c5b666b4c1",
}


@pytest.mark.parametrize(
    ("raw", "folded"),
    [
        ("ＡＢ　c", "abc"),
        (" 统一 平台\n", "统一平台"),
        ("統一", "統一"),
        ("“甲”", "“甲”"),
        ("Ⅱ期", "ii期"),
        ("", ""),
    ],
)
def test_the_fold_under_ids_is_frozen(raw: str, folded: str) -> None:
    assert id_fold(raw) == folded


def test_ids_of_the_first_version_are_still_given() -> None:
    region = "450000"
    owner = identity.organization_id("广西壮族自治区大数据发展局", region=region)
    asset = identity.asset_id("统一电子印章平台", owner=owner)
    given_ids = {
        "organization": owner,
        "by credit code": identity.organization_id("甲", credit_code="11450000MB0000000X"),
        "asset": asset,
        "asset by code": identity.asset_id("甲", code="GX-001"),
        "project": identity.project_id("电子印章二期", owner=owner),
        "function": identity.function_id(asset, "签章管理/签署", "批量签署"),
        "standard": identity.standard_id("GB/T 40692-2021"),
        "region": identity.region_id(region),
        "registered": identity.capability_id("seal", registered=True),
        "capability": identity.capability_id("养老服务"),
        "document": identity.document_id("桂政办发〔2023〕1号"),
    }
    assert given_ids == FROZEN


@given(TEXT, TEXT)
def test_a_name_written_wider_has_the_same_id(name: str, owner: str) -> None:
    assert identity.asset_id(name, owner=owner) == identity.asset_id(f" {name.lower()}　", owner=owner)


@given(st.lists(TEXT, min_size=3, max_size=3), st.lists(TEXT, min_size=3, max_size=3))
def test_ids_are_equal_only_when_the_folded_fields_are(left: list[str], right: list[str]) -> None:
    first, second = identity.function_id(*left), identity.function_id(*right)
    assert re.fullmatch(r"function-[0-9a-f]{16}", first)
    assert (first == second) == ([*map(id_fold, left)] == [*map(id_fold, right)])


def test_a_system_offered_for_reuse_keeps_its_id() -> None:
    assert identity.asset_id("甲").startswith("asset-")
