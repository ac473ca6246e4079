"""What is read out of one text: mentions with their spans, and relations between them."""

from dataclasses import dataclass
from enum import StrEnum

from kg.model import Modality, Value


class Label(StrEnum):
    """What a mention is; a company that builds or sells is none of the annotated labels."""

    DEPARTMENT = "DEPARTMENT"
    SYSTEM = "SYSTEM"
    COMPONENT = "COMPONENT"
    FUNCTION = "FUNCTION"
    STANDARD = "STANDARD"
    REGION = "REGION"
    PROJECT = "PROJECT"
    COMPANY = "COMPANY"


@dataclass(frozen=True, slots=True)
class Mention:
    """One name in the text; `start` and `end` count code points of the original text, end exclusive.

    `confidence` is 0..1, `rule` names the rule that found it.
    """

    start: int
    end: int
    label: Label
    text: str
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class TextRelation:
    """One directed relation between two mentions, with the sentence that says it and where that begins."""

    head: Mention
    type: str
    tail: Mention
    rule: str
    confidence: float
    modality: Modality
    sentence: str
    start: int


@dataclass(frozen=True, slots=True)
class Detail:
    """One property that a text gives of a mention, with the span of the words that say it."""

    of: Mention
    property: str
    value: Value
    start: int
    end: int
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that was read out of one text; `aliases` are pairs (short form, full name)."""

    text: str
    mentions: tuple[Mention, ...] = ()
    relations: tuple[TextRelation, ...] = ()
    aliases: tuple[tuple[str, str], ...] = ()
    details: tuple[Detail, ...] = ()
