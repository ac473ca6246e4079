"""Column mappings of table sources, read from YAML: which header words mean which field."""

import re
from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from importlib.resources import files

import yaml
from pydantic import BaseModel, ConfigDict, Field
from pydantic import ValidationError as PydanticError

from kg.errors import OntologyError
from kg.text import fold

UNITS = "元|千元|万元|百万元|亿元"
UNIT = re.compile(rf"[（(]\s*(?:单位[:：]?)?\s*(?:人民币)?\s*({UNITS})\s*[）)]")
UNIT_AFTER = re.compile(rf"\s*[/／,，:：_-]\s*(?:单位[:：]?)?\s*({UNITS})\s*$")
UNIT_OF_SHEET = re.compile(rf"(?:金额)?单位\s*[:：]\s*(?:人民币)?\s*({UNITS})(?![\u4e00-\u9fff])")
LONGEST_HEADER = 40
"""Characters; longer cells are data and need no look-up."""
BRACKETS = re.compile(r"[（(【\[].*?[）)】\]]")


class Column(BaseModel):
    """One field: the header words that mean it, and the property it becomes (None: none)."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    headers: tuple[str, ...] = Field(min_length=1)
    property: str | None = None


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

    loose_prefixes: tuple[str, ...] = ()
    loose_suffixes: tuple[str, ...] = ()

    @cached_property
    def fields_by_word(self) -> dict[str, tuple[str, int]]:
        """Header word as compared → its field, and how far down the field's list it stands."""
        return {
            _plain(word): (name, rank)
            for name, row in self.fields.items()
            for rank, word in enumerate(row.headers)
        }

    def field_of(self, header: str) -> str | None:
        """The field that a header cell means, with units, brackets, stars and spaces left aside."""
        found = self.ranked_field_of(header)
        return found[0] if found else None

    def ranked_field_of(self, header: str, *, loose: bool = False) -> tuple[str, float] | None:
        """The field and the rank of the wording in it, 0 the best; whole for an exact match.

        `loose` also tries the wording without what headers put before and after their word (系统…, …情况);
        such a match ranks half a place lower.
        """
        if not header or len(header) > LONGEST_HEADER:
            return None
        word = _plain(header)
        exact = self.fields_by_word.get(word)
        if exact or not loose:
            return exact
        for candidate in self._bared(word):
            if (found := self.fields_by_word.get(candidate)) is not None:
                return found[0], found[1] + 0.5
        return None

    def _bared(self, word: str) -> Iterator[str]:
        ends = [word.removesuffix(suffix) for suffix in self.loose_suffixes if word.endswith(suffix)]
        yield from ends
        for part in (word, *ends):
            yield from (part.removeprefix(p) for p in self.loose_prefixes if part.startswith(p))


def _plain(header: str) -> str:
    return fold(BRACKETS.sub("", UNIT_AFTER.sub("", header))).strip("*:：").replace(" ", "")


def unit_of(header: str) -> str | None:
    """The unit of money in a header such as 预算金额(万元) or 投资/万元; None when it names none."""
    found = UNIT.search(header) or UNIT_AFTER.search(header)
    return found[1] if found else None


def unit_of_sheet(titles: Iterable[str]) -> str | None:
    """The unit of money that the lines above a header name for the whole sheet (单位：万元); else None."""
    return next((found[1] for title in titles if (found := UNIT_OF_SHEET.search(title))), None)


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
