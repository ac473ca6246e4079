"""The decided projects by their functions, prepared once for all checks of one state of the graph."""

import functools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kg.matching.encoder.port import Encoder, Vectors
from kg.matching.lexicon.loading import ability_rules
from kg.matching.phrases import plain
from kg.store.base import GraphReader
from kg.text import fold
from queries.estate import Estate
from queries.estate.delivering import delivered_by
from queries.precedents.decided import Decided, decided_projects


@dataclass(frozen=True)
class Library:
    """Decided projects, their distinct functions in order, and which projects hold each function."""

    decided: tuple[Decided, ...]
    phrases: tuple[str, ...]
    holders: tuple[tuple[int, ...], ...]
    encoder: Encoder

    @functools.cached_property
    def vectors(self) -> Vectors:
        """A row for each phrase."""
        return encoded(self.phrases, self.encoder)


def load_library(estate: Estate, reader: GraphReader, encoder: Encoder) -> Library:
    """The functions of decided projects and of the systems they deliver, without lines of every list."""
    decided = decided_projects(estate, reader)
    delivered = delivered_by([one.project.id for one in decided], reader)
    held: dict[str, list[int]] = {}
    for number, one in enumerate(decided):
        own = [
            one.project,
            *(estate.members[i] for i in delivered.get(one.project.id, ()) if i in estate.members),
        ]
        texts = {item.text for member in own for item in member.description.items}
        for text in sorted(filter(is_telling, texts)):
            held.setdefault(text, []).append(number)
    phrases = tuple(sorted(held))
    return Library(tuple(decided), phrases, tuple(tuple(held[text]) for text in phrases), encoder)


def is_telling(text: str) -> bool:
    """Whether a line of a function list is about this system, and not one that every list has."""
    return bool(text.strip()) and fold(text) not in ability_rules().everywhere


def encoded(phrases: Sequence[str], encoder: Encoder) -> Vectors:
    """Rows of plain wordings, as phrases are compared."""
    if not phrases:
        return np.zeros((0, 1), dtype=np.float32)
    return encoder.encode([plain(text) for text in phrases])
