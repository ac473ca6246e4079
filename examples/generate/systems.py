"""The systems of the synthetic estate: who built what, with which functions, reuse and dependencies."""

import random
from dataclasses import dataclass

from examples.generate.vocabulary import Domain, components, domains, pairs, words

SEED = 20261124
SYSTEMS = 300
DEPARTMENTS = 40


@dataclass(frozen=True, slots=True)
class System:
    """One system as its unit reports it; money in ten thousand yuan."""

    name: str
    owner: str
    city: str
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
    """All systems in a fixed order: for every city and line of business one or more, in varying words."""
    chance = random.Random(SEED)
    owners = _owners()
    systems: list[System] = []
    rounds = 0
    while len(systems) < SYSTEMS:
        for domain in domains():
            for city in words()["cities"]:
                owner = f"{city}{domain.department}"
                if owner in owners and len(systems) < SYSTEMS:
                    systems.append(_system(chance, domain, city, turn=rounds, before=systems))
        rounds += 1
    return systems


def _owners() -> set[str]:
    departments = list(dict.fromkeys(domain.department for domain in domains()))
    every = [f"{city}{department}" for department in departments for city in words()["cities"]]
    return set(every[:DEPARTMENTS])


def _system(chance: random.Random, domain: Domain, city: str, *, turn: int, before: list[System]) -> System:
    local = [system.name for system in before if system.city == city]
    return System(
        name=_name(chance, domain, city, turn=turn),
        owner=f"{city}{domain.department}",
        city=city,
        functions=_functions(chance, domain, turn),
        reuses=tuple(c.name for c in chance.sample(components()[:12], chance.randint(0, 4))),
        linked=tuple(chance.sample(local, min(len(local), chance.randint(0, 2)))),
        budget=f"{chance.randint(300, 9000) / 10:.1f}",
        status=chance.choices(["在用", "试运行", "在建", "停用"], [80, 8, 8, 4])[0],
        grade=chance.choice(["第二级", "第三级"]),
        network=chance.choice(["政务外网", "互联网"]),
        launched=f"{chance.randint(2017, 2024)}年{chance.randint(1, 12)}月",
        kind=chance.choice(["新建", "升级改造", "新建"]),
    )


def _name(chance: random.Random, domain: Domain, city: str, *, turn: int) -> str:
    suffix = words()["suffixes"][(turn * 2 + len(domain.key)) % len(words()["suffixes"])]
    if turn == 0:
        return f"{city}{domain.object}{suffix}"
    if turn == 1:
        return f"“{domain.brand}”{chance.choice(['智慧平台', '应用', '数字驾驶舱'])}（{city}）"
    return f"{city}{domain.functions[turn % len(domain.functions)][0]}{suffix}"


def _functions(chance: random.Random, domain: Domain, turn: int) -> tuple[str, ...]:
    """Eight to twenty functions; every other round words them differently."""
    wording = 1 if turn % 2 else 0
    chosen = chance.sample(domain.functions, chance.randint(8, len(domain.functions)))
    listed = [pair[wording if chance.random() < 0.85 else 1 - wording] for pair in chosen]
    listed += [chance.choice(pair) for pair in chance.sample(pairs("common"), chance.randint(0, 5))]
    if chance.random() < 0.15:
        listed += [chance.choice(pair) for pair in pairs(chance.choice(["identity", "message", "seal"]))]
    return tuple(dict.fromkeys(listed))
