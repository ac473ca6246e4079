"""Reads the rules by which proposals of one review season are grouped."""

import re
from collections.abc import Sequence
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Literal

import yaml
from pydantic import Field
from pydantic import ValidationError as PydanticError

from kg.errors import OntologyError
from kg.matching.encoder.port import Mode
from queries.policy.loading import Strict, Threshold

GroupKind = Literal["same_need", "split", "returned", "joint_build"]


class Limit(Strict):
    """An amount in yuan from which more is asked of a project; where, for whom and since when it holds."""

    name: str
    amount: int = Field(gt=0)
    regions: tuple[str, ...]
    levels: tuple[str, ...]
    start: date = Field(alias="from")
    end: date | None = Field(alias="to")
    source: str
    note: str

    def holds(self, *, level: str, year: str) -> bool:
        """Whether it is in force for a unit of this level in this year; "" where one is not known."""
        in_force = not year or (
            str(self.start.year) <= year and (self.end is None or year <= str(self.end.year))
        )
        return in_force and (not self.levels or not level or level in self.levels)


class SeasonThresholds(Strict):
    """From which share of functions two proposals belong together, and how many are compared."""

    neighbours: Threshold
    background: Threshold
    need_share: Threshold
    need_share_lexical: Threshold
    other_share: Threshold
    other_share_lexical: Threshold
    apart_share: Threshold
    apart_share_lexical: Threshold
    apart_other_share: Threshold
    apart_other_share_lexical: Threshold
    quoted_score: Threshold
    joint_units: Threshold
    whole_signs: Threshold
    whole_share: Threshold
    vendor_share: Threshold
    prose_share: Threshold
    prose_sentences: Threshold


class SeasonRules(Strict):
    """The whole policy of grouping."""

    version: int
    source: str
    thresholds: SeasonThresholds
    near: dict[Mode, tuple[float, float]]
    refused_stages: frozenset[str]
    limits: tuple[Limit, ...]
    parts: tuple[str, ...]
    versions: tuple[str, ...]
    reasons: dict[GroupKind, str]

    def limits_for(self, *, region: str, level: str, year: str) -> Sequence[Limit]:
        """The amounts that hold for a unit, greatest first; those of its own region stand for all others."""
        in_force = [limit for limit in self.limits if limit.holds(level=level, year=year)]
        own = [limit for limit in in_force if any(region.startswith(r) for r in limit.regions)]
        chosen = own or [limit for limit in in_force if not limit.regions]
        return sorted(chosen, key=lambda limit: (-limit.amount, limit.name))


@cache
def season_rules() -> SeasonRules:
    """The rules shipped with the package. Raises: OntologyError when the file is not whole."""
    text = files("queries.policy").joinpath("season.yaml").read_text("utf-8")
    try:
        return SeasonRules.model_validate(yaml.safe_load(text))
    except (PydanticError, yaml.YAMLError) as error:
        raise OntologyError(f"season policy: {error}") from error


def without_versions(name: str) -> str:
    """A name without what says which version of a paper it stands on."""
    return _version_marks().sub("", name).strip()


def without_parts(name: str) -> str:
    """A name without what says which part of a whole it is."""
    return _part_marks().sub("", name).strip()


@cache
def _version_marks() -> re.Pattern[str]:
    return re.compile("|".join(season_rules().versions))


@cache
def _part_marks() -> re.Pattern[str]:
    return re.compile("|".join(season_rules().parts))
