"""The five proposals: what each says, chapter by chapter, and what its modules cost."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from examples.generate import papers
from examples.generate.papers import Line, Paper
from examples.generate.systems import System, estate, reworded
from examples.generate.vocabulary import HERE, pairs
from examples.generate.workbooks import NOTE

PER_MODULE = 4
PERSON_MONTH = 2.0
"""Ten thousand yuan that one person-month costs."""


@dataclass(frozen=True, slots=True)
class _Module:
    name: str
    functions: tuple[str, ...]
    amount: int


def write_all(folder: Path) -> None:
    """Writes every proposal below `folder`, and what is expected of them."""
    folder.mkdir(parents=True, exist_ok=True)
    for row in _rows("proposals")["proposals"]:
        content = papers.pdf if row["file"].endswith(".pdf") else papers.docx
        (folder / row["file"]).write_bytes(content(_paper(row)))
    (folder / "expected.yaml").write_text(_expected(), "utf-8")


@cache
def _rows(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((HERE / f"{name}.yaml").read_text("utf-8"))
    return loaded


def _expected() -> str:
    rows = _rows("proposals")["proposals"]
    listed = [{"file": row["file"], "verdict": row["expected"], "why": row["why"]} for row in rows]
    head = "# 示例数据（虚构）：五份材料的预期结论，仅供测试对照。\n"
    return head + yaml.safe_dump({"version": 1, "proposals": listed}, allow_unicode=True, sort_keys=False)


def _paper(row: Mapping[str, Any]) -> Paper:
    base = _base(row["base"]) if "base" in row else None
    modules = _modules(row, base)
    chapters = _rows("chapters")
    software = sum(module.amount for module in modules)
    budget = [("软件开发费", software), *((name, amount) for name, amount in chapters["budget"])]
    total = sum(amount for _, amount in budget)
    goal = row["goal"].format(system=base.name if base else "")
    facts = {**row, "goal": goal, "total": total}
    lead, tail, after = (
        [(level, text.format_map(facts)) for level, text in chapters[part]]
        for part in ("lead", "tail", "after")
    )
    built = [(1, chapters["built"]), (0, chapters["intro"])]
    return Paper(
        title=row["name"],
        before=((0, NOTE), *lead, *built),
        lines=tuple(_lines(modules)),
        between=tuple(tail),
        budget=(*budget, ("合计", total)),
        after=tuple(after),
    )


def _base(where: Mapping[str, str]) -> System:
    """The main system of a line of business in a city."""
    return next(s for s in estate() if s.domain == where["domain"] and s.city == where["city"])


def _modules(row: Mapping[str, Any], base: System | None) -> list[_Module]:
    if base:
        words = _reskinned(base.functions) if row["reworded"] else base.functions
        groups = [words[start : start + PER_MODULE] for start in range(0, len(words), PER_MODULE)]
        groups += [tuple(group) for group in row.get("own", [])]
        names = list(_rows("chapters")["modules"])
    else:
        groups = [tuple(group) for group in row["own"]]
        names = list(_rows("chapters")["modules"][: len(groups)])
        for ability, name in row["rebuilt"].items():
            groups.append(tuple(pair[0] for pair in pairs(ability)))
            names.append(name)
    return [_Module(*told) for told in zip(names, groups, row["amounts"], strict=False)]


def _reskinned(functions: tuple[str, ...]) -> tuple[str, ...]:
    """Backwards, every second function in other words, the rest with a fashionable word put on."""
    fashion = _rows("chapters")["fashion"]
    told = zip(functions, reworded(functions), strict=True)
    words = [other if n % 2 else fashion[n % len(fashion)].format(own) for n, (own, other) in enumerate(told)]
    return tuple(reversed(words))


def _lines(modules: list[_Module]) -> Iterator[Line]:
    chapters = _rows("chapters")
    number = 0
    for order, module in enumerate(modules):
        subsystem = chapters["subsystems"][order * len(chapters["subsystems"]) // len(modules)]
        for function in module.functions:
            note = chapters["notes"][number % len(chapters["notes"])]
            number += 1
            effort = f"{module.amount / PERSON_MONTH:g}"
            yield Line(subsystem, f"{module.name}模块", function, note, effort, str(module.amount))
