"""What the command-line library says of wrong usage, in Chinese; the wordings are in `usage.yaml`."""

import re
from functools import cache
from importlib.resources import files

import yaml
from pydantic import BaseModel, ConfigDict
from pydantic import ValidationError as PydanticError

from kg.errors import OntologyError


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    version: int
    source: str
    messages: tuple[tuple[str, str], ...]


def usage_message(text: str) -> str:
    """The message on one line, in Chinese where its wording is known."""
    told = " ".join(text.split())
    for pattern, chinese in _messages():
        told = pattern.sub(chinese, told)
    return told


@cache
def _messages() -> tuple[tuple[re.Pattern[str], str], ...]:
    text = files("api.cli").joinpath("usage.yaml").read_text("utf-8")
    try:
        rows = _File.model_validate(yaml.safe_load(text)).messages
    except (PydanticError, yaml.YAMLError) as error:
        raise OntologyError(f"usage messages: {error}") from error
    return tuple((re.compile(pattern), chinese) for pattern, chinese in rows)
