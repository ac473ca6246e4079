"""Names said from a place: 省统一身份认证平台 or （省级） mean the province of the unit that says them."""

import re
from dataclasses import dataclass

from kg.registry.regions import Region, continued, infer_region, leading_regions, region
from kg.text import fold, simplify

NATIONAL = "000000"
"""Stands for the whole country, whose code holds every other."""
SHORTEST = 2
"""Characters; what is left of a name without its place must still be one."""
SIGNS = "自治区|省|市|州|盟|县|旗|区"
NATION = "国家|全国|中央"
BEFORE = re.compile(rf"(?:本|全)?({SIGNS}|{NATION})(?:本级|级)?的?")
BEHIND = re.compile(rf"[（(](?:本|全)?({SIGNS}|国家|全国|中央|部)?(?:本级|级)?[）)]$")
NOT_A_PLACE = re.compile(
    r"市政(?!务)|市(?:民|容|域|值|区)|省(?:际|力|心)|县[乡域]|区(?:县|位|号)|州府|旗[下舰]"
)
"""Words that begin with the sign of a division but name none."""
PROVINCIAL = re.compile(r"^[\u4e00-\u9fff]{2,12}(?<!办公)(?<![大餐展前歌舞客门影包])厅$")
"""Names of departments that only provinces and autonomous regions have."""
COUNTRYWIDE = re.compile(r"(?:国家|国务院|中共中央|中央)(?!.*(?:总局|总署|集团|公司).)")
LEVEL = {"省": "省级", "市": "市级", "州": "市级", "盟": "市级", "县": "县级", "旗": "县级", "区": "县级"}


@dataclass(frozen=True, slots=True)
class SaidPlace:
    """A name apart from its place. `core` is folded; `code` is the division named, "" when none is.

    `sign` is the word that names a division by its kind alone (省, 自治区), "" when none does.
    """

    core: str
    code: str = ""
    sign: str = ""


def said_place(name: str) -> SaidPlace:
    """The name parted into the place it says and the rest; a place that is certain wins over a sign."""
    text = name.strip()
    text = text if leading_regions(text) else simplify(text)
    behind = BEHIND.search(text)
    sign = behind[1] or "" if behind else ""
    text = text[: behind.start()] if behind and sign else text
    head = leading_regions(text)
    place = infer_region(text) if head else None
    rest = re.sub("^本?级", "", text[len(head) :])
    if place is not None and len(rest) >= SHORTEST:
        return SaidPlace(fold(rest), place.code)
    before = BEFORE.match(text)
    if before and _names_place(text, before):
        text, sign = text[before.end() :], sign or before[1]
    if sign in NATION.split("|") or sign == "部":
        return SaidPlace(fold(text), NATIONAL)
    return SaidPlace(fold(text), sign=sign)


def _names_place(text: str, before: re.Match[str]) -> bool:
    at = before.start(1)
    goes_on = NOT_A_PLACE.match(text, at) or (len(before[1]) == 1 and continued(text, at + 1))
    return not goes_on and len(text) - before.end() >= SHORTEST


def divisions_meant(sign: str, within: str) -> tuple[Region, ...]:
    """The divisions of this kind that the place of code `within` is or lies in, the widest first.

    Two remain where a sign has two meanings: 区 in a district of an autonomous region, 市 in a city of a
    county's rank. () when none does.
    """
    found = []
    place = region(within) if within else None
    while place is not None:
        if _is_of(place, sign):
            found.append(place)
        place = region(place.parent) if place.parent else None
    return tuple(reversed(found))


def division_of_unit(name: str, within: str) -> Region | None:
    """The division a unit's name means where the place of code `within` says it; None where none is certain.

    What the unit's place calls by its own kind is its own (市教育局 in a city of a county's rank); a 厅 is of
    a province or autonomous region even where it names none, a 区 without one of the district that speaks.
    """
    said = said_place(name)
    if said.code:
        return region(said.code)
    if not said.sign and PROVINCIAL.search(name):
        return region(within[:2]) if within else None
    meant = divisions_meant(said.sign, within)
    if said.sign == "区":
        own = name.endswith("厅")
        meant = tuple(one for one in meant if (one.level == "省级") == own or one.code == within)
    return meant[0] if meant and name.endswith("厅") else meant[-1] if meant else None


def is_of_kind(code: str, sign: str) -> bool:
    """Whether the division of this code is one of those that the sign (省, 市, 区) stands for."""
    place = region(code)
    return place is not None and _is_of(place, sign)


def is_national(unit: str) -> bool:
    """Whether a unit's name says that it is the whole country's; a branch of such a one is its region's."""
    return COUNTRYWIDE.match(unit.strip()) is not None


def _is_of(place: Region, sign: str) -> bool:
    if sign == "自治区":
        return place.name.endswith(sign)
    if sign == "市" and place.name.endswith("市"):
        return True
    if sign == "区" and place.name.endswith("自治区"):
        return True
    return place.level == LEVEL.get(sign)
