"""The weights by which evidence becomes the likelihood that a function is one of an ability."""

import functools
from importlib import resources

import numpy as np
import yaml
from pydantic import BaseModel, ConfigDict, model_validator

from kg.matching.abilities.evidence import FEATURES, Candidate
from kg.matching.encoder.port import Mode


class AbilityWeights(BaseModel):
    """One logistic model; `weights` holds one number for each feature of a candidate."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    intercept: float
    weights: dict[str, float]
    measured: str

    @model_validator(mode="after")
    def _complete(self) -> "AbilityWeights":
        if set(self.weights) != set(FEATURES):
            raise ValueError("the weights are not those of the features")
        return self

    def likelihood(self, candidate: Candidate) -> float:
        """0..1, rounded to 1e-4."""
        parts = (self.weights[name] * value for name, value in zip(FEATURES, candidate.features, strict=True))
        return round(float(1 / (1 + np.exp(-(self.intercept + sum(parts))))), 4)


class AbilityModels(BaseModel):
    """The models with the sentence encoder and without it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: int
    source: str
    semantic: AbilityWeights
    lexical: AbilityWeights


@functools.cache
def ability_weights(mode: Mode) -> AbilityWeights:
    """The shipped weights for vectors of this kind."""
    text = resources.files("kg.matching.abilities").joinpath("weights.yaml").read_text(encoding="utf-8")
    models = AbilityModels.model_validate(yaml.safe_load(text))
    return models.semantic if mode == "semantic" else models.lexical
