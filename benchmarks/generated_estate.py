"""Draws an estate of systems with planted pairs from the synthetic vocabulary, the same for the same seed."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal, NamedTuple

from examples.generate.vocabulary import Domain, Pair, domains, pairs, words
from kg.matching.description import Description, Item

FUNCTIONS, COMMON = 23, 4
PLANTED = 0.06
SEED = 20260301
Kind = Literal["copy", "reworded", "extended", "reskinned"]
KINDS: tuple[Kind, ...] = ("copy", "reworded", "extended", "reskinned")
ACTIONS: tuple[Pair, ...] = (
    ("登记", "建档"),
    ("审批", "审核办理"),
    ("查询", "检索"),
    ("统计", "汇总分析"),
    ("预警", "超限告警"),
    ("派单", "任务分派"),
    ("归档", "存档"),
    ("核验", "校验"),
    ("公示", "公开发布"),
    ("监测", "实时监控"),
    ("评价", "考评"),
    ("导出", "批量下载"),
    ("申报", "在线申请"),
    ("台账管理", "底册维护"),
    ("信息采集", "数据收集"),
    ("变更", "异动办理"),
    ("注销", "终止办理"),
    ("地图展示", "一张图显示"),
    ("移动巡查", "现场检查"),
    ("整改跟踪", "问题督办"),
)
PLACES_A, PLACES_B = "云青松白石金玉宁安平永长新清泰昌兴和广东", "江岚河鹭泉州阳陵川城海山林港口原湖溪门岭"
SHORTEST = 5
"""A wording of fewer characters leaves no object that could be told apart."""
QUALIFIERS = ("", "", "", "年度", "重点", "历史", "基层")


@dataclass(frozen=True, slots=True)
class Function:
    """A function in two wordings of object and action."""

    object: Pair
    action: Pair
    qualifier: str = ""

    def said(self, *, object_side: int = 0, action_side: int = 0) -> str:
        return f"{self.qualifier}{self.object[object_side]}{self.action[action_side]}"


class Planted(NamedTuple):
    """Two systems by id of which the second was made from the first."""

    a: str
    b: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class GeneratedEstate:
    """Descriptions in an order that says nothing, and the planted pairs among them."""

    descriptions: tuple[Description, ...]
    planted: tuple[Planted, ...]


def generated(systems: int, *, seed: int = SEED) -> GeneratedEstate:
    """An estate of so many systems of 23 functions each; 6 % of them were made from another one.

    Lines of business, themes within them and actions are drawn with falling frequency; four functions of
    each system are such as every system has.
    """
    chance = random.Random(seed)
    originals = round(systems * (1 - PLANTED))
    drawn = [_drawn(number, chance) for number in range(originals)]
    described = [described for described, _ in drawn]
    planted = []
    for number in range(originals, systems):
        kind = KINDS[number % len(KINDS)]
        source, functions = drawn[chance.randrange(originals)]
        made = _made(number, source, functions, kind=kind, chance=chance)
        described.append(made)
        planted.append(Planted(min(source.id, made.id), max(source.id, made.id), kind))
    chance.shuffle(described)
    return GeneratedEstate(tuple(described), tuple(planted))


def objects_of(domain: Domain) -> list[Pair]:
    """What the functions of a line of business are about, each in two wordings."""
    return list(dict.fromkeys(filter(None, map(_object, domain.functions))))


def _drawn(number: int, chance: random.Random) -> tuple[Description, list[Function]]:
    known = domains()
    domain = known[_falling(len(known), chance)]
    objects = objects_of(domain)
    start = chance.randrange(len(objects))
    themes = [objects[(start + k) % len(objects)] for k in range(min(6, len(objects)))]
    chosen: dict[str, Function] = {}
    while len(chosen) < FUNCTIONS - COMMON:
        theme = themes[_falling(len(themes), chance)]
        action = ACTIONS[_falling(len(ACTIONS), chance)]
        function = Function(theme, action, chance.choice(QUALIFIERS))
        chosen.setdefault(function.said(), function)
    functions = list(chosen.values())
    place = _place(chance)
    name = f"{place}{themes[0][0]}{chance.choice(words()['suffixes'])}"
    texts = [function.said() for function in functions] + _common(chance)
    return _described(number, name, department=f"{place}{domain.department}", texts=texts), functions


def _made(
    number: int, source: Description, functions: Sequence[Function], *, kind: Kind, chance: random.Random
) -> Description:
    """A system made from `source`, under another owner and name."""
    domain = _domain_of(source)
    place = _place(chance)
    common = [item.text for item in source.items[len(functions) :]]
    texts = list(_retold(functions, kind=kind, chance=chance)) + common
    brand = f"{place}{domain.brand}{chance.choice(words()['brand_suffixes'])}"
    name = f"{place}{source.name[3:]}" if kind == "extended" else brand
    return _described(number, name, department=f"{place}{domain.department}", texts=texts)


def _retold(functions: Sequence[Function], *, kind: Kind, chance: random.Random) -> Iterator[str]:
    for position, function in enumerate(functions):
        if kind == "reworded":
            yield function.said(action_side=int(chance.random() < 0.4))
        elif kind == "extended" and position % 4 == 3:
            yield f"{chance.choice(QUALIFIERS[3:])}{function.object[0]}{chance.choice(ACTIONS)[0]}"
        else:
            yield function.said(object_side=int(kind == "reskinned"))


def _described(number: int, name: str, *, department: str, texts: Sequence[str]) -> Description:
    items = tuple(Item(text) for text in dict.fromkeys(texts))
    return Description(f"system:{number:06d}", name, items=items, department=department)


def _domain_of(source: Description) -> Domain:
    return next(domain for domain in domains() if source.department.endswith(domain.department))


def _object(wordings: Pair) -> Pair | None:
    """What a function is about: its wordings less two characters of action at the end; None if short."""
    first, second = wordings
    return (first[:-2], second[:-2]) if len(first) >= SHORTEST and len(second) >= SHORTEST else None


def _common(chance: random.Random) -> list[str]:
    known, chosen = _everywhere(), dict[str, None]()
    while len(chosen) < COMMON:
        chosen.setdefault(known[_falling(len(known), chance)])
    return list(chosen)


@cache
def _everywhere() -> tuple[str, ...]:
    return tuple(wordings[0] for wordings in pairs("common"))


def _place(chance: random.Random) -> str:
    return f"{chance.choice(PLACES_A)}{chance.choice(PLACES_B)}市"


def _falling(count: int, chance: random.Random) -> int:
    """A position of which the first are likelier: the smaller of two even draws, in half of the cases."""
    first, second = chance.randrange(count), chance.randrange(count)
    return min(first, second) if chance.random() < 0.5 else first
