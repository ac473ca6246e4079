"""Cells that list: functions under a heading of descriptions, and names of what is reused or linked."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files

import yaml
from pydantic import BaseModel, ConfigDict

from ingest.sources.assets import Fact, function_facts
from ingest.sources.values import split_functions, split_list
from kg.model import Claim, Entity, EntityId, Place, Relation

RULE = "census.description_list"
EVIDENT = 2
"""Rows, and pieces in each, by which a column of descriptions shows that it lists functions."""


class _Lists(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    version: int
    source: str
    confidence: float
    least: int
    longest: int
    starts: tuple[str, ...]
    inside: tuple[str, ...]
    nothing: frozenset[str]
    answers: str
    prose: int


@cache
def _rules() -> _Lists:
    return _Lists.model_validate(
        yaml.safe_load(files("ingest.sources").joinpath("lists.yaml").read_text("utf-8"))
    )


def list_confidence() -> float:
    """How sure a function is that a description lists, below what a verdict may rest on."""
    return _rules().confidence


def listed(text: str, *, evident: bool = False) -> tuple[str, ...]:
    """The functions a description lists and nothing else; empty for prose and for too few pieces.

    `evident` says that the other cells of the column are lists as well: two pieces are then enough.
    """
    rules = _rules()
    pieces = split_functions(text)
    bare = all(
        len(piece) <= rules.longest
        and not piece.startswith(rules.starts)
        and not any(mark in piece for mark in rules.inside)
        for piece in pieces
    )
    return pieces if bare and len(pieces) >= (EVIDENT if evident else rules.least) else ()


def evidently_lists(texts: Sequence[str]) -> bool:
    """Whether every filled cell of a column of descriptions is a bare list."""
    filled = [text for text in texts if text]
    return len(filled) >= EVIDENT and all(listed(text, evident=True) for text in filled)


def listed_facts(
    subject: EntityId, text: str, *, pieces: Sequence[str], place: Place, said: Claim
) -> Iterator[Fact]:
    """One function for each piece, claimed with less confidence than a cell of functions gives."""
    for piece in pieces:
        claim = _claim(text, piece, cell=place, said=said)
        for fact in function_facts(subject, piece):
            if isinstance(fact, Entity):
                yield Entity(fact.id, fact.type, fact.name, fact.properties, (claim,))
            else:
                yield Relation(fact.source, fact.type, fact.target, fact.properties, (claim,))


def _claim(text: str, piece: str, *, cell: Place, said: Claim) -> Claim:
    start = text.index(piece)
    return Claim(
        source=said.source,
        document=said.document,
        said_on=said.said_on,
        place=Place(cell.sheet, cell.row, cell.column, cell.page, cell.block, start, start + len(piece)),
        rule=RULE,
        confidence=_rules().confidence,
        sha256=said.sha256,
        quote=piece,
    )


def names_in(text: str) -> str:
    """The names a cell lists, joined by 、; "" for an answer such as 否 and for prose."""
    rules = _rules()
    answer = re.compile(rules.answers)
    names = [name for name in split_list(text) if name not in rules.nothing and not answer.fullmatch(name)]
    return "" if is_prose(text) else "、".join(names)


def is_prose(text: str) -> bool:
    """Whether a cell that should name things tells of them in sentences."""
    return "。" in text.rstrip("。") or any(len(name) > _rules().prose for name in split_list(text))
