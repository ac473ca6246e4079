"""The systems of the synthetic estate: who built what, with which functions, reuse and dependencies."""

import random
from dataclasses import dataclass, replace

from examples.generate.vocabulary import Component, Domain, Pair, components, domains, pairs, words

SEED = 20261124
SYSTEMS = 300
LARGEST, LARGE_EVERY = 40, 9
"""Functions of the largest systems, and which of the systems of a city's departments are so large."""
PER_CITY = 8
"""Departments of each city; with five cities forty in all."""


@dataclass(frozen=True, slots=True)
class System:
    """One system as its unit reports it; money in ten thousand yuan."""

    name: str
    owner: str
    city: str
    domain: str
    functions: tuple[str, ...]
    reuses: tuple[str, ...]
    linked: tuple[str, ...]
    budget: str
    status: str
    grade: str
    network: str
    launched: str
    kind: str


def estate() -> list[System]:
    """All systems in a fixed order: the main ones, re-skinned ones, then small ones on a single theme."""
    chance = random.Random(SEED)
    places = _places()
    systems: list[System] = []
    for city, domain in places:
        name = f"{city}{domain.object}{_suffix(chance)}"
        systems.append(_system(chance, name, (city, domain), functions=_main(chance, domain), before=systems))
    large = slice(LARGE_EVERY - 1, len(places), LARGE_EVERY)
    systems[large] = [_enlarged(s, d) for s, (_, d) in zip(systems[large], places[large], strict=True)]
    for city, domain in places[3::4]:
        systems.append(_reskinned(chance, city, domain, before=systems))
    themes = [(place, turn) for turn in range(12) for place in places]
    for (city, domain), turn in themes[: SYSTEMS - len(systems)]:
        theme = domain.functions[(turn * 5 + len(city + domain.object)) % 12]
        name = f"{city}{theme[0]}{_suffix(chance)}"
        found = _themed(chance, domain, theme)
        systems.append(_system(chance, name, (city, domain), functions=found, before=systems))
    return systems


def again(systems: list[System]) -> list[System]:
    """Every twenty-fifth system as the province reports it too: other name form, other wording."""
    return [
        replace(s, name=s.name.replace("市", "市全市", 1), functions=reworded(s.functions))
        for s in systems[::25]
    ]


def reworded(functions: tuple[str, ...]) -> tuple[str, ...]:
    """The functions in their other wording, where one is known."""
    every = [pair for domain in domains() for pair in domain.functions] + list(pairs("common"))
    other = {word: pair[pair[0] == word] for pair in every for word in pair}
    return tuple(other.get(word, word) for word in functions)


def later(systems: list[System]) -> list[System]:
    """The systems half a year later: two are gone, three have gone out of use."""
    kept = systems[:10] + systems[11:20] + systems[21:]
    return [replace(system, status="停用") if n in {4, 14, 24} else system for n, system in enumerate(kept)]


def _places() -> list[tuple[str, Domain]]:
    """Every city with the lines of business of its departments; neighbours share half of them."""
    departments = list(dict.fromkeys(domain.department for domain in domains()))
    places = []
    for number, city in enumerate(words()["cities"]):
        start = number * PER_CITY // 2
        own = {departments[(start + step) % len(departments)] for step in range(PER_CITY)}
        places += [(city, domain) for domain in domains() if domain.department in own]
    return places


def _suffix(chance: random.Random) -> str:
    chosen: str = chance.choice(words()["suffixes"])
    return chosen


def _reskinned(chance: random.Random, city: str, domain: Domain, *, before: list[System]) -> System:
    """The line's functions reworded, under the brand's name, by another department of the city."""
    owners = sorted(
        {system.owner for system in before if system.city == city} - {f"{city}{domain.department}"}
    )
    functions = tuple(pair[1] for pair in chance.sample(domain.functions, chance.randint(9, 12)))
    name = f"“{domain.brand}”{chance.choice(words()['brand_suffixes'])}（{city}）"
    system = _system(chance, name, (city, domain), functions=functions, before=before)
    return replace(system, owner=chance.choice(owners))


def _system(
    chance: random.Random,
    name: str,
    place: tuple[str, Domain],
    *,
    functions: tuple[str, ...],
    before: list[System],
) -> System:
    city, domain = place
    local = [system.name for system in before if system.city == city]
    return System(
        name=name,
        owner=f"{city}{domain.department}",
        city=city,
        domain=domain.key,
        functions=functions,
        reuses=tuple(_called(chance, c) for c in chance.sample(components()[:12], chance.randint(0, 4))),
        linked=tuple(chance.sample(local, min(len(local), chance.randint(0, 2)))),
        budget=f"{len(functions) * chance.randint(30, 150) / 5:.1f}",
        status=chance.choices(["在用", "试运行", "在建", "停用"], [80, 8, 8, 4])[0],
        grade=chance.choice(["第二级", "第三级"]),
        network=chance.choice(["政务外网", "互联网"]),
        launched=f"{chance.randint(2017, 2024)}年{chance.randint(1, 12)}月",
        kind=chance.choice(["新建", "升级改造", "新建"]),
    )


def _called(chance: random.Random, component: Component) -> str:
    """Units write the component's full name, or only the ability it offers."""
    return component.name if chance.random() < 0.7 else component.ability


def _main(chance: random.Random, domain: Domain) -> tuple[str, ...]:
    """All functions of the line in mixed wording, some general ones, sometimes a rebuilt ability."""
    listed = [pair[0 if chance.random() < 0.8 else 1] for pair in domain.functions]
    listed += _general(chance, chance.randint(0, 6))
    if chance.random() < 0.2:
        ability = chance.choice(["identity", "message", "seal"])
        listed += [chance.choice(pair) for pair in pairs(ability)]
    if chance.random() < 0.15:
        listed += [chance.choice(words()["aspects"]).format(pair[0]) for pair in domain.functions]
    return tuple(dict.fromkeys(listed))


def _enlarged(system: System, domain: Domain) -> System:
    """The system with every function of its line in detail, up to the largest number."""
    details = (aspect.format(pair[0]) for aspect in words()["aspects"] for pair in domain.functions)
    functions = dict.fromkeys((*system.functions, *details))
    return replace(system, functions=tuple(functions)[:LARGEST])


def _themed(chance: random.Random, domain: Domain, theme: Pair) -> tuple[str, ...]:
    """One function of the line in detail, one beside it, and many general ones."""
    beside = chance.choice(domain.functions)
    listed = [theme[0]] + [aspect.format(theme[1]) for aspect in chance.sample(words()["aspects"], 4)]
    listed += [beside[1], *_general(chance, chance.randint(4, 9))]
    if chance.random() < 0.1:
        listed += [pair[0] for pair in pairs(chance.choice(["identity", "message"]))]
    return tuple(dict.fromkeys(listed))


def _general(chance: random.Random, number: int) -> list[str]:
    return [chance.choice(pair) for pair in chance.sample(pairs("common"), number)]
