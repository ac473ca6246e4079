"""The library of questions: one file each, whose head says what it answers and what it wants to know."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from kg.errors import OntologyError, ValidationError

_PARAMETER = re.compile(r":param (?P<name>\w+)(?: = (?P<default>.+?))? \| (?P<meaning>.+)")
ENDING = ".cypher"


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a question wants to know; `default` is a JSON value, None when it must be given."""

    name: str
    meaning: str
    default: str | None


@dataclass(frozen=True, slots=True)
class Named:
    """One question: its text, and what it says of itself in Chinese."""

    name: str
    title: str
    text: str
    parameters: tuple[Parameter, ...]

    def filled(self, given: Mapping[str, object]) -> dict[str, object]:
        """The parameters to ask with.

        Raises:
            ValidationError: one that must be given is not, or one is given that the question does not know.
        """
        known = {parameter.name: parameter for parameter in self.parameters}
        unknown = sorted(set(given) - set(known))
        missing = sorted(name for name, one in known.items() if one.default is None and name not in given)
        if unknown or missing:
            told = [f"未知的参数 {'、'.join(unknown)}"] if unknown else []
            told += (
                [f"缺少参数 {'、'.join(f'{one}（{known[one].meaning}）' for one in missing)}"]
                if missing
                else []
            )
            raise ValidationError(f"查询 {self.name}：{'；'.join(told)}")
        defaults = {name: json.loads(one.default) for name, one in known.items() if one.default is not None}
        return defaults | dict(given)


@cache
def load_library() -> Mapping[str, Named]:
    """Every question by name, ascending."""
    folder = files("queries.cypher")
    names = sorted(one.name for one in folder.iterdir() if one.name.endswith(ENDING))
    found = (_read(name.removesuffix(ENDING), folder.joinpath(name).read_text("utf-8")) for name in names)
    return MappingProxyType({one.name: one for one in found})


def _read(name: str, text: str) -> Named:
    head = [line.removeprefix("//").strip() for line in text.splitlines() if line.startswith("//")]
    if not head:
        raise OntologyError(f"查询 {name} 没有说明")
    return Named(name, head[0], text, tuple(_parameters(name, head[1:])))


def _parameters(name: str, head: list[str]) -> Iterator[Parameter]:
    for line in head:
        if line.startswith(":param"):
            match = _PARAMETER.fullmatch(line)
            if match is None:
                raise OntologyError(f"查询 {name} 的参数说明有误：{line}")
            yield Parameter(match["name"], match["meaning"], match["default"])
