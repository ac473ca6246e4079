"""The weights by which the agreement of two phrases becomes the likelihood that they are one function."""

import functools
from importlib import resources

import numpy as np
import yaml
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, model_validator

from kg.matching.agreement import FEATURES
from kg.matching.encoder.port import Mode, Vectors


class PhraseWeights(BaseModel):
    """One logistic model; `weights` holds one number for each feature of a pair of phrases."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    intercept: float
    weights: dict[str, float]
    measured: str

    @model_validator(mode="after")
    def _complete(self) -> "PhraseWeights":
        if set(self.weights) != set(FEATURES):
            raise ValueError("the weights are not those of the features")
        return self

    def likelihoods(self, agreement: Vectors) -> NDArray[np.float64]:
        """One value of 0..1 for each row, rounded to 1e-4; no row depends on the others."""
        weights = np.array([self.weights[name] for name in FEATURES])
        logits = self.intercept + np.einsum("ij,j->i", agreement.astype(np.float64), weights)
        found: NDArray[np.float64] = np.round(1 / (1 + np.exp(-logits)), 4)
        return found


class PhraseModels(BaseModel):
    """The models with the sentence encoder and without it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: int
    source: str
    semantic: PhraseWeights
    lexical: PhraseWeights


@functools.cache
def phrase_weights(mode: Mode) -> PhraseWeights:
    """The shipped weights for vectors of this kind."""
    text = resources.files("kg.matching").joinpath("phrase_model.yaml").read_text(encoding="utf-8")
    models = PhraseModels.model_validate(yaml.safe_load(text))
    return models.semantic if mode == "semantic" else models.lexical
