"""The forms of the rule files, checked when they are loaded."""

import functools
import hashlib
from importlib import resources
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field

from ingest.extract.model import Label


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Versioned(_Strict):
    """What every rule file states of itself."""

    version: int = Field(ge=1)
    source: str = Field(min_length=1)


class Grammar(Versioned):
    """Words that begin, end, or stop a name."""

    heads: dict[Label, tuple[str, ...]]
    generic: dict[Label, tuple[str, ...]]
    generic_alone: tuple[str, ...]
    generic_mod: tuple[str, ...]
    stop: frozenset[str]
    stop_verb: frozenset[str]
    project_stop: frozenset[str]
    protect: tuple[str, ...]
    lead_strip: tuple[str, ...]
    lead_before_level: tuple[str, ...]
    before_place: tuple[str, ...]
    not_place: tuple[str, ...]
    modals: tuple[str, ...]
    whole_verbs: tuple[str, ...]
    noun_verbs: frozenset[str]
    plain_acts: frozenset[str]
    not_noun: tuple[str, ...]
    organ_ends: tuple[str, ...]
    organ_with_level: frozenset[str]
    head_not_before: dict[str, tuple[str, ...]]
    not_organ: tuple[str, ...]
    not_system: tuple[str, ...]
    project_signs: tuple[str, ...]
    used_cues: tuple[str, ...]
    joints: tuple[str, ...]
    turns: tuple[str, ...]
    anaphor_nouns: tuple[str, ...]
    anaphor_projects: frozenset[str]
    anaphor_after: tuple[str, ...]
    company_ends: tuple[str, ...]
    company_before: tuple[str, ...]
    level: tuple[str, ...]
    component_left: tuple[str, ...]
    component_right: tuple[str, ...]
    function_verbs: tuple[str, ...]
    function_tails: tuple[str, ...]
    not_function: tuple[str, ...]
    not_function_lists: tuple[str, ...]


class Systems(Versioned):
    """Names without a head word."""

    names: tuple[str, ...]


class FieldRule(_Strict):
    """One field of a notice: its possible keys, the label of its value, an example and a counterexample."""

    id: str
    label: Label
    keys: tuple[str, ...]
    positive: str
    negative: str


class Fields(Versioned):
    """All fields."""

    fields: tuple[FieldRule, ...]


class RelationRule(_Strict):
    """One pattern over a sentence in which every mention is one symbol."""

    id: str
    type: str
    pattern: str = Field(max_length=440)
    carry: str = ""
    inverse: bool = False
    subject_stays: bool = False
    positive: str
    negative: str

    @property
    def lesser_is_tail(self) -> bool:
        """Whether the tail slot holds what is used, needed or a part, and not the whole."""
        return self.type != "PART_OF" or self.inverse


class Moods(_Strict):
    """Patterns of words that say that a relation is not so, must not be, or is to be.

    `undone` stands right behind what is not so, `retired` before what becomes of the data of what is gone.
    """

    denied: str
    undone: str
    retired: str
    forbidden: str
    plan: str


class Relations(Versioned):
    """All relation patterns, in order of preference."""

    moods: Moods
    rules: tuple[RelationRule, ...]


class DetailRule(_Strict):
    """One pattern of a figure, its example and what the example gives."""

    id: str
    property: str
    kind: Literal["money", "period", "date", "grade", "text"]
    of: frozenset[Label]
    reach: Literal["sentence", "document"]
    pattern: str = Field(max_length=600)
    positive: str
    expect: str
    negative: str


class Details(Versioned):
    """All figures."""

    rules: tuple[DetailRule, ...]


def _read(name: str) -> str:
    return resources.files("ingest.extract").joinpath("rules", name).read_text(encoding="utf-8")


@functools.cache
def grammar() -> Grammar:
    """Returns the words of names."""
    return Grammar.model_validate(yaml.safe_load(_read("grammar.yaml")))


@functools.cache
def systems() -> Systems:
    """Returns the systems without a head word."""
    return Systems.model_validate(yaml.safe_load(_read("systems.yaml")))


@functools.cache
def fields() -> Fields:
    """Returns the fields of notices."""
    return Fields.model_validate(yaml.safe_load(_read("fields.yaml")))


@functools.cache
def relations() -> Relations:
    """Returns the relation patterns."""
    return Relations.model_validate(yaml.safe_load(_read("relations.yaml")))


@functools.cache
def details() -> Details:
    """Returns the patterns of figures."""
    return Details.model_validate(yaml.safe_load(_read("details.yaml")))


RULE_FILES = (
    "grammar.yaml",
    "systems.yaml",
    "fields.yaml",
    "relations.yaml",
    "details.yaml",
    "statistics.yaml",
)


@functools.cache
def rules_digest() -> str:
    """Returns 16 hex digits that change with any rule."""
    return hashlib.sha256("\0".join(_read(name) for name in RULE_FILES).encode()).hexdigest()[:16]


class Descriptions(Versioned):
    """Words that tell the roles of names in a description."""

    built: tuple[str, ...]
    used: tuple[str, ...]
    replaces: tuple[str, ...]
    declared: tuple[str, ...]
    tender: tuple[str, ...]
    lead: tuple[str, ...]
    actors: tuple[str, ...]
    function_triggers: tuple[str, ...]
    need_triggers: tuple[str, ...]


@functools.cache
def descriptions() -> Descriptions:
    """Returns the words of descriptions."""
    return Descriptions.model_validate(yaml.safe_load(_read("descriptions.yaml")))
