"""What a mention may mean where nothing could be joined."""

import pytest

from kg.identity import asset_id
from kg.model import Entity
from kg.store import open_store
from queries.entity import show
from tests.conformance.graphs import CENSUS, entity, load, row


def described(asset: str, name: str, **said: object) -> Entity:
    return entity(asset, "System", name, **{"status": "在用", **said})


ESTATE = (
    described("asset-1", "湖南省统一身份认证平台"),
    described("asset-2", "长沙市统一身份认证平台"),
    described("asset-3", "广西统一身份认证平台"),
    described("asset-4", "湖南省统一身份认证平台升级", status="拟建"),
    described("asset-5", "统一身份认证运维系统"),
    entity(asset_id("统一身份认证平台"), "Component", "统一身份认证平台"),
)


@pytest.mark.parametrize(
    ("name", "region", "meant"),
    [
        ("统一身份认证平台（市级）", "长沙市", ["asset-1", "asset-2"]),
        ("省统一身份认证平台", "湖南省", ["asset-1", "asset-2"]),
        ("统一身份认证系统", "", ["asset-1", "asset-2", "asset-3"]),
        ("视频共享平台", "", []),
    ],
)
def test_a_mention_may_mean_what_bears_its_name_in_its_place(
    name: str, region: str, meant: list[str]
) -> None:
    code = {"长沙市": "region:430100", "湖南省": "region:430000"}.get(region, "")
    identity = asset_id(name, owner=code)
    mention = entity(identity, "Component", name, **({"region": region} if region else {}))
    with open_store("memory:") as store:
        load(store, CENSUS, row(CENSUS, *ESTATE, mention))
        shown = show(store, identity)
    assert sorted(one.id for one in shown.may_mean) == meant
    assert [one["id"] for one in shown.to_json()["may_mean"]] == [one.id for one in shown.may_mean]


def test_what_is_described_means_itself() -> None:
    with open_store("memory:") as store:
        load(store, CENSUS, row(CENSUS, *ESTATE))
        assert show(store, ESTATE[0].id).may_mean == ()
