"""What a description in another language tells: the language, and the shared components it says are used."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

import yaml
from pydantic import BaseModel, ConfigDict

from kg.identity import asset_id, standard_id
from kg.model import Claim, Entity, Modality, Properties, Record, Relation
from kg.registry.named_components import ComponentMention, components_named
from kg.text import fold, told_language

ASSETS = frozenset({"System", "Component"})
BY_WORDS = "language:words"
BY_NAME = "component:named"
LANGUAGE_CONFIDENCE = 0.95
"""Measured on descriptions of known language; see docs/linking.md."""
CONFIDENCE = 0.85
"""Measured on mentions read one by one; see docs/linking.md."""
SENTENCE = re.compile(r"(?<=[.!?;])\s+(?=[A-ZÀ-Ý(])|\n+")
NAME = "\0"
"""Stands for each character of another name between a word of use and a name."""
PURPOSE = re.compile(
    rf"(?<={NAME})\s+(?:to|for|pour|per|om|voor)(?:\s+[\w'’-]+){{1,5}}?,?\s(?:and|et|ed?|en)\s+(?=$|{NAME})"
)
"""What one name is used for, before the next of the list (uses A to take payments and B to …)."""
SHORTEST = 12
"""Characters; shorter descriptions are names, which tell no language."""
LONGEST_QUOTE = 200
LONGEST_CLAUSE = 200
"""Characters on either side of a name that are looked at for what is said of it."""
LONGEST_DESCRIPTION = 8_000
"""Characters of a description that are read; more is a document, which has a reader of its own."""


class _Words(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    uses: tuple[str, ...]
    ruled_out: tuple[str, ...]
    later: tuple[str, ...]
    conforms: tuple[str, ...]


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    version: int
    source: str
    languages: Mapping[str, _Words]
    between: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Cues:
    uses: re.Pattern[str]
    ruled_out: re.Pattern[str]
    later: re.Pattern[str]
    conforms: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Use:
    """A component that a description says is used (or a standard it says is followed), and where."""

    mention: ComponentMention
    modality: Modality
    sentence: str


def told_abroad(record: Record) -> Record:
    """The record with what the descriptions of its systems and components tell that are not in Chinese.

    The language is asserted by a claim of its own, where the source does not state it; so is each use.
    """
    entities: list[Entity] = []
    more: list[Entity] = []
    relations: list[Relation] = []
    for entity in record.entities:
        said = str(entity.properties.get("description", ""))
        stated = str(entity.properties.get("language", ""))
        language = stated or (told_language(said) if len(said) >= SHORTEST else None)
        if entity.type not in ASSETS or not said or language == "zh":
            entities.append(entity)
            continue
        entities.append(entity if stated or not language else _tagged(entity, language, record.claim))
        for fact in _facts(entity, said, language, claim=record.claim):
            (more if isinstance(fact, Entity) else relations).append(fact)  # type: ignore[arg-type]  # told apart
    known = {entity.id for entity in entities}
    fresh = {entity.id: entity for entity in reversed(more) if entity.id not in known}
    if not relations and entities == list(record.entities):
        return record
    stated_keys = {relation.key for relation in record.relations}
    kept = {relation.key: relation for relation in reversed(relations) if relation.key not in stated_keys}
    return replace(
        record,
        entities=(*entities, *reversed(fresh.values())),
        relations=(*record.relations, *reversed(kept.values())),
    )


def uses_said(text: str, *, language: str | None) -> Iterator[Use]:
    """The uses that a text states, by place; a name alone, or one that is ruled out, is none.

    Where the language is not known the words of all four are looked for.
    """
    mentions = components_named(text, language=language)
    breaks = [found.span() for found in SENTENCE.finditer(text)] if mentions else []
    for mention in mentions:
        start = max((end for _, end in breaks if end <= mention.start), default=0)
        end = min((begin for begin, _ in breaks if begin >= mention.end), default=len(text))
        start, end = max(start, mention.start - LONGEST_CLAUSE), min(end, mention.end + LONGEST_CLAUSE)
        before = text[start : mention.start]
        others = [other for other in mentions if start <= other.start < mention.start]
        for code in [language] if language in _cues() else _cues():
            use = _use(_cues()[code or ""], before, [(o.start - start, o.end - start) for o in others])
            wanted = mention.component.kind == "component"
            about = _cues()[code or ""].conforms.search(text[start:end]) if not wanted else use
            if about and not _cues()[code or ""].ruled_out.search(before):
                later = _cues()[code or ""].later.search(before)
                yield Use(mention, Modality.PLAN if later else Modality.FACT, text[start:end].strip())
                break


def _use(cues: _Cues, before: str, others: list[tuple[int, int]]) -> bool:
    """Whether a word of use stands before a name with nothing but names and small words between."""
    for found in cues.uses.finditer(before):
        gap = list(before[found.end() :])
        for start, end in others:
            for at in range(max(start, found.end()), end):
                gap[at - found.end()] = NAME
        plain = PURPOSE.sub(" ", "".join(gap)).replace(NAME, " ")
        if not _between().sub("", plain).strip():
            return True
    return False


def _tagged(entity: Entity, language: str, claim: Claim) -> Entity:
    own = entity.claims or (replace(claim, name=entity.name, properties=entity.properties),)
    told = replace(
        claim,
        name=entity.name,
        properties={"language": language},
        rule=BY_WORDS,
        confidence=LANGUAGE_CONFIDENCE,
    )
    return replace(entity, claims=(*own, told))


def _facts(entity: Entity, said: str, language: str | None, *, claim: Claim) -> Iterator[Entity | Relation]:
    own = {fold(entity.name), *(fold(str(a)) for a in _list(entity.properties.get("aliases")))}
    for use in uses_said(said[:LONGEST_DESCRIPTION], language=language):
        named, at = use.mention.component, use.mention
        if any(name.startswith((fold(named.name), fold(said[at.start : at.end]))) for name in own):
            continue
        place = replace(claim.place, start=at.start, end=at.end)
        quote = use.sentence[:LONGEST_QUOTE]
        cited = replace(claim, place=place, rule=BY_NAME, confidence=CONFIDENCE, quote=quote)
        modal: Properties = {} if use.modality is Modality.FACT else {"modality": str(use.modality)}
        if named.kind == "standard":
            target = Entity(standard_id(named.name), "Standard", named.name, {"code": named.name}, (cited,))
            yield target
            yield Relation(entity.id, "CONFORMS_TO", target.id, modal, (cited,))
        else:
            target = Entity(asset_id(named.name), "Component", named.name, {}, (cited,))
            yield target
            yield Relation(entity.id, "REUSES", target.id, {"basis": "extracted", **modal}, (cited,))


def _list(value: object) -> tuple[object, ...]:
    return value if isinstance(value, tuple) else (value,) if value else ()


@cache
def _file() -> _File:
    text = files("ingest.sources").joinpath("abroad.yaml").read_text("utf-8")
    return _File.model_validate(yaml.safe_load(text))


@cache
def _cues() -> Mapping[str, _Cues]:
    return {
        code: _Cues(*(re.compile(rf"(?:{'|'.join(words)})(?!\w)", re.IGNORECASE) for words in _lists(row)))
        for code, row in _file().languages.items()
    }


def _lists(row: _Words) -> tuple[tuple[str, ...], ...]:
    return row.uses, row.ruled_out, row.later, row.conforms


@cache
def _between() -> re.Pattern[str]:
    words = sorted(map(re.escape, _file().between), key=lambda word: (-len(word), word))
    return re.compile(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)|[^\w\s]", re.IGNORECASE)
