"""Answers lines of JSON, one at a time: the comparison, alignment and ranking commands stand on these."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

import pydantic
from pydantic import BaseModel, ConfigDict, Field

from kg.errors import ValidationError
from kg.matching.alignment import align
from kg.matching.description import Description, Item
from kg.matching.encoder.port import Encoder
from kg.matching.pairs import Context, compare
from kg.matching.similar import Entry, rank_all

Line = Mapping[str, Any]


class _Wire(BaseModel):
    model_config = ConfigDict(extra="ignore", coerce_numbers_to_str=True)


_Form = TypeVar("_Form", bound=_Wire)


class _Side(_Wire):
    text: str | None = None
    name: str | None = None
    aliases: list[str] | None = None
    functions: list[str] | None = None
    department: str | None = None
    region: str | None = None


class _Pair(_Wire):
    id: str
    a: _Side
    b: _Side


class _Lists(_Wire):
    id: str
    a: list[str]
    b: list[str]


class _Entry(_Wire):
    id: str
    name: str | None = None
    aliases: list[str] | None = None
    description: str | None = None
    categories: list[str] | None = None
    tags: list[str] | None = None
    functions: list[str] | None = None
    lang: str | None = Field(default=None)


def compare_lines(lines: Iterable[Line], *, context: Context) -> Iterator[dict[str, Any]]:
    """`{id, label, score, evidence}` for each `{id, a, b}`; adds `rule` and `contributions`.

    Raises:
        ValidationError: a line does not have this form.
    """
    for line in lines:
        pair = _checked(_Pair, line)
        found = compare(_description(pair.a), _description(pair.b), context=context)
        yield {
            "id": line["id"],
            "label": found.label,
            "score": found.score,
            "evidence": list(found.evidence),
            "rule": found.rule,
            "contributions": dict(found.contributions),
        }


def align_lines(lines: Iterable[Line], *, encoder: Encoder) -> Iterator[dict[str, Any]]:
    """`{id, pairs: [{i, j, score, same}]}` for each `{id, a, b}`: one pair for each phrase of a.

    `j` is null where b is empty.

    Raises:
        ValidationError: a line does not have this form.
    """
    for line in lines:
        lists = _checked(_Lists, line)
        pairs = [
            {"i": pair.i, "j": None if pair.j < 0 else pair.j, "score": pair.score, "same": pair.same}
            for pair in align(lists.a, lists.b, encoder)
        ]
        yield {"id": line["id"], "pairs": pairs}


def similar_lines(
    pool: Iterable[Line], queries: Sequence[Line], *, top: int = 10, same_name: bool = False
) -> Iterator[dict[str, Any]]:
    """`{id, matches: [{id, score}]}` for each query, best first; a query is never its own match.

    Raises:
        ValidationError: a line has no id.
    """
    entries = [_entry(line) for line in pool]
    ranked = rank_all(entries, (_entry(line) for line in queries), top=top, same_name=same_name)
    for line, matches in zip(queries, ranked, strict=True):
        yield {"id": line["id"], "matches": [{"id": match.id, "score": match.score} for match in matches]}


def _checked(form: type[_Form], line: Line) -> _Form:
    try:
        return form.model_validate(line)
    except pydantic.ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(str(step) for step in first["loc"])
        raise ValidationError(f"第{line.get('id', '?')}条不合格式：{place} {first['msg']}") from error


def _description(side: _Side) -> Description:
    return Description(
        id="",
        name=side.name or "",
        aliases=tuple(side.aliases or ()),
        text=side.text or "",
        items=tuple(Item(text) for text in side.functions or () if text.strip()),
        department=side.department or "",
        region=side.region or "",
    )


def _entry(line: Line) -> Entry:
    wire = _checked(_Entry, line)
    lists = (wire.aliases, wire.functions, wire.categories, wire.tags)
    words = [wire.description or "", *(word for words in lists for word in words or ())]
    return Entry(wire.id, wire.name or "", " ".join(words))
