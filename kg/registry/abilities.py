"""The registry of shared abilities: electronic certificates, seals, identity, messaging and the others."""

from functools import cache
from importlib.resources import files
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field
from pydantic import ValidationError as PydanticError

from kg.errors import OntologyError
from kg.text import fold


class SharedAbility(BaseModel):
    """One ability with its other names, the functions it offers, and where it is attested.

    `mentions` mean it wherever they stand in prose; `endings` make a longer name one of its components.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(pattern=r"^[a-z]+$")
    name: str
    kind: Literal["shared", "business"]
    aliases: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    endings: tuple[str, ...] = ()
    functions: tuple[str, ...] = Field(min_length=1)
    standards: tuple[str, ...] = ()
    sources: tuple[str, ...] = Field(min_length=1)


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    version: int
    source: str
    abilities: tuple[SharedAbility, ...]


@cache
def abilities() -> tuple[SharedAbility, ...]:
    """Every shared ability, in the registry's order.

    Raises: OntologyError when the file is not whole or an id or name stands twice.
    """
    try:
        rows = _File.model_validate(yaml.safe_load(_text())).abilities
    except (PydanticError, yaml.YAMLError) as error:
        raise OntologyError(f"registry of abilities: {error}") from error
    if len({row.id for row in rows}) < len(rows) or len({row.name for row in rows}) < len(rows):
        raise OntologyError("registry of abilities: an id or a name stands twice")
    return rows


def _text() -> str:
    return files("kg.registry").joinpath("abilities.yaml").read_text("utf-8")


@cache
def _by_name() -> dict[str, SharedAbility]:
    names: dict[str, SharedAbility] = {}
    for ability in abilities():
        for name in (ability.name, *ability.aliases):
            names.setdefault(fold(name), ability)
    return names


def ability_by_name(name: str) -> SharedAbility | None:
    """The ability of exactly this name or alias after folding; None when there is none."""
    return _by_name().get(fold(name))


@cache
def _by_id() -> dict[str, SharedAbility]:
    return {ability.id: ability for ability in abilities()}


def ability(key: str) -> SharedAbility | None:
    """The ability with this registry id; None when there is none."""
    return _by_id().get(key)
