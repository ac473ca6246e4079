"""The wordings by which columns, facts and sections of a proposal are known."""

from functools import cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict


class Wording(BaseModel):
    """Lists of words as they stand in proposals, most telling first."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: int
    source: str
    columns: dict[str, tuple[str, ...]]
    totals: tuple[str, ...]
    facts: dict[str, tuple[str, ...]]
    sections: tuple[str, ...]
    uses: tuple[str, ...]
    replaces: tuple[str, ...]
    declared: tuple[str, ...]


@cache
def wording() -> Wording:
    """The shipped wordings."""
    text = Path(__file__).with_name("wording.yaml").read_text(encoding="utf-8")
    return Wording.model_validate(yaml.safe_load(text))
