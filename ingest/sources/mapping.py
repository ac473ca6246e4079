"""Column mappings of table sources, read from YAML: which header words mean which field."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from importlib.resources import files

import yaml
from pydantic import BaseModel, ConfigDict, Field
from pydantic import ValidationError as PydanticError

from ingest.sources.headings import Head, headed, parts_of
from kg.errors import OntologyError
from kg.text import fold, simplify

UNITS = "元|千元|万元|百万元|亿元"
UNIT = re.compile(
    rf"[（(]\s*(?:(?:金额)?单位[:：]?)?\s*(?:人民币)?\s*({UNITS})\s*(?:[，,；;、][^）)]*)?[）)]"
)
UNIT_AFTER = re.compile(rf"\s*[/／,，:：_-]\s*(?:单位[:：]?)?\s*({UNITS})\s*$")
UNIT_END = re.compile(rf"(?<=[额资金费算入价])\s*({UNITS})\s*$")
UNIT_OF_SHEET = re.compile(rf"(?:金额)?单位\s*[:：]\s*(?:人民币)?\s*({UNITS})(?![\u4e00-\u9fff])")
LONGEST_HEADER = 40
"""Characters; longer cells are data and need no look-up."""
LONGEST_RAW = 300
"""Characters of a header with the instructions that stand in its brackets."""
BRACKETS = re.compile(r"[（(【\[].*?[）)】\]]", re.DOTALL)
MARKS = "*＊★▲●※:："
NUMBERING = re.compile(r"^\s*(?:[一二三四五六七八九十]{1,3}|\d{1,2})\s*[、.．]\s*")
LEADING = f"{MARKS} \n（(【[)）】]、.．0123456789一二三四五六七八九十"
"""What may stand before the first character of a header word: marks, numbers, brackets."""
HEADED = 100
"""Rank from which a header is known by a word inside it; no field has that many aliases."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """The field a header means and how well: rank 0 is best, `exact` for an alias as the data has it."""

    field: str
    rank: float
    exact: bool


class Column(BaseModel):
    """One field: the header words that mean it, and the property it becomes (None: none).

    `alone` are words that mean it only as the whole header; `values` says what a cell stands for.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    headers: tuple[str, ...] = Field(min_length=1)
    alone: tuple[str, ...] = ()
    property: str | None = None
    values: dict[str, str] = {}


class ColumnMapping(BaseModel):
    """One source's columns. `required` fields must be found for a row of cells to be its header.

    `names` are the fields one of which a header of this source has at least, `substitute` stands in for them
    where the caller names the source. `telling` are the fields that only this source's sheets have, `minor`
    those that any sheet has; `foreign` are headers of other lists, `planned` words in titles of papers whose
    forms apply for things. `heads` word fields from inside a header, never one that holds a word of `never`.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    version: int
    source: str
    publisher: str
    required: tuple[tuple[str, ...], ...]
    least: int
    fields: dict[str, Column]
    names: tuple[str, ...] = ()
    substitute: str = ""
    telling: frozenset[str] = frozenset()
    minor: frozenset[str] = frozenset()
    foreign: frozenset[str] = frozenset()
    planned: tuple[str, ...] = ()
    loose_prefixes: tuple[str, ...] = ()
    loose_suffixes: tuple[str, ...] = ()
    heads: tuple[Head, ...] = ()
    never: tuple[str, ...] = ()

    @cached_property
    def fields_by_word(self) -> dict[str, tuple[str, int]]:
        """Header word as compared → its field, and how far down the field's list it stands."""
        words: dict[str, tuple[str, int]] = {}
        for name, row in self.fields.items():
            for rank, word in enumerate((*row.headers, *row.alone)):
                words.setdefault(plain(word), (name, rank))
        return words

    @cached_property
    def _firsts(self) -> frozenset[str]:
        return frozenset(word[0] for word in self.fields_by_word)

    @cached_property
    def _standing_alone(self) -> frozenset[str]:
        return frozenset(plain(word) for row in self.fields.values() for word in row.alone)

    def field_of(self, header: str) -> str | None:
        """The field of which a header is an alias, with units, brackets, stars and spaces left aside."""
        # Most cells asked about are data, and their first character tells.
        if not 0 < len(header) <= LONGEST_HEADER or _folded(header.lstrip(LEADING)[:1]) not in self._firsts:
            return None
        found = self.fields_by_word.get(plain(header))
        return found[0] if found else None

    def stands_alone(self, header: str) -> bool:
        """Whether the header is a word such as 系统, which lists of other things use as well."""
        return plain(header) in self._standing_alone

    def meaning(self, header: str) -> Meaning | None:
        """What a header means: as an alias, else without what stands around the word, else by its head.

        Of a header that joins several things the first part of some weight counts.
        """
        word = plain(header) if 0 < len(header) <= LONGEST_RAW else ""
        if not word or len(word) > LONGEST_HEADER:
            return None
        if (found := self._alias(word)) is not None:
            return found
        parts = [part for part in parts_of(word) if part not in self._standing_alone]
        joined = [found for part in parts if (found := self._alias(part) or self._by_head(part))]
        weighty = [found for found in joined if found.field not in self.minor]
        chosen = next(iter((*weighty, *joined)), None) or self._by_head(word)
        return Meaning(chosen.field, int(chosen.rank) + 0.5, exact=False) if chosen else None

    def _alias(self, word: str) -> Meaning | None:
        """An alias as it stands, or half a rank lower without prefix and suffix (系统…, …情况)."""
        if (found := self.fields_by_word.get(word)) is not None:
            return Meaning(*found, exact=True)
        for candidate in self._bared(word):
            known = self.fields_by_word.get(candidate)
            if known is not None and candidate not in self._standing_alone:
                return Meaning(known[0], known[1] + 0.5, exact=False)
        return None

    def _by_head(self, word: str) -> Meaning | None:
        """By its head once 描述, 情况 … are off (功能描述 tells functions), else as it stands."""
        for candidate in (*self._ends(word), word):
            if (found := headed(candidate, self.heads, never=self.never)) is not None:
                return Meaning(found[0], HEADED + found[1], exact=False)
        return None

    def _ends(self, word: str) -> list[str]:
        return [word.removesuffix(suffix) for suffix in self.loose_suffixes if word.endswith(suffix)]

    def _bared(self, word: str) -> Iterator[str]:
        ends = self._ends(word)
        yield from ends
        for part in (word, *ends):
            yield from (part.removeprefix(p) for p in self.loose_prefixes if part.startswith(p))


@lru_cache(maxsize=4096)
def _folded(char: str) -> str:
    return fold(char)


def plain(header: str) -> str:
    """A header as compared: without unit, brackets, number, stars and spaces."""
    bare = BRACKETS.sub("", UNIT_END.sub("", UNIT_AFTER.sub("", simplify(header))))
    return fold(NUMBERING.sub("", bare.strip(f"{MARKS} \n"))).strip(MARKS).replace(" ", "")


def unit_of(header: str) -> str | None:
    """The unit of money in a header such as 预算金额(万元) or 投资/万元; None when it names none."""
    header = simplify(header)
    found = UNIT.search(header) or UNIT_AFTER.search(header) or UNIT_END.search(header)
    return found[1] if found else None


def unit_of_sheet(titles: Iterable[str]) -> str | None:
    """The unit of money that the lines above a header name for the whole sheet (单位：万元); else None."""
    return next((found[1] for title in titles if (found := UNIT_OF_SHEET.search(simplify(title)))), None)


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
    words = [fold(word) for row in mapping.fields.values() for word in (*row.headers, *row.alone)]
    twice = sorted({word for word in words if words.count(word) > 1})
    if twice:
        raise OntologyError(f"mapping {name}: {', '.join(twice)} stands for two fields")
    unknown = sorted({head.field for head in mapping.heads} - mapping.fields.keys())
    if unknown:
        raise OntologyError(f"mapping {name}: heads of unknown fields {', '.join(unknown)}")
    return mapping
