"""How recommendations are scored, as data."""

from functools import cache
from importlib.resources import files
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Likelihood(_Strict):
    """A logistic model over the features of `queries.fit`, in their order, and what it reached."""

    weights: tuple[float, float, float]
    intercept: float
    measured: str


class RecommendationRules(_Strict):
    """Weights of the reasons, and from where on a need is covered and an answer is one."""

    version: int
    source: str
    weights: dict[str, float]
    likelihood: dict[Literal["semantic", "lexical"], Likelihood]
    least: float
    least_share: float
    high: float
    medium: float
    adopters_full: int
    breadth: dict[str, float]


@cache
def recommendation_rules() -> RecommendationRules:
    """The rules shipped with the package."""
    text = files("queries.policy").joinpath("recommendation.yaml").read_text("utf-8")
    return RecommendationRules.model_validate(yaml.safe_load(text))
