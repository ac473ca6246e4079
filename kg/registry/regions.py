"""Administrative divisions of China: provinces, cities, counties; never a guess among namesakes."""

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

SUFFIXES = (
    "维吾尔自治区", "壮族自治区", "回族自治区", "特别行政区", "自治区", "自治州", "自治县", "自治旗",
    "地区", "林区", "新区", "省", "市", "县", "区", "盟", "旗",
)  # fmt: skip
LEVELS = {2: "省级", 4: "市级", 6: "县级"}
LONGEST_NAME = 16


@dataclass(frozen=True, slots=True)
class Region:
    """One division: six-digit GB/T 2260 code, full name, level 省级, 市级 or 县级, and the code above it."""

    code: str
    name: str
    level: str
    parent: str | None

    @property
    def short(self) -> str:
        """The name without its kind of division, at least two characters (南宁市 → 南宁)."""
        suffix = next((s for s in SUFFIXES if self.name.endswith(s) and len(self.name) - len(s) >= 2), "")
        return self.name[: len(self.name) - len(suffix)]


@cache
def regions() -> Mapping[str, Region]:
    """Every division by code; the placeholder rows of the list (市辖区, 县) left out."""
    return {found.code: found for name in ("provinces", "cities", "areas") for found in _read(name)}


def _read(name: str) -> Iterator[Region]:
    text = files("kg.registry").joinpath("regions", f"{name}.csv").read_text("utf-8")
    for row in csv.DictReader(text.splitlines()):
        code, short = row["code"].ljust(6, "0"), len(row["code"])
        if row["name"] in {"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"}:
            continue
        above = row.get("cityCode") or row.get("provinceCode")
        yield Region(code, row["name"], LEVELS[short], above.ljust(6, "0") if above else None)


@cache
def _by_name() -> Mapping[str, tuple[Region, ...]]:
    names: dict[str, dict[str, Region]] = defaultdict(dict)
    for found in regions().values():
        names[found.name][found.code] = found
        names[found.short][found.code] = found
    return {name: tuple(group.values()) for name, group in names.items()}


def region(code: str) -> Region | None:
    """The division with this code, of two, four or six digits; None when there is none."""
    return regions().get(code.ljust(6, "0"))


def is_within(inner: str, outer: str) -> bool:
    """Whether the division `inner` is `outer` or lies in it, by code."""
    return _significant(inner).startswith(_significant(outer))


def _significant(code: str) -> str:
    while code.endswith("00"):
        code = code[:-2]
    return code


def find_region(name: str, *, within: str | None = None) -> Region | None:
    """The division a name means, full or short (广西, 南宁市, 山东省本级, 广西壮族自治区南宁市).

    `within` (a code) narrows namesakes. None when no division or more than one has the name.
    """
    plain = name.strip().removesuffix("本级").removesuffix("级")
    candidates = _by_name().get(plain, ())
    if within is not None:
        candidates = tuple(found for found in candidates if is_within(found.code, within))
    if len(candidates) > 1:
        highest = min(len(_significant(found.code)) for found in candidates)
        candidates = tuple(found for found in candidates if len(_significant(found.code)) == highest)
    if len(candidates) == 1:
        return candidates[0]
    return _nested(plain, within) if not candidates else None


def _nested(name: str, within: str | None) -> Region | None:
    """A division named together with those above it, such as 广西南宁市青秀区."""
    head = leading_region(name)
    if not head or head == name:
        return None
    outer = find_region(head, within=within)
    return find_region(name[len(head) :], within=outer.code) if outer else None


def leading_region(text: str) -> str:
    """The longest name of a division that `text` starts with; "" when it starts with none."""
    names = _by_name()
    for length in range(min(LONGEST_NAME, len(text)), 1, -1):
        if text[:length] in names:
            return text[:length]
    return ""


def infer_region(text: str) -> Region | None:
    """The division a unit's name or a title starts with, as deep as it is certain; None when it is not."""
    found: Region | None = None
    rest = text.strip()
    while head := leading_region(rest):
        nested = find_region(head, within=found.code if found else None)
        if nested is None:
            break
        found, rest = nested, rest[len(head) :]
    return found
