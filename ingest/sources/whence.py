"""Where a unit speaks from: what 省数据局 or 省统一身份认证平台 mean depends on it."""

from collections.abc import Iterable

from ingest.sources.delivery import Reported
from kg.registry import Region, find_region, infer_region, region
from kg.registry.relative import division_of_unit


def reported_from(who: Reported, *, load: str, titles: Iterable[str]) -> Region | None:
    """The place of the reporting unit: as its name says, as the load names it, as the sheet's titles say."""
    named = infer_region(who.unit) if who.unit else None
    return named or _stated(load) or next(filter(None, map(infer_region, titles)), None)


def region_of_unit(name: str, *, stated: str, reported: Region | None) -> str:
    """The region to know a unit by: the one stated, else the one its 省 or 市 means where it is reported.

    "" where neither tells.
    """
    if stated or reported is None:
        return stated
    meant = division_of_unit(name, reported.code)
    return meant.name if meant and find_region(meant.name) == meant else meant.code if meant else ""


def _stated(load: str) -> Region | None:
    return (find_region(load) or region(load)) if load else None
