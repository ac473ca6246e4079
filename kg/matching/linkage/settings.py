"""Constants of linkage, as data with the set they were chosen on."""

import functools
from importlib import resources

import yaml
from pydantic import BaseModel, ConfigDict


class Settings(BaseModel):
    """What `settings.yaml` says, where each constant is explained."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: int
    source: str
    name_columns: tuple[str, ...]
    id_columns: tuple[str, ...]
    neighbours: int
    rounds: int
    strength: float
    penalty: float
    few: int
    first_limit: float


@functools.cache
def settings() -> Settings:
    """The constants shipped with the package."""
    text = resources.files("kg.matching.linkage").joinpath("settings.yaml").read_text(encoding="utf-8")
    return Settings.model_validate(yaml.safe_load(text))
