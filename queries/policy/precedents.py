"""Reads the rules by which precedents are chosen and decisions are read."""

from functools import cache
from importlib.resources import files

import yaml
from pydantic import ValidationError as PydanticError

from kg.errors import OntologyError
from queries.policy.loading import Strict, Threshold


class PrecedentThresholds(Strict):
    """How many are compared and shown."""

    shown: Threshold
    near: Threshold


class PrecedentRules(Strict):
    """The whole policy of precedents."""

    version: int
    source: str
    thresholds: PrecedentThresholds
    refused: tuple[str, ...]
    approved: tuple[str, ...]


@cache
def precedent_rules() -> PrecedentRules:
    """The rules shipped with the package. Raises: OntologyError when the file is not whole."""
    text = files("queries.policy").joinpath("precedents.yaml").read_text("utf-8")
    try:
        return PrecedentRules.model_validate(yaml.safe_load(text))
    except (PydanticError, yaml.YAMLError) as error:
        raise OntologyError(f"precedents policy: {error}") from error
