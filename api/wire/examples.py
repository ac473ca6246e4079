"""One example of each answer, for the description of the API."""

from functools import cache
from importlib.resources import files
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    version: int
    source: str
    examples: dict[str, dict[str, Any]]


@cache
def examples() -> dict[str, dict[str, Any]]:
    """Examples by the name of the form they have."""
    text = files("api.wire").joinpath("examples.yaml").read_text("utf-8")
    return _File.model_validate(yaml.safe_load(text)).examples
