"""Extracts mentions and relations from texts."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

import pydantic
from pydantic import BaseModel, ConfigDict

from ingest.extract.abroad import with_named
from ingest.extract.model import Extraction, Label, Mention, TextRelation
from ingest.extract.pipeline import pipeline, reading_of
from kg.errors import ValidationError
from kg.misfit import first_misfit
from kg.model import Modality
from kg.text import aligned

ANNOTATED = frozenset({"BUILDS", "USES", "DEPENDS_ON", "PROVIDES", "PART_OF", "CONFORMS_TO"})
"""The relation types of the annotation conventions; companies and places are related beyond them."""


class _Passage(BaseModel):
    model_config = ConfigDict(coerce_numbers_to_str=True)

    id: str
    text: str


def extract(text: str) -> Extraction:
    """Returns what the text says; spans count code points of the text as given."""
    if not text.strip():
        return Extraction(text)
    read = reading_of(pipeline()(aligned(text)))
    original = {item: replace(item, text=text[item.start : item.end]) for item in read.mentions}
    found: list[TextRelation] = [
        replace(
            item,
            head=original[item.head],
            tail=original[item.tail],
            sentence=text[item.start : item.start + len(item.sentence)],
        )
        for item in read.relations
    ]
    told = tuple(replace(item, of=original[item.of]) for item in read.details)
    return with_named(Extraction(text, tuple(original.values()), tuple(found), read.aliases, told))


def extract_many(texts: Iterable[str]) -> Iterator[Extraction]:
    """Yields the extraction of each text; no text influences another."""
    return map(extract, texts)


def _entity(item: Mention) -> dict[str, Any]:
    return {
        "start": item.start,
        "end": item.end,
        "label": str(item.label),
        "text": item.text,
        "rule": item.rule,
        "confidence": item.confidence,
    }


def _relation(item: TextRelation) -> dict[str, Any]:
    return {
        "head_start": item.head.start,
        "head_end": item.head.end,
        "type": item.type,
        "tail_start": item.tail.start,
        "tail_end": item.tail.end,
        "rule": item.rule,
        "confidence": item.confidence,
        "modality": str(item.modality),
    }


def as_line(key: str, found: Extraction) -> dict[str, Any]:
    """Returns the JSON form of one extraction, without what is forbidden and what annotations leave out."""
    said = [
        item for item in found.relations if item.modality is not Modality.FORBIDDEN and item.type in ANNOTATED
    ]
    return {
        "id": key,
        "entities": [_entity(item) for item in found.mentions if item.label is not Label.COMPANY],
        "relations": [_relation(item) for item in said],
    }


def extract_line(line: Mapping[str, Any]) -> dict[str, Any]:
    """Returns the JSON form for a line `{id, text}`, under its own id.

    Raises:
        ValidationError: The id or the text is missing, null or no text.
    """
    try:
        asked = _Passage.model_validate(line)
    except pydantic.ValidationError as error:
        raise ValidationError(first_misfit(error)) from error
    return as_line(asked.id, extract(asked.text)) | {"id": line["id"]}


def extract_lines(lines: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yields the answer to each line. Raises: ValidationError."""
    return map(extract_line, lines)
