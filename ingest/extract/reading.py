"""The stages by which a folded text is read, each from what the stages before it found."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import chain

from ingest.extract import aliases, lists, resolve
from ingest.extract import relations as related
from ingest.extract.chunks import chunks
from ingest.extract.details import details
from ingest.extract.fields import fields
from ingest.extract.gazetteer import capabilities, known_systems, places
from ingest.extract.model import Detail, Label, Mention, TextRelation
from ingest.extract.organs import companies, organs
from ingest.extract.standards import standards, titles
from ingest.extract.words import Words
from ingest.extract.words import cut as cut_words


@dataclass(slots=True)
class Reading:
    """What has been read of one text so far.

    `told` is the length of the name of a described system at the start of the text, 0 without one; `titled`
    are the places inside titles of documents.
    """

    text: str
    told: int = 0
    words: Words | None = None
    titled: frozenset[int] = frozenset()
    mentions: list[Mention] = field(default_factory=list)
    aliases: tuple[tuple[str, str], ...] = ()
    relations: tuple[TextRelation, ...] = ()
    details: tuple[Detail, ...] = ()

    def cut(self) -> Words:
        """Returns the words of the text, cut when they are first asked for."""
        if self.words is None:
            self.words = cut_words(self.text)
        return self.words

    def add(self, found: Iterable[Mention]) -> None:
        """Adds candidates that stand neither in the told name nor in the title of a document."""
        self.mentions.extend(
            item for item in found if item.start >= self.told and item.start not in self.titled
        )


def structure(reading: Reading) -> None:
    """Cuts words and numbering, keeps titles apart, adds the told name, values of fields, and standards."""
    reading.titled = titles(reading.text)
    if reading.told:
        name = reading.text[: reading.told]
        reading.mentions.append(Mention(0, reading.told, Label.SYSTEM, name, "subject", 1.0))
    words = reading.cut()
    reading.add(chain(fields(words), standards(words)))


def know(reading: Reading) -> None:
    """Adds what is known by name."""
    words = reading.cut()
    reading.add(chain(capabilities(words), known_systems(words), places(words)))


def find_organs(reading: Reading) -> None:
    """Adds organs of state and companies."""
    words = reading.cut()
    reading.add(chain(organs(words), companies(words)))


def chunk(reading: Reading) -> None:
    """Adds systems, components, projects and modules by their last word."""
    reading.add(chunks(reading.cut()))


def find_lists(reading: Reading) -> None:
    """Adds listed functions."""
    named = sorted(item.start for item in reading.mentions if item.label in lists.OWNERS)
    reading.mentions.extend(lists.owned(reading.text, named))


def choose(reading: Reading) -> None:
    """Leaves flat mentions: defines short forms, carries names on, lets the longest win."""
    text, chosen = reading.text, resolve.longest(reading.mentions)
    learned = (resolve.joined(text, chosen), resolve.branded(text, chosen), resolve.owning(chosen))
    chosen = resolve.longest([*chosen, *chain.from_iterable(learned)])
    pairs = aliases.short_forms(text, chosen)
    chosen = resolve.longest([*chosen, *(short for short, _ in pairs)])
    reading.mentions = resolve.longest([*chosen, *resolve.carried(text, chosen)])
    reading.aliases = tuple((short.text, full.text) for short, full in pairs if short.rule == "alias")


def relate(reading: Reading) -> None:
    """Reads the relations between the mentions."""
    reading.relations = related.relations(reading.text, reading.mentions, dict(reading.aliases))


def value(reading: Reading) -> None:
    """Reads money, dates, periods, approvals and grades of the mentions."""
    reading.details = tuple(details(reading.text, reading.mentions))


STAGES: tuple[tuple[str, Callable[[Reading], None]], ...] = (
    ("kg_structure", structure),
    ("kg_gazetteer", know),
    ("kg_departments", find_organs),
    ("kg_chunker", chunk),
    ("kg_lists", find_lists),
    ("kg_resolve", choose),
    ("kg_relations", relate),
    ("kg_values", value),
)


def read(text: str, *, told: int = 0) -> Reading:
    """Returns what the stages up to the relations read of a folded text, without the spans of a document."""
    reading = Reading(text, told)
    for name, stage in STAGES:
        if name != "kg_values":
            stage(reading)
    return reading
