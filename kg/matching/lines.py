"""Answers lines of JSON, one at a time: the comparison, alignment and ranking commands stand on these.

A side or list that is absent or null counts as empty.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

import pydantic
from pydantic import BaseModel, ConfigDict, Field

from kg.errors import ValidationError
from kg.matching.alignment import align
from kg.matching.description import Description, Item
from kg.matching.encoder.port import Encoder
from kg.matching.pairs import Context, compare
from kg.matching.similar import Entry, SimilarIndex
from kg.misfit import first_misfit

Line = Mapping[str, Any]


class _Wire(BaseModel):
    model_config = ConfigDict(extra="ignore", coerce_numbers_to_str=True)


_Form = TypeVar("_Form", bound=_Wire)


class _Side(_Wire):
    text: str | None = None
    name: str | None = None
    aliases: list[str | None] | None = None
    functions: list[str | None] | None = None
    department: str | None = None
    region: str | None = None


class _Pair(_Wire):
    id: str
    a: _Side | None = None
    b: _Side | None = None


class _Lists(_Wire):
    id: str
    a: list[str | None] | None = None
    b: list[str | None] | None = None


class _Entry(_Wire):
    id: str
    name: str | None = None
    aliases: list[str | None] | None = None
    description: str | None = None
    categories: list[str | None] | None = None
    tags: list[str | None] | None = None
    functions: list[str | None] | None = None
    lang: str | None = Field(default=None)


def compare_line(line: Line, *, context: Context) -> dict[str, Any]:
    """`{id, label, score, evidence, rule, contributions}` for `{id, a, b}`.

    Raises: ValidationError when the line does not have this form.
    """
    pair = _checked(_Pair, line)
    sides = {"a": _description(pair.a), "b": _description(pair.b)}
    found = compare(sides["a"], sides["b"], context=context)
    empty = [f"{name} 没有名称、文字或功能，无从比对" for name, side in sides.items() if not _says(side)]
    return {
        "id": line["id"],
        "label": found.label,
        "score": found.score,
        "evidence": [*empty, *found.evidence],
        "rule": found.rule,
        "contributions": dict(found.contributions),
    }


def compare_lines(lines: Iterable[Line], *, context: Context) -> Iterator[dict[str, Any]]:
    """The answer to each pair. Raises: ValidationError."""
    return (compare_line(line, context=context) for line in lines)


def align_line(line: Line, *, encoder: Encoder) -> dict[str, Any]:
    """`{id, pairs: [{i, j, score, same}]}` for `{id, a, b}`: one pair for each phrase of a.

    `j` is null where b is empty. Raises: ValidationError when the line does not have this form.
    """
    lists = _checked(_Lists, line)
    first, second = ([text or "" for text in side or ()] for side in (lists.a, lists.b))
    pairs = [
        {"i": pair.i, "j": None if pair.j < 0 else pair.j, "score": pair.score, "same": pair.same}
        for pair in align(first, second, encoder)
    ]
    return {"id": line["id"], "pairs": pairs}


def align_lines(lines: Iterable[Line], *, encoder: Encoder) -> Iterator[dict[str, Any]]:
    """The answer to each two lists. Raises: ValidationError."""
    return (align_line(line, encoder=encoder) for line in lines)


def entry_of(line: Line) -> Entry:
    """The system on a line of a catalogue, or asked for. Raises: ValidationError, also without an id."""
    wire = _checked(_Entry, line)
    lists = (wire.aliases, wire.functions, wire.categories, wire.tags)
    words = [wire.description or "", *(word for words in lists for word in words or () if word)]
    return Entry(wire.id, wire.name or "", " ".join(words))


def similar_line(
    line: Line, index: SimilarIndex, *, top: int = 10, same_name: bool = False
) -> dict[str, Any]:
    """`{id, matches: [{id, score}]}` for a query, best first; a query is never its own match.

    Raises: ValidationError when the line does not have the form of an entry.
    """
    matches = index.rank(entry_of(line), top=top, same_name=same_name)
    return {"id": line["id"], "matches": [{"id": match.id, "score": match.score} for match in matches]}


def similar_lines(
    pool: Iterable[Line], queries: Sequence[Line], *, top: int = 10, same_name: bool = False
) -> Iterator[dict[str, Any]]:
    """The answer to each query. Raises: ValidationError."""
    index = SimilarIndex([entry_of(line) for line in pool])
    return (similar_line(line, index, top=top, same_name=same_name) for line in queries)


def _checked(form: type[_Form], line: Line) -> _Form:
    try:
        return form.model_validate(line)
    except pydantic.ValidationError as error:
        raise ValidationError(first_misfit(error)) from error


def _says(side: Description) -> bool:
    return bool(side.items or side.aliases or side.name.strip() or side.text.strip())


def _description(side: _Side | None) -> Description:
    told = side or _Side()
    return Description(
        id="",
        name=told.name or "",
        aliases=tuple(text for text in told.aliases or () if text),
        text=told.text or "",
        items=tuple(Item(text) for text in told.functions or () if text and text.strip()),
        department=told.department or "",
        region=told.region or "",
    )
