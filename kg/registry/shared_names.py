"""Names that are a shared ability's own: 统一消息平台 is messaging, 不动产电子证照系统 not certificates."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

import yaml
from pydantic import BaseModel, ConfigDict, Field
from pydantic import ValidationError as PydanticError

from kg.errors import OntologyError
from kg.registry.abilities import abilities
from kg.text import fold

SHORTEST = 3
"""Characters; shorter names of abilities (CA, OA) are also parts of other words."""


class _Words(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    version: int
    source: str
    before: tuple[str, ...] = Field(min_length=1)
    behind: tuple[str, ...] = Field(min_length=1)
    for_all: tuple[str, ...] = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class SharedName:
    """What a name says: the registry id of the ability, and the words of it that tell one thing of its kind
    from another (人口库, 法人库). `for_all` tells that the name says it is shared (统一, 公共)."""

    ability: str
    stem: str
    for_all: bool


# Mentions are worded alike: the same names come again and again.
@lru_cache(maxsize=65536)
def shared_name(core: str) -> SharedName | None:
    """The shared ability that a name without its place is all about; None when it is about more, or none.

    Business platforms of the registry are no shared abilities.
    """
    plain = fold(core)
    for key, pattern in _patterns():
        if found := pattern.fullmatch(plain):
            return SharedName(key, found["word"], any(word in plain for word in _words().for_all))
    return None


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    words = _words()
    before, behind = _either(words.before), _either(words.behind)
    made = []
    for entry in abilities():
        known = (entry.name, *entry.aliases, *entry.mentions, *entry.endings)
        said = [name for name in known if len(name) >= SHORTEST]
        if entry.kind == "shared" and said:
            made.append((entry.id, re.compile(f"(?:{before}){{0,2}}?(?P<word>{_either(said)})(?:{behind})?")))
    return tuple(made)


def _either(words: Iterable[str]) -> str:
    folded = sorted({fold(word) for word in words}, key=lambda word: (-len(word), word))
    return "|".join(map(re.escape, folded))


@cache
def _words() -> _Words:
    text = files("kg.registry").joinpath("shared_names.yaml").read_text("utf-8")
    try:
        return _Words.model_validate(yaml.safe_load(text))
    except (PydanticError, yaml.YAMLError) as error:
        raise OntologyError(f"words around shared abilities: {error}") from error
