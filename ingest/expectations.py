"""What a delivery must hold to be believed, asked before anything of it is written."""

from collections.abc import Collection, Mapping
from functools import cache
from importlib.resources import files

import yaml
from pydantic import BaseModel, ConfigDict, Field
from pydantic import ValidationError as PydanticError

from kg.errors import OntologyError
from kg.model import EntityId


class Expectation(BaseModel):
    """`min_rows` must load; of `survive_from` rows known or more, the share `survive` must be there again."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    min_rows: int = Field(ge=0)
    survive: float = Field(ge=0, le=1)
    survive_from: int = Field(ge=1)


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    version: int
    source: str
    expectations: Mapping[str, Expectation]


@cache
def _expectations() -> Mapping[str, Expectation]:
    text = files("ingest").joinpath("expectations.yaml").read_text("utf-8")
    try:
        return _File.model_validate(yaml.safe_load(text)).expectations
    except (PydanticError, yaml.YAMLError) as error:
        raise OntologyError(f"expectations: {error}") from error


def broken(source: str, known: Collection[EntityId], subjects: Collection[EntityId]) -> str | None:
    """Why a delivery must be turned away, in Chinese; None when it may be loaded.

    `known` are the subjects of the rows that stand, one for each row, `subjects` those of the rows read.
    """
    expected = _expectations()[source]
    if len(subjects) < expected.min_rows:
        return f"只读到 {len(subjects)} 行可用数据，少于应有的 {expected.min_rows} 行"
    again = set(subjects)
    surviving = sum(subject in again for subject in known)
    if len(known) >= expected.survive_from and surviving < expected.survive * len(known):
        return f"已有 {len(known)} 行中只有 {surviving} 行再次出现，看起来是另一份文件"
    return None
