"""The words the generator draws from."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Domain:
    """One line of business: who does it, its object, a brand, and its functions in two wordings."""

    key: str
    department: str
    object: str
    brand: str
    functions: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class Component:
    """One shared component of the province."""

    name: str
    ability: str
    status: str
    accreditation: str
    standards: str


@cache
def words() -> dict[str, Any]:
    """The vocabulary file as it stands."""
    loaded: dict[str, Any] = yaml.safe_load((HERE / "vocabulary.yaml").read_text("utf-8"))
    return loaded


@cache
def domains() -> tuple[Domain, ...]:
    """Every line of business."""
    return tuple(
        Domain(row["key"], row["department"], row["object"], row["brand"], _pairs(row["functions"]))
        for row in words()["domains"]
    )


def pairs(key: str) -> tuple[Pair, ...]:
    """Functions, in two wordings each, of a rebuilt ability (identity, message, seal) or common."""
    return _pairs(words()["common"] if key == "common" else words()["rebuilt"][key])


def _pairs(rows: list[list[str]]) -> tuple[Pair, ...]:
    return tuple((first, second) for first, second in rows)


@cache
def components() -> tuple[Component, ...]:
    """Every shared component."""
    rows = yaml.safe_load((HERE / "components.yaml").read_text("utf-8"))["components"]
    return tuple(Component(*row) for row in rows)
