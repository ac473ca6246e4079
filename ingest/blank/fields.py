"""The columns of a blank form: header, whether it must be filled in, how, and what may stand there."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml
from pydantic import BaseModel, ConfigDict, Field
from pydantic import ValidationError as PydanticError

from ingest.sources.mapping import load_mapping
from ingest.sources.wording import choices, how_to_write
from kg.errors import OntologyError
from kg.ontology import PropertyType, load_ontology


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    field: str
    header: str
    how: str
    example: str | int
    width: int = Field(ge=4, le=80)
    required: bool = False


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    version: int
    source: str
    title: str
    sheet: str
    fields: tuple[_Row, ...] = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the form; `declared` is the property it becomes, None where it becomes none alone."""

    field: str
    header: str
    how: str
    example: str | int
    width: int
    required: bool
    declared: PropertyType | None

    @property
    def choices(self) -> tuple[str, ...]:
        """What may stand there and nothing else; empty for free text."""
        return choices(self.declared) if self.declared else ()

    @property
    def explanation(self) -> str:
        """How to fill it in, in one sentence or two."""
        written = how_to_write(self.declared) if self.declared else ""
        return "。".join(part for part in (self.how, written) if part) + "。"


@dataclass(frozen=True, slots=True)
class Form:
    """A blank form: what stands above it, the name of its sheet, and its columns."""

    title: str
    sheet: str
    columns: tuple[Column, ...]


@cache
def blank_form(name: str) -> Form:
    """The form of the source of this name.

    Raises: OntologyError when the file is not whole, or a header is no alias of its field.
    """
    text = files("ingest.blank").joinpath(f"{name}.yaml").read_text("utf-8")
    try:
        told = _File.model_validate(yaml.safe_load(text))
    except (PydanticError, yaml.YAMLError) as error:
        raise OntologyError(f"form {name}: {error}") from error
    mapping, declared = load_mapping(name), load_ontology().entity_types["System"].properties
    wrong = [row.header for row in told.fields if mapping.field_of(row.header) != row.field]
    if wrong:
        raise OntologyError(f"form {name}: {', '.join(wrong)} mean other fields")
    columns = tuple(
        Column(**dict(row), declared=declared.get(mapping.fields[row.field].property or ""))
        for row in told.fields
    )
    return Form(told.title, told.sheet, columns)
