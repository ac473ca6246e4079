"""Draws a review season of proposals with planted groups from the synthetic vocabulary, by its seed."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from benchmarks.generated_estate import PLACES_A, PLACES_B
from examples.generate.vocabulary import Domain, Pair, domains, pairs, words

Kind = Literal["same_need", "split", "returned", "joint_build"]
SIZE = 60
NEEDS, SPLITS, RETURNS, JOINTS, NEIGHBOURS = 8, 6, 5, 3, 4
PER_MODULE, MODULES = 4, 5
COMMON = 3
CITIES = 5
REWORDED = 0.5
"""Share of functions that a second asker words differently, each of their two parts by itself."""
YEAR = "2026"
UNIT_TOP = 2_000_000
"""Yuan below which each part of a split stands, and which all parts together reach."""
ASPECTS: tuple[Pair, ...] = (
    ("{}", "{}"),
    ("{}记录查询", "{}台账检索"),
    ("{}统计分析", "{}情况汇总"),
    ("{}超期预警", "{}逾期提醒"),
    ("{}任务分派", "{}工单派发"),
    ("{}结果公示", "{}结果公开"),
    ("{}数据上报", "{}信息报送"),
    ("{}移动端办理", "{}掌上办"),
)
OTHER_UNITS = ("大数据发展局", "政务服务中心", "行政审批局")
PARTS = ("（一期）", "（二期）", "（三期）")
PROSE, PLAN_KEPT = 15, 10
"""Sentences of the background of a paper, and how many of them parts of one plan keep."""
OF_UNIT = (
    "{unit}内设{n}个科室，负责本行政区域内相关业务的组织实施和监督检查",
    "{unit}现有工作人员{n}名，日常工作依靠电子表格和纸质台账完成",
    "近年来{unit}按照统一部署推进业务数字化，形成了较好的工作基础",
)
OF_FIELD = (
    "{field}目前覆盖{n}个点位，仍有{m}个点位没有纳入统一的台账",
    "上一年度{field}共办理业务{n}件，其中线上办理的不足{m}件",
    "{field}涉及{m}家单位，数据分散保存，口径不一致，汇总一次需要{n}个工时",
    "群众对{field}的意见主要集中在办理时间长，平均需要往返{m}次",
    "按照年度计划，{field}要在{m}个月内完成改造，减少人工填报{n}项",
    "{field}的历史资料共{n}卷，查找一份资料平均需要{m}分钟",
    "现有手段无法及时掌握{field}的动态，{n}起情况中有{m}起发现较晚",
    "{field}的业务人员有{m}名，人均负责{n}个对象，工作强度较大",
    "建成后{field}的办理时限预计缩短{m}个工作日，每年节约支出约{n}万元",
    "{field}每年产生报表{n}份，其中{m}份需要重复录入",
    "调研中走访了{m}个基层站所，收集到关于{field}的建议{n}条",
    "{field}现用的{m}台终端购置较早，{n}项功能已经停止维护",
    "经测算，{field}高峰时段每小时受理{n}笔，现有窗口只能办理{m}笔",
    "{field}已与{m}个部门商定数据接口，尚有{n}项数据没有来源",
)
VENDORS = ("数科技术", "云创软件", "智联信息")
LOTS = ("（A包）", "（B包）", "（C包）")


@dataclass(frozen=True, slots=True)
class Module:
    """A module: a function of the line of business and what is done about it; money in yuan."""

    title: Pair
    functions: tuple[tuple[Pair, Pair], ...]
    amount: int


@dataclass(frozen=True, slots=True)
class Drawn:
    """One proposal as it is to be written; functions by module, in its own wording."""

    file: str
    name: str
    department: str
    modules: tuple[tuple[str, int, tuple[str, ...]], ...]
    common: tuple[str, ...]
    vendor: str = ""
    prose: tuple[str, ...] = ()

    @property
    def budget(self) -> int:
        """Yuan of all modules."""
        return sum(amount for _, amount, _ in self.modules)


@dataclass(frozen=True, slots=True)
class Planted:
    """Files that belong together; a returned one stands with the name of the refused project."""

    kind: Kind
    files: tuple[str, ...]
    how: str


@dataclass(frozen=True, slots=True)
class DrawnSeason:
    """The proposals of the season, those refused before it, and what was planted."""

    papers: tuple[Drawn, ...]
    refused: tuple[Drawn, ...]
    planted: tuple[Planted, ...]


def drawn_season(seed: int, size: int = SIZE) -> DrawnSeason:
    """A season of so many proposals, the same for the same seed."""
    return _Drawing(random.Random(seed), size).season()


class _Drawing:
    def __init__(self, chance: random.Random, size: int) -> None:
        self._chance, self._size = chance, size
        self._domains = list(domains())
        chance.shuffle(self._domains)
        self._cities = [
            f"{a}{b}市"
            for a, b in zip(*(chance.sample(p, CITIES) for p in (PLACES_A, PLACES_B)), strict=True)
        ]
        self._papers: list[Drawn] = []
        self._refused: list[Drawn] = []
        self._planted: list[Planted] = []

    def season(self) -> DrawnSeason:
        for number in range(NEIGHBOURS):
            self._neighbours(number)
        for plant, times in ((self._need, NEEDS), (self._split, SPLITS), (self._return, RETURNS)):
            for number in range(times):
                plant(number)
        for _ in range(JOINTS):
            self._joint()
        while len(self._papers) < self._size:
            self._add(self._alone())
        order = list(self._papers)
        self._chance.shuffle(order)
        return DrawnSeason(tuple(order), tuple(self._refused), tuple(self._planted))

    def _alone(self) -> Drawn:
        """A project that has no like; of a line of business that is taken, functions nobody asks for."""
        if self._domains:
            domain, taken = self._next(), tuple[Module, ...]()
        else:
            domain = self._chance.choice(tuple(domains()))
            told = {title.removesuffix("模块") for paper in self._papers for title, _, _ in paper.modules}
            taken = tuple(Module(t, (), 0) for t in domain.functions if told & set(t))
        units = {paper.department for paper in self._papers}
        free = [place for place in self._cities if f"{place}{domain.department}" not in units]
        return self._paper(domain, self._chance.choice(free), self._modules(domain, beside=taken))

    def _neighbours(self, number: int) -> None:
        """Two small projects of one unit that have nothing to do with each other."""
        groups: dict[str, list[Domain]] = {}
        for domain in self._domains:
            groups.setdefault(domain.department, []).append(domain)
        two = [group for group in groups.values() if len(group) > 1][number % 4][:2]
        place = self._place()
        for domain in two:
            self._domains.remove(domain)
            self._add(self._paper(domain, place, self._modules(domain, count=3)))

    def _need(self, number: int) -> None:
        domain, place = self._next(), self._place()
        modules = self._modules(domain)
        first = self._add(self._paper(domain, place, modules))
        unit = place + self._chance.choice(OTHER_UNITS) if number % 2 else ""
        kept = modules if number % 3 else modules[:-1] + self._modules(domain, beside=modules, count=1)
        second = self._add(self._retold(domain, place, kept, unit=unit, branded=number % 4 != 3))
        self._planted.append(Planted("same_need", (first.file, second.file), "other unit" if unit else ""))

    def _split(self, number: int) -> None:
        domain, place = self._next(), self._place()
        count = 2 + number % 2
        modules = self._modules(domain, count=3 * count, least=350_000, most=600_000)
        whole = f"{place}{domain.object}{self._suffix()}"
        vendor, plan = self._vendor(place), self._prose(domain, place)
        files = []
        for part in range(count):
            own = modules[part * 3 : part * 3 + 3]
            paper = self._paper(domain, place, own)
            name, unit = paper.name, paper.department
            match number % 4:
                case 0:
                    name = f"{whole}{PARTS[part]}"
                case 1:
                    name = f"{place}{domain.object}{own[0].title[0]}子系统"
                case 2:
                    name = f"{whole}{LOTS[part]}"
                case _:
                    name = f"{place}{own[0].title[0]}与{own[1].title[0]}{self._suffix()}"
            told = (*self._chance.sample(plan, PLAN_KEPT), *paper.prose[: PROSE - PLAN_KEPT])
            part_of = replace(paper, name=name, department=unit, vendor=vendor, prose=told)
            files.append(self._add(part_of).file)
        self._planted.append(
            Planted("split", tuple(files), ("phases", "modules", "lots", "names")[number % 4])
        )

    def _return(self, number: int) -> None:
        domain, place = self._next(), self._place()
        modules = self._modules(domain)
        before = replace(self._paper(domain, place, modules), file=f"refused-{number}.json")
        self._refused.append(before)
        unit = place + self._chance.choice(OTHER_UNITS) if number % 2 else ""
        again = self._retold(domain, place, modules, unit=unit, branded=number % 3 != 1)
        name = again.name if number % 3 != 1 else before.name
        if not unit and name == before.name:
            name = f"{place}数字化{domain.object}应用"
        added = self._add(replace(again, name=name))
        self._planted.append(
            Planted("returned", (added.file, before.name), "other unit" if unit else "other name")
        )

    def _joint(self) -> None:
        domain = self._next()
        modules = self._modules(domain, count=4)
        files = []
        for place in self._chance.sample(self._cities, 3):
            own = self._modules(domain, beside=modules, count=1)
            paper = self._retold(domain, place, (*modules, *own), branded=False)
            files.append(self._add(paper).file)
        self._planted.append(Planted("joint_build", tuple(files), ""))

    def _next(self) -> Domain:
        return self._domains.pop()

    def _place(self) -> str:
        """A city of the season; a department of a city may apply for several things."""
        return self._chance.choice(self._cities)

    def _suffix(self) -> str:
        suffix: str = self._chance.choice(words()["suffixes"])
        return suffix

    def _modules(
        self,
        domain: Domain,
        *,
        count: int = MODULES,
        beside: Sequence[Module] = (),
        least: int = 150_000,
        most: int = 480_000,
    ) -> tuple[Module, ...]:
        """Modules of a line of business, none of those `beside` them."""
        taken = {module.title for module in beside}
        free = [titled for titled in domain.functions if titled not in taken]
        chosen = self._chance.sample(free, min(count, len(free)))
        return tuple(self._module(titled, self._chance.randrange(least, most, 10_000)) for titled in chosen)

    def _module(self, title: Pair, amount: int) -> Module:
        aspects = [ASPECTS[0], *self._chance.sample(ASPECTS[1:], PER_MODULE - 1)]
        return Module(title, tuple((title, aspect) for aspect in aspects), amount)

    def _paper(self, domain: Domain, place: str, modules: Sequence[Module]) -> Drawn:
        name = f"{place}{domain.object}{self._suffix()}"
        told = tuple(
            (f"{module.title[0]}模块", module.amount, tuple(a[0].format(w[0]) for w, a in module.functions))
            for module in modules
        )
        unit = f"{place}{domain.department}"
        prose = self._prose(domain, place)
        return Drawn("", name, unit, told, self._common(), self._vendor(place), prose)

    def _prose(self, domain: Domain, place: str) -> tuple[str, ...]:
        """What a paper says of its field and its unit; the unit says the same of itself in every paper."""
        unit = f"{place}{domain.department}"
        own = random.Random(unit)
        told = [sentence.format(unit=unit, n=own.randrange(3, 90)) for sentence in OF_UNIT]
        chance = self._chance
        told += [
            sentence.format(
                field=f"{place}{domain.object}", n=chance.randrange(11, 980), m=chance.randrange(3, 97)
            )
            for sentence in chance.sample(OF_FIELD, PROSE - len(OF_UNIT))
        ]
        return tuple(told)

    def _vendor(self, place: str) -> str:
        """One of the firms of a city; several departments work with the same."""
        return f"{place[:2]}{self._chance.choice(VENDORS)}有限公司"

    def _retold(
        self,
        domain: Domain,
        place: str,
        modules: Sequence[Module],
        *,
        unit: str = "",
        branded: bool = True,
    ) -> Drawn:
        """The same modules as somebody else would ask for them: other order, other words, other money."""
        chance = self._chance
        suffix = chance.choice(words()["brand_suffixes"])
        name = f"{place}{domain.brand}{suffix}" if branded else f"{place}{domain.object}{self._suffix()}"
        told = [
            (f"{self._either(m.title)}模块", m.amount + chance.randrange(-3, 4) * 10_000, self._words(m))
            for m in modules
        ]
        chance.shuffle(told)
        owner = unit or f"{place}{domain.department}"
        prose = self._prose(domain, place)
        return Drawn("", name, owner, tuple(told), self._common(), self._vendor(place), prose)

    def _words(self, module: Module) -> tuple[str, ...]:
        told = [self._either(aspect).format(self._either(title)) for title, aspect in module.functions]
        self._chance.shuffle(told)
        return tuple(told)

    def _either(self, wordings: Pair) -> str:
        return wordings[int(self._chance.random() < REWORDED)]

    def _common(self) -> tuple[str, ...]:
        return tuple(self._either(pair) for pair in self._chance.sample(pairs("common"), COMMON))

    def _add(self, paper: Drawn) -> Drawn:
        added = replace(paper, file=f"{len(self._papers) + 1:03d}.docx")
        self._papers.append(added)
        return added


def rows(paper: Drawn) -> Iterator[tuple[str, str, str, str]]:
    """The function list of a paper: number, module, function, ten thousand yuan of each."""
    number = 0
    for title, amount, functions in paper.modules:
        for function in functions:
            number += 1
            yield (
                str(number),
                title,
                function,
                f"{amount / len(functions) / 10_000:.4f}".rstrip("0").rstrip("."),
            )
