"""Prepares a description for comparison: cores of its names, its items, whom it belongs to, what it uses."""

import functools
import re
from dataclasses import dataclass

from kg.matching.description import Description
from kg.matching.encoder.onnx import prepared
from kg.matching.items import items_in
from kg.matching.names import brands, core, main_names, names_in
from kg.registry import find_region, infer_region, region

MAX_ITEMS = 60
"""Clauses of running text that are compared."""
MAX_FUNCTIONS = 500
"""Functions of a list that are compared: what a system copies may stand anywhere in a long one."""
AROUND = 4
"""Letters around the own name that do not make a clause a function: 建立…, 及时纳入…, …的建设."""
LEVELS = frozenset("国省市县")
_PLACE = re.compile(r"^(?![省市县区本全各])[\u4e00-\u9fff]{2,4}?(?:自治区|省|市|县|区|州市)")
_KIND = re.compile(r"(?:壮族|回族|维吾尔)?(?:自治区|省|市|县|区)$")


@dataclass(frozen=True, slots=True)
class Profile:
    """What the rules look at; `listed` says whether functions came as a list.

    `region` is "" when unknown, `level` (国, 省, 市, 县) likewise.
    """

    names: tuple[str, ...]
    cores: tuple[str, ...]
    items: tuple[str, ...]
    listed: bool
    region: str
    level: str
    department: str
    uses: frozenset[str]
    brands: frozenset[str]
    text: str


@functools.lru_cache(maxsize=4096)
def profile(description: Description) -> Profile:
    """The profile of a description; what it does not state is read from its text, never invented."""
    stated = tuple(name for name in (description.name, *description.aliases) if name)
    names = stated or main_names(description.text)
    functions = tuple(dict.fromkeys(item.text for item in description.items if item.text.strip()))
    items = functions if len(functions) >= 3 else functions + _told(items_in(description.text), names)
    used = {core(name) for name in description.uses}
    if not stated:
        used |= {core(named.name) for named in names_in(description.text) if named.role == "used"}
    cores = tuple(dict.fromkeys(core(name) for name in names))
    place = owner_region(description)
    return Profile(
        names,
        cores,
        items[: MAX_FUNCTIONS if len(functions) >= 3 else MAX_ITEMS],
        len(functions) >= 3,
        place,
        owner_level(place, prepared(description.department)),
        prepared(description.department),
        frozenset(used - set(cores)),
        brands(" ".join((*stated, description.text))),
        prepared(description.text),
    )


def _told(items: tuple[str, ...], names: tuple[str, ...]) -> tuple[str, ...]:
    """The items that say more than that the thing itself is built or fed."""
    own = tuple(prepared(name) for name in names[:1])
    return tuple(item for item in items if not any(_is_of(item, name) for name in own))


def _is_of(item: str, name: str) -> bool:
    return name in item and len(item) - len(name) <= AROUND


def owner_region(description: Description) -> str:
    """Where the owner is: what is declared, else how department or name begin: code, plain name or ""."""
    if description.region:
        return _code(description.region) or _short(description.region)
    for text in (description.department, description.name):
        if found := infer_region(text):
            return found.code
        if match := _PLACE.match(text):
            return _short(match.group())
    return ""


def owner_level(place: str, department: str) -> str:
    """The level of a place's code, else the one a department without a place says (省数据局); "" if none."""
    if place.isdigit():
        return {2: "省", 4: "市", 6: "县"}[max(2, len(place.rstrip("0")) + len(place.rstrip("0")) % 2)]
    return department[:1] if department[:1] in LEVELS else ""


@functools.lru_cache(maxsize=4096)
def _code(place: str) -> str:
    found = region(place) if place.isdigit() else find_region(place)
    return found.code if found else ""


def _short(place: str) -> str:
    text = prepared(place)
    shorter = _KIND.sub("", text)
    return shorter if len(shorter) >= 2 else text
