"""How far the projects of a list are, as its title or caption tells."""

from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

import yaml
from pydantic import BaseModel, ConfigDict, Field


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    version: int = Field(ge=1)
    source: str = Field(min_length=1)
    stages: dict[str, tuple[str, ...]]


@cache
def _stages() -> Mapping[str, tuple[str, ...]]:
    text = files("ingest.sources").joinpath("stages.yaml").read_text("utf-8")
    return _File.model_validate(yaml.safe_load(text)).stages


def stage_told(titles: Iterable[str]) -> str:
    """The stage of the first title that tells one; "" where none does."""
    for title in titles:
        for stage, words in _stages().items():
            if any(word in title for word in words):
                return stage
    return ""
