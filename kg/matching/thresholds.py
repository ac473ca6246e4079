"""Thresholds of matching, as data with the set each was measured on."""

import functools
from importlib import resources
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Bands(_Strict):
    """Limits of a phrase score: `same` and above is one function, `review` and above needs a look."""

    same: float
    review: float
    certain: float
    measured: str


class ListLimits(_Strict):
    """When two functions of two lists are one: `likeness` of the assigned pair and its phrase `score`.

    From a likeness of `reworded` on, two wordings count as one function said anew.
    """

    likeness: float
    score: float
    reworded: float
    measured: str


class PhraseThresholds(_Strict):
    """Bands with the sentence model and without it, and the limits that hold inside lists."""

    semantic: Bands
    lexical: Bands
    lists: ListLimits


class AbilityBands(_Strict):
    """Limits of a likelihood: from `certain` on it is the ability, from `possible` on a person must look."""

    certain: float
    possible: float
    measured: str


class AbilityThresholds(_Strict):
    """Limits of "this function is one of that shared ability", with the sentence model and without it.

    A component lists a function itself from a likeness of `provided` and a phrase score of `agreed` on.
    """

    semantic: AbilityBands
    lexical: AbilityBands
    provided: float
    agreed: float


class PairThresholds(_Strict):
    """Limits of the rules that tell two systems apart; all on features of 0..1."""

    low: float
    low_apart: float
    akin: float
    aligned: float
    order: float
    told_order: float
    core_equal: float
    core_near: float
    near_aligned: float
    named: float
    named_aligned: float
    verbatim: float
    conflict: float
    told_conflict: float
    objects: float
    replaced: float
    ramp: tuple[float, float]
    list_ramp: tuple[float, float]
    match: float
    measured: str


class Thresholds(_Strict):
    """All thresholds; `version` goes into the basis of every report."""

    version: int
    phrases: PhraseThresholds
    abilities: AbilityThresholds
    pairs: PairThresholds


@functools.cache
def thresholds() -> Thresholds:
    """The thresholds shipped with the package."""
    text = resources.files("kg.matching").joinpath("thresholds.yaml").read_text(encoding="utf-8")
    return Thresholds.model_validate(yaml.safe_load(text))


def ability_bands(mode: Literal["semantic", "lexical"]) -> AbilityBands:
    """The limits that hold for likelihoods made with such vectors."""
    limits = thresholds().abilities
    return limits.semantic if mode == "semantic" else limits.lexical
