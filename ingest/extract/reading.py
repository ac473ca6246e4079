"""The stages by which a folded text is read, each from what the stages before it found."""

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import chain

from ingest.extract import candidates, lists, resolve
from ingest.extract import relations as related
from ingest.extract.model import Label, Mention, TextRelation
from ingest.extract.words import Words
from ingest.extract.words import cut as cut_words


@dataclass(slots=True)
class Reading:
    """What has been read of one text so far.

    `told` is the length of the name of a described system at the start of the text, 0 without one.
    """

    text: str
    told: int = 0
    words: Words | None = None
    mentions: list[Mention] = field(default_factory=list)
    aliases: tuple[tuple[str, str], ...] = ()
    relations: tuple[TextRelation, ...] = ()


def cut(reading: Reading) -> None:
    """Cuts the text into words, the hint for left edges."""
    reading.words = cut_words(reading.text)


def find_names(reading: Reading) -> None:
    """Adds the candidates of all name finders; a described system's own name comes first, as one name."""
    told, found = reading.told, reading.mentions
    if told:
        own = candidates.mention(reading.text, (0, told), Label.SYSTEM, rule="subject", confidence=1.0)
        found.append(own)
    words = reading.words or cut_words(reading.text)
    titled = candidates.titles(reading.text)
    for _, finder in candidates.FINDERS:
        found.extend(item for item in finder(words) if item.start >= told and item.start not in titled)


def find_lists(reading: Reading) -> None:
    """Adds listed functions."""
    named = sorted(item.start for item in reading.mentions if item.label in lists.OWNERS)
    reading.mentions.extend(lists.owned(reading.text, named))


def choose(reading: Reading) -> None:
    """Leaves flat mentions: defines short forms, carries names on, lets the longest win."""
    text, chosen = reading.text, resolve.longest(reading.mentions)
    learned = (resolve.joined(text, chosen), resolve.branded(text, chosen), resolve.owning(chosen))
    chosen = resolve.longest([*chosen, *chain.from_iterable(learned)])
    pairs = candidates.short_forms(text, chosen)
    chosen = resolve.longest([*chosen, *(short for short, _ in pairs)])
    reading.mentions = resolve.longest([*chosen, *resolve.carried(text, chosen)])
    reading.aliases = tuple((short.text, full.text) for short, full in pairs if short.rule == "alias")


def relate(reading: Reading) -> None:
    """Reads the relations between the mentions."""
    reading.relations = related.relations(reading.text, reading.mentions, dict(reading.aliases))


STAGES: tuple[tuple[str, Callable[[Reading], None]], ...] = (
    ("kg_words", cut),
    ("kg_names", find_names),
    ("kg_lists", find_lists),
    ("kg_resolve", choose),
    ("kg_relations", relate),
)


def read(text: str, *, told: int = 0) -> Reading:
    """Returns what all stages read of a folded text, without the tokens and spans of a document."""
    reading = Reading(text, told)
    for _, stage in STAGES:
        stage(reading)
    return reading
