"""Reads the word lists of matching and turns them into look-up tables."""

import functools
from importlib import resources

import yaml
from pydantic import BaseModel, ConfigDict


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Generic(_Strict):
    """Words that name no object: nouns every phrase may have, and particles."""

    nouns: frozenset[str]
    particles: frozenset[str]


class PhraseLexicon(_Strict):
    """Words by which function phrases are compared; `actions` maps a class to the words that stand for it."""

    version: int
    source: str
    generic: Generic
    actions: dict[str, tuple[str, ...]]
    compatible: tuple[tuple[str, str], ...]
    vetoes: tuple[tuple[str, str], ...]
    aliases: dict[str, str]

    @functools.cached_property
    def action_words(self) -> frozenset[str]:
        return frozenset(word for words in self.actions.values() for word in words)

    @functools.cached_property
    def idle_words(self) -> frozenset[str]:
        """Words without an object: generic nouns, particles and every action word."""
        return self.generic.nouns | self.generic.particles | self.action_words

    @functools.cached_property
    def compatible_pairs(self) -> frozenset[frozenset[str]]:
        return frozenset(frozenset(pair) for pair in self.compatible)


class NameLexicon(_Strict):
    """Words by which names of systems are found and reduced to what tells them apart."""

    version: int
    source: str
    heads: tuple[str, ...]
    generic: tuple[str, ...]
    keep: tuple[str, ...]
    phases: tuple[str, ...]
    provinces: tuple[str, ...]
    organs: tuple[str, ...]
    no_organs: tuple[str, ...]
    built: tuple[str, ...]
    used: tuple[str, ...]
    nouns_too: tuple[str, ...]
    stops: tuple[str, ...]
    clauses: tuple[str, ...]
    deploys: tuple[str, ...]

    @functools.cached_property
    def barriers(self) -> frozenset[str]:
        """Words at which a name in running text begins behind."""
        return frozenset((*self.built, *self.used, *self.stops))


class ProseLexicon(_Strict):
    """Words of running text that say who acts and with whom."""

    version: int
    source: str
    actors: tuple[str, ...]
    duties: tuple[str, ...]
    manners: tuple[str, ...]
    partners: tuple[str, ...]
    towards: tuple[str, ...]
    begins: tuple[str, ...]
    slogans: frozenset[str]


class AbilityRules(_Strict):
    """When resembling a shared ability is not a rebuild of it."""

    version: int
    source: str
    local_reminder: tuple[str, ...]
    reminders: tuple[str, ...]
    everywhere: frozenset[str]


@functools.cache
def ability_rules() -> AbilityRules:
    """The shipped rules of rebuilt abilities."""
    return AbilityRules.model_validate(_read("abilities.yaml"))


@functools.cache
def phrase_lexicon() -> PhraseLexicon:
    """The shipped lexicon of function phrases."""
    return PhraseLexicon.model_validate(_read("phrases.yaml"))


@functools.cache
def name_lexicon() -> NameLexicon:
    """The shipped lexicon of system names."""
    return NameLexicon.model_validate(_read("names.yaml"))


@functools.cache
def prose_lexicon() -> ProseLexicon:
    """The shipped lexicon of running text."""
    return ProseLexicon.model_validate(_read("prose.yaml"))


def _read(file: str) -> object:
    text = resources.files("kg.matching.lexicon").joinpath(file).read_text(encoding="utf-8")
    data: object = yaml.safe_load(text)
    return data
