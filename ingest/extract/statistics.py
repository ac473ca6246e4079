"""How often each rule was right on annotated passages, and how sure its findings therefore are."""

import functools
from importlib import resources

import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

from ingest.extract import schema

SURE = 0.99
"""What no amount of evidence from text goes beyond."""


class Tally(BaseModel):
    """How often a rule fired on annotated passages, and how often it was right."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    right: int = Field(ge=0)
    told: int = Field(ge=0)

    @model_validator(mode="after")
    def _no_more_right_than_told(self) -> "Tally":
        if self.right > self.told:
            raise ValueError("right exceeds told")
        return self

    @property
    def confidence(self) -> float:
        """(right + 2) / (told + 3): a rule without evidence is believed two times in three."""
        return round((self.right + 2) / (self.told + 3), 4)


class Statistics(schema.Versioned):
    """The counts of every rule."""

    rules: dict[str, Tally]


@functools.cache
def statistics() -> Statistics:
    """Returns the counts of all rules, summed over the sets named in `source`."""
    text = resources.files("ingest.extract").joinpath("rules", "statistics.yaml").read_text(encoding="utf-8")
    return Statistics.model_validate(yaml.safe_load(text))


def confidence(rule: str) -> float:
    """Returns how sure a finding of the rule is, 0..1; a rule never counted has no evidence."""
    tally = statistics().rules.get(rule)
    return (tally or Tally(right=0, told=0)).confidence


def together(one: float, other: float) -> float:
    """Returns how sure a fact is that two sentences tell independently: noisy-or, at most 0.99."""
    return round(min(SURE, 1 - (1 - one) * (1 - other)), 4)
