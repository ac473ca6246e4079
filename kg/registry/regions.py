"""Administrative divisions of China: provinces, cities, counties; never a guess among namesakes."""

import csv
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from kg.registry.former import former_divisions, succeeded_names
from kg.text.normal import simplify

SUFFIXES = (
    "维吾尔自治区", "壮族自治区", "回族自治区", "特别行政区", "自治区", "自治州", "自治县", "自治旗",
    "地区", "林区", "新区", "省", "市", "县", "区", "盟", "旗",
)  # fmt: skip
ETHNIC = re.compile(
    "(?:(?:汉|回|藏|苗|彝|壮|满|侗|瑶|白|傣|黎|畲|羌|怒|京|水|土|哈尼|傈僳|佤|高山|拉祜|东乡|纳西|景颇|柯尔克孜|达斡尔"
    "|仫佬|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|乌孜别克|俄罗斯|鄂温克|德昂|保安|裕固|塔塔尔|独龙|鄂伦春|赫哲|门巴"
    "|珞巴|基诺|朝鲜|蒙古|哈萨克|布依|土家)族|柯尔克孜|哈萨克|蒙古|各族)+$"
)
PLACEHOLDERS = frozenset({"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"})
CONTRACTED = {"自治州": "州", "自治县": "县", "自治旗": "旗"}
LEVELS = {2: "省级", 4: "市级", 6: "县级"}
LONGEST_NAME = 16
NOT_ALONE = frozenset({"阿里", "白银", "安康", "兴安"})
"""Short names of cities that other names begin with more often (阿里云, 白银交易, 安康码)."""
LANDMARK = re.compile("湾|[东西南北中]?路(?![桥灯政网段])|街(?!道)|大道|大桥|大街")
"""What makes a short name part of another: 杭州湾 and 南京东路 are not of 杭州 and 南京."""
CONTINUED = re.compile("市场|区域|区块|区间|县域|委员")
"""Words that begin with the sign of a kind of division: 中山市场监管局 is of 中山, not of 中山市."""


@dataclass(frozen=True, slots=True)
class Region:
    """One division: six-digit GB/T 2260 code, full name, level 省级, 市级 or 县级, and the code above it."""

    code: str
    name: str
    level: str
    parent: str | None

    @property
    def short(self) -> str:
        """The name without kind of division and peoples, at least two characters (南宁市 → 南宁)."""
        suffix = next((s for s in SUFFIXES if self.name.endswith(s) and len(self.name) - len(s) >= 2), "")
        stem = self.name[: len(self.name) - len(suffix)]
        bare = ETHNIC.sub("", stem) if suffix in CONTRACTED else stem
        return bare if len(bare) >= 2 else stem

    @property
    def names(self) -> tuple[str, ...]:
        """Full name, short name and, of an autonomous division, the contracted one (凉山州)."""
        kind = next((one for one in CONTRACTED if self.name.endswith(one)), None)
        contracted = (self.short + CONTRACTED[kind],) if kind else ()
        return (self.name, *contracted, self.short)


@cache
def regions() -> Mapping[str, Region]:
    """Every division by code; the placeholder rows of the list (市辖区, 县) left out."""
    found: dict[str, Region] = {}
    for name in ("provinces", "cities", "areas"):
        for row in _rows(name):
            above = [_code(row[key]) for key in ("cityCode", "provinceCode") if key in row]
            # Districts of Beijing and counties under a province have a placeholder for a city.
            parent = next((code for code in above if code in found), None)
            made = Region(_code(row["code"]), row["name"], LEVELS[len(row["code"])], parent)
            # A city without districts stands again among the counties, under its own code.
            found.setdefault(made.code, made)
    return found


def _code(digits: str) -> str:
    return digits.ljust(6, "0")


def _rows(name: str) -> Iterator[dict[str, str]]:
    text = files("kg.registry").joinpath("regions", f"{name}.csv").read_text("utf-8")
    return (row for row in csv.DictReader(text.splitlines()) if row["name"] not in PLACEHOLDERS)


@cache
def _by_name() -> Mapping[str, tuple[Region, ...]]:
    names: dict[str, dict[str, Region]] = defaultdict(dict)
    for found in regions().values():
        for name in found.names:
            names[name][found.code] = found
    return {name: tuple(group.values()) for name, group in names.items()}


@cache
def _beginnings() -> frozenset[str]:
    """Names by which a longer text may begin: a bare 公安 or 资源 is more often a word than a county."""
    names: set[str] = set()
    for found in regions().values():
        full = {name for name in found.names if name != found.short or name == found.name}
        names |= {name for name in full if len(name) > 2 or not name.endswith("区")}
        if found.level != "县级" and found.short not in NOT_ALONE:
            names.add(found.short)
    return frozenset(names | succeeded_names())


def region(code: str) -> Region | None:
    """The division with this code, of two, four or six digits; None when there is none."""
    return regions().get(code.ljust(6, "0"))


def namesakes(name: str) -> tuple[Region, ...]:
    """All divisions of this full or short name, by code."""
    return _by_name().get(name, ())


def is_within(inner: str, outer: str) -> bool:
    """Whether the division `inner` is `outer` or lies in it, by code."""
    return _significant(inner).startswith(_significant(outer))


def _significant(code: str) -> str:
    while code.endswith("00"):
        code = code[:-2]
    return code


def find_region(name: str, *, within: str | None = None) -> Region | None:
    """The division a name means, full or short (广西, 南宁市, 山东省本级, 广西壮族自治区南宁市).

    `within` (a code) narrows namesakes; without it two characters alone (公安, 资源) name no county. A name
    that no division has any more means the one that bears on what had it (横县: 横州市). Traditional
    characters mean the simplified ones. None when no division or more than one has the name.
    """
    plain = name.strip().removesuffix("本级").removesuffix("级")
    candidates = _by_name().get(plain, ())
    if not candidates and (folded := simplify(plain)) != plain:
        plain, candidates = folded, _by_name().get(folded, ())
    if within is not None:
        candidates = tuple(found for found in candidates if is_within(found.code, within))
    else:
        candidates = tuple(found for found in candidates if not _is_bare_county(found, plain))
    if len(candidates) > 1:
        highest = min(len(_significant(found.code)) for found in candidates)
        candidates = tuple(found for found in candidates if len(_significant(found.code)) == highest)
    if len(candidates) == 1:
        return candidates[0]
    return (_renamed(plain, within) or _nested(plain, within)) if not candidates else None


def _renamed(name: str, within: str | None) -> Region | None:
    """The one division that succeeds all former ones of this name; None where one of them was dissolved."""
    past = former_divisions(name)
    near = [one for one in past if within is None or is_within(one.successor or one.code, within)]
    codes = {one.successor for one in near}
    code = codes.pop() if len(codes) == 1 else None
    return regions().get(code) if code else None


def _is_bare_county(found: Region, name: str) -> bool:
    return found.level == "县级" and len(name) == 2 and name != found.name


def _nested(name: str, within: str | None) -> Region | None:
    """A division named together with those above it, such as 广西南宁市青秀区."""
    head = leading_region(name)
    if not head or head == name:
        return None
    outer = find_region(head, within=within)
    return find_region(name[len(head) :], within=outer.code) if outer else None


def leading_region(text: str) -> str:
    """The longest name of a division that `text` starts with; "" when it starts with none.

    Of counties only names with their kind (青秀区) count, of provinces and cities short ones too (广西).
    """
    names = _beginnings()
    for length in range(min(LONGEST_NAME, len(text)), 1, -1):
        if text[:length] in names and not continued(text, length) and not _is_landmark(text, length):
            return text[:length]
    return ""


def _is_landmark(text: str, length: int) -> bool:
    return not text[:length].endswith(SUFFIXES) and LANDMARK.match(text, length) is not None


def continued(text: str, length: int) -> bool:
    """Whether the sign of a kind of division at the end of `text[:length]` belongs to a word that goes on."""
    return CONTINUED.match(text, length - 1) is not None


def leading_regions(text: str) -> str:
    """All that a text starts with of names of divisions, one inside the other (北京市朝阳区)."""
    length, found = 0, None
    while head := leading_region(text[length:]):
        nested = find_region(head, within=found.code if found else None)
        if nested is None and found is not None:
            break
        length, found = length + len(head), nested or found
    return text[:length]


def infer_region(text: str) -> Region | None:
    """The division a unit's name or a title starts with, as deep as it is certain; None when it is not."""
    plain = text.strip()
    folded = simplify(plain)
    return _inferred(plain) or (_inferred(folded) if folded != plain else None)


def _inferred(rest: str) -> Region | None:
    found: Region | None = None
    while head := leading_region(rest):
        nested = find_region(head, within=found.code if found else None)
        if nested is None or nested == found:
            break
        found, rest = nested, rest[len(head) :]
    return found
