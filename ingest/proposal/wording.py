"""The wordings by which tables, facts, functions and ties of a proposal are known."""

import re
from decimal import Decimal
from functools import cache
from importlib import resources

import yaml
from pydantic import BaseModel, ConfigDict, Field

Words = tuple[str, ...]


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Versioned(_Strict):
    """What every file of wordings states of itself."""

    version: int = Field(ge=1)
    source: str = Field(min_length=1)


class Example(_Strict):
    """One pattern with a text that it must find something in and one that it must not."""

    pattern: str = Field(max_length=600)
    positive: str
    negative: str


class TableWording(Versioned):
    """Headings, captions and rows of tables; `weights` add up to what makes a table of its kind."""

    columns: dict[str, Words]
    affixes: Words
    captions: dict[str, Words]
    weights: dict[str, dict[str, int]]
    enough: dict[str, int]
    totals: frozenset[str]
    grand: frozenset[str]
    subtotals: frozenset[str]
    other_costs: Words
    fees: Words
    functional: Words
    parts: Words
    roots: Words
    same_as_above: frozenset[str]
    efforts: dict[str, Decimal]
    marks: frozenset[str]


class Composed(_Strict):
    """A label put together of parts, which must match whole; `fits` is what its value must hold."""

    kind: str
    label: str = Field(max_length=600)
    fits: str = ""
    positive: str
    negative: str


class Said(Example):
    """A way to tell a fact in a sentence; the first group of its pattern is the value."""

    kind: str


class FactWording(Versioned):
    """Labels of facts, the most telling first, and what prose says in their place."""

    facts: dict[str, Words]
    empty: frozenset[str]
    composed: tuple[Composed, ...]
    ended: str
    prose: str
    said: tuple[Said, ...]
    money: tuple[Example, ...]
    not_money: Words
    unit_prose: tuple[Example, ...]
    unit_line: str
    papers: Words
    papers_joined: Words
    paper_notes: str
    request: str
    named: str
    tail: str


class TieRule(Example):
    """One way to say that a system is used, replaced, or deployed; a `whole` one not of a component."""

    id: str
    role: str = Field(pattern="^(?:uses|replaces|deploys)$")
    general: bool = False
    whole: bool = False


class TieWording(Versioned):
    """How ties to other systems are said, denied, and hidden in a name."""

    qualifier: str
    own: str
    negation: str
    negation_gap: int
    denied_after: str
    cues: Words
    things: Words
    generic: frozenset[str]
    edge: str
    cut: str
    lead: str
    referring: str
    apposed: str
    sites: str
    successor: str
    skip: Words
    plan: str
    rules: tuple[TieRule, ...]
    names: tuple[Example, ...]
    build_kinds: str


class ProseWording(Versioned):
    """How running text names functions."""

    sections: Words
    leave: Words
    chapter: str
    module: Example
    line: Example
    ordinal: Example
    listed: Example
    plain: Example
    confidence: dict[str, float]
    tails: str


@cache
def tables() -> TableWording:
    """The wordings of tables."""
    return TableWording.model_validate(_read("tables/tables.yaml"))


@cache
def facts() -> FactWording:
    """The wordings of facts of the head."""
    return FactWording.model_validate(_read("head/facts.yaml"))


@cache
def ties() -> TieWording:
    """The wordings of ties to other systems."""
    return TieWording.model_validate(_read("ties/ties.yaml"))


@cache
def prose() -> ProseWording:
    """The wordings of functions in running text."""
    return ProseWording.model_validate(_read("prose/prose.yaml"))


def _read(name: str) -> object:
    return yaml.safe_load(resources.files("ingest.proposal").joinpath(name).read_text("utf-8"))


@cache
def any_of(words: Words) -> re.Pattern[str]:
    """A pattern of any of the words, the longest first; spaces may stand between Han characters."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return re.compile("|".join(_spaced(word) for word in ordered), re.IGNORECASE)


def _spaced(word: str) -> str:
    return r"\s*".join(map(re.escape, word)) if not word.isascii() else re.escape(word)
