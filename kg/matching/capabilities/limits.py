"""The limits of being one capability, as data with the set each was measured on."""

import functools
from importlib import resources

import yaml
from pydantic import BaseModel, ConfigDict, Field

from kg.matching.encoder.port import Encoder


class Limits(BaseModel):
    """Least cosine and least phrase score, both 0..1, of two wordings in one group."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    cosine: float = Field(gt=0, le=1)
    score: float = Field(ge=0, le=1)
    measured: str


class GroupingLimits(BaseModel):
    """Limits with the sentence model and without it; `neighbours` of each wording are looked at.

    `anchor` is how near a wording has to be to one of the registry.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: int
    neighbours: int = Field(ge=1)
    semantic: Limits
    lexical: Limits
    anchor: Limits

    def of(self, encoder: Encoder) -> Limits:
        """The limits that hold for vectors of this encoder."""
        return self.semantic if encoder.mode == "semantic" else self.lexical


@functools.cache
def grouping_limits() -> GroupingLimits:
    """The limits shipped with the package."""
    text = resources.files("kg.matching.capabilities").joinpath("limits.yaml").read_text("utf-8")
    return GroupingLimits.model_validate(yaml.safe_load(text))
