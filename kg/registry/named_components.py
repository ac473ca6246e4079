"""Shared components of other countries by name: SPID, DigiD, FranceConnect, GOV.UK Notify and others."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field
from pydantic import ValidationError as PydanticError

from kg.errors import OntologyError
from kg.registry.abilities import ability
from kg.text import fold, prose_of

BEFORE, BEHIND = r"(?<![\w.@#-])", r"(?![\w@#]|\.\w)"


class Form(BaseModel):
    """One way of writing a name; see the head of the file for what makes it count."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    text: str = Field(min_length=3)
    any_case: bool = False
    languages: tuple[str, ...] = ()
    beside: str = ""


class NamedComponent(BaseModel):
    """A component with the ability that it offers (None for a standard), its country and its source."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(pattern=r"^[a-z]+$")
    name: str
    kind: Literal["component", "standard"] = "component"
    country: str = Field(pattern=r"^[A-Z]{2}$")
    ability: str | None = None
    source: str = Field(min_length=3)
    forms: tuple[Form, ...] = Field(min_length=1)


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    version: int
    source: str
    components: tuple[NamedComponent, ...]


@dataclass(frozen=True, slots=True)
class ComponentMention:
    """Where a text names a component; offsets in code points, end exclusive."""

    start: int
    end: int
    component: NamedComponent


@cache
def named_components() -> tuple[NamedComponent, ...]:
    """Every component of the file, in its order.

    Raises: OntologyError when the file is not whole, an id stands twice, or an ability is not registered.
    """
    text = files("kg.registry").joinpath("named_components.yaml").read_text("utf-8")
    try:
        rows = _File.model_validate(yaml.safe_load(text)).components
    except (PydanticError, yaml.YAMLError) as error:
        raise OntologyError(f"components by name: {error}") from error
    unknown = [
        row.id for row in rows if (row.kind == "component") != bool(row.ability and ability(row.ability))
    ]
    if unknown or len({row.id for row in rows}) < len(rows):
        raise OntologyError(f"components by name: an id stands twice, or an ability is not known: {unknown}")
    return rows


def component_by_name(name: str) -> NamedComponent | None:
    """The component of exactly this name or form after folding; None when there is none."""
    return _by_name().get(fold(name))


def components_named(text: str, *, language: str | None) -> list[ComponentMention]:
    """The components that a text names, by place; none inside another: the longest form counts.

    `language` is the text's (ISO 639-1), None where it is not known.
    """
    # A name in an address or a path is part of a longer one.
    plain = prose_of(text)
    found: list[ComponentMention] = []
    at = 0
    for match in _pattern().finditer(plain):
        if match.start() < at:
            continue
        component = _meant(match[0], text, language)
        if component is not None:
            found.append(ComponentMention(match.start(), match.end(), component))
            at = match.end()
    return found


def _meant(written: str, text: str, language: str | None) -> NamedComponent | None:
    for form, component in _forms().get(written.casefold(), ()):
        if form.text != written and not form.any_case:
            continue
        spoken = not form.languages or language in form.languages
        if spoken and (not form.beside or _beside(form, text, written)):
            return component
    return None


def _beside(form: Form, text: str, written: str) -> bool:
    # The form itself may look like one of the words that must stand beside it.
    return re.search(form.beside, text.replace(written, " ")) is not None


@cache
def _forms() -> Mapping[str, tuple[tuple[Form, NamedComponent], ...]]:
    known: dict[str, tuple[tuple[Form, NamedComponent], ...]] = {}
    for component in named_components():
        for form in component.forms:
            key = form.text.casefold()
            known[key] = (*known.get(key, ()), (form, component))
    return known


@cache
def _pattern() -> re.Pattern[str]:
    texts = {form.text for component in named_components() for form in component.forms}
    longest = sorted(texts, key=lambda text: (-len(text), text))
    return re.compile(f"{BEFORE}(?:{'|'.join(map(re.escape, longest))}){BEHIND}", re.IGNORECASE)


@cache
def _by_name() -> Mapping[str, NamedComponent]:
    return {
        fold(name): component
        for component in reversed(named_components())
        for name in (component.name, *(form.text for form in component.forms if not form.beside))
    }
