"""Column mappings of table sources, read from YAML: which header words mean which field."""

import re
from functools import cache, cached_property
from importlib.resources import files

import yaml
from pydantic import BaseModel, ConfigDict, Field
from pydantic import ValidationError as PydanticError

from kg.errors import OntologyError
from kg.text import fold

UNIT = re.compile(r"[（(]\s*(?:单位[:：]?)?\s*(元|千元|万元|百万元|亿元)\s*[）)]")
LONGEST_HEADER = 40
"""Characters; longer cells are data and need no look-up."""
BRACKETS = re.compile(r"[（(【\[].*?[）)】\]]")


class Column(BaseModel):
    """One field: the header words that mean it, and the property it becomes (None: none)."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    headers: tuple[str, ...] = Field(min_length=1)
    property: str | None = None

    @cached_property
    def words(self) -> frozenset[str]:
        """The header words as compared."""
        return frozenset(fold(word).replace(" ", "") for word in self.headers)


class ColumnMapping(BaseModel):
    """One source's columns. `required` fields must be found for a row of cells to be its header."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    version: int
    source: str
    publisher: str
    required: tuple[tuple[str, ...], ...]
    least: int
    fields: dict[str, Column]
    names_end_not: tuple[str, ...] = ()

    @cached_property
    def fields_by_word(self) -> dict[str, str]:
        """Header word as compared → its field."""
        return {word: name for name, row in self.fields.items() for word in row.words}

    def field_of(self, header: str) -> str | None:
        """The field that a header cell means, with units, brackets, stars and spaces left aside."""
        if not header or len(header) > LONGEST_HEADER:
            return None
        return self.fields_by_word.get(fold(BRACKETS.sub("", header)).strip("*:：").replace(" ", ""))


def unit_of(header: str) -> str | None:
    """The unit of money in a header such as 预算金额(万元); None when it names none."""
    found = UNIT.search(header)
    return found[1] if found else None


@cache
def load_mapping(name: str) -> ColumnMapping:
    """The mapping of the source of this name.

    Raises: OntologyError when the file is not whole or a header word stands for two fields.
    """
    text = files("ingest.sources").joinpath(f"{name}.yaml").read_text("utf-8")
    try:
        mapping = ColumnMapping.model_validate(yaml.safe_load(text))
    except (PydanticError, yaml.YAMLError) as error:
        raise OntologyError(f"mapping {name}: {error}") from error
    words = [fold(word) for row in mapping.fields.values() for word in row.headers]
    twice = sorted({word for word in words if words.count(word) > 1})
    if twice:
        raise OntologyError(f"mapping {name}: {', '.join(twice)} stands for two fields")
    return mapping
