"""Finds functions that a shared ability already provides: certificates, seals, messaging and so on."""

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.matching.encoder.onnx import prepared
from kg.matching.encoder.port import Encoder, Vectors
from kg.matching.lexicon.loading import ability_rules, phrase_lexicon
from kg.matching.thresholds import thresholds
from kg.matching.words import words_of
from kg.registry.abilities import abilities

TOP = 3
NAME = 4
"""Shorter names of abilities stand in too many other words."""
ROUNDED = 1e-4
_JOINT = re.compile("[与和及、/]|以及")


@dataclass(frozen=True, slots=True)
class Ability:
    """One shared ability as matching sees it: its registry id, names and the functions it offers."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    functions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AbilityMatch:
    """The ability a function phrase is one of.

    `score` 0..1; `certain` is False in the band that a person must look at; `prototype` is the wording of
    the ability that came nearest; `top` holds up to three (id, score), best first.
    """

    id: str
    name: str
    score: float
    certain: bool
    prototype: str
    top: tuple[tuple[str, float], ...]


class AbilityMatcher:
    """Abilities and the vectors of their prototypes, for one encoder."""

    def __init__(self, among: Sequence[Ability], encoder: Encoder) -> None:
        self._abilities = tuple(among)
        self._encoder = encoder
        self._prototypes = [
            (index, text) for index, ability in enumerate(self._abilities) for text in _prototypes(ability)
        ]
        self._vectors = encoder.encode([text for _, text in self._prototypes])
        self._business = encoder.encode(ability_rules().business)
        self._names = [
            (index, prepared(name))
            for index, ability in enumerate(self._abilities)
            for name in (ability.name, *ability.aliases)
            if len(name) >= NAME
        ]
        self._wordings = frozenset(prepared(text) for _, text in self._prototypes)
        self._known = "".join(sorted(self._wordings))

    def match(self, phrases: Sequence[str]) -> list[AbilityMatch | None]:
        """One entry for each phrase; None where no ability provides it."""
        if not phrases or not self._prototypes:
            return [None] * len(phrases)
        scores = self._encoder.encode(phrases) @ self._vectors.T
        found = [self._best(phrase, row) for phrase, row in zip(phrases, scores, strict=True)]
        return [one or self._joined(phrase) for phrase, one in zip(phrases, found, strict=True)]

    def _joined(self, phrase: str) -> AbilityMatch | None:
        """The ability that every part of a joined phrase is of, as sure as its weakest part."""
        parts = [part for part in _JOINT.split(phrase) if part]
        if len(parts) < 2:
            return None
        scores = self._encoder.encode(parts) @ self._vectors.T
        found = [self._best(part, row) for part, row in zip(parts, scores, strict=True)]
        matches = [one for one in found if one is not None]
        if len(matches) < len(parts) or len({one.id for one in matches}) > 1:
            return None
        return min(matches, key=lambda one: (one.certain, one.score))

    def _best(self, phrase: str, row: Vectors) -> AbilityMatch | None:
        if self._is_far(phrase, row):
            return None
        if self._is_local_reminder(phrase) or prepared(phrase) in ability_rules().everywhere:
            return None
        nearest = self._nearest(phrase, row)
        order = sorted(nearest, key=lambda index: (-nearest[index][0], self._abilities[index].id))[:TOP]
        score, prototype = nearest[order[0]]
        limits = thresholds().abilities
        if score < (ability_rules().plain if self._is_plain(phrase) else limits.possible):
            return None
        if order[0] not in self._named(phrase) and self._is_business(phrase, score):
            return None
        ability = self._abilities[order[0]]
        top = tuple((self._abilities[index].id, nearest[index][0]) for index in order)
        certain = score >= limits.certain and not self._foreign_object(phrase)
        return AbilityMatch(ability.id, ability.name, score, certain, prototype, top)

    def _is_far(self, phrase: str, row: Vectors) -> bool:
        """Whether no prototype is near enough, nor any ability named, to look closer; most phrases are."""
        hinted = any(word in phrase for word in ability_rules().telling)
        least = ability_rules().hinted if hinted else thresholds().abilities.possible
        return float(row.max()) < least - ROUNDED and not self._named(phrase)

    def _nearest(self, phrase: str, row: Vectors) -> dict[int, tuple[float, str]]:
        """By ability: the score of its nearest prototype, raised where the phrase names or hints at it."""
        named, hinted = self._named(phrase), self._hinted(phrase)
        nearest: dict[int, tuple[float, str]] = {}
        for (index, text), cosine in zip(self._prototypes, row, strict=True):
            score = max(round(float(cosine), 4), 0.9 if index in named else 0.0)
            if index in hinted and score >= ability_rules().hinted:
                score = max(score, thresholds().abilities.possible)
            if score > nearest.get(index, (-1.0, ""))[0]:
                nearest[index] = (score, text)
        return nearest

    def _is_business(self, phrase: str, score: float) -> bool:
        """Whether a function of some line of business is as near; the less sure, the farther it has to be."""
        rival = float((self._business @ self._encoder.encode([phrase])[0]).max())
        sure = score >= thresholds().abilities.certain
        return round(score - rival, 4) < (0.0 if sure else ability_rules().lead)

    def _hinted(self, phrase: str) -> frozenset[int]:
        hints = {key for word, key in ability_rules().telling.items() if word in phrase}
        return frozenset(index for index, ability in enumerate(self._abilities) if ability.id in hints)

    def _named(self, phrase: str) -> frozenset[int]:
        text = prepared(phrase)
        return frozenset(index for index, name in self._names if name in text)

    def _is_local_reminder(self, phrase: str) -> bool:
        rules, text = ability_rules(), prepared(phrase)
        return any(w in text for w in rules.local_reminder) and any(w in text for w in rules.reminders)

    def _is_plain(self, phrase: str) -> bool:
        """Whether it has no object of its own, and is no wording of an ability."""
        idle = phrase_lexicon().idle_words
        hinted = any(word in phrase for word in ability_rules().telling)
        idle_only = all(word in idle for word in words_of(phrase))
        return idle_only and not hinted and prepared(phrase) not in self._wordings

    def _foreign_object(self, phrase: str) -> bool:
        objects = [
            word for word in words_of(phrase) if len(word) > 1 and word not in phrase_lexicon().idle_words
        ]
        pieces = [word[i : i + 2] for word in objects for i in range(len(word) - 1)]
        return bool(pieces) and not any(piece in self._known for piece in pieces)


@functools.cache
def shared_abilities() -> tuple[Ability, ...]:
    """The abilities of the registry that are shared components; business platforms are not among them."""
    return tuple(
        Ability(entry.id, entry.name, entry.aliases, entry.functions)
        for entry in abilities()
        if entry.kind == "shared"
    )


def match_abilities(
    phrases: Sequence[str], encoder: Encoder, *, among: Sequence[Ability] | None = None
) -> list[AbilityMatch | None]:
    """The shared ability (of the registry) each phrase is one of; keep an `AbilityMatcher` to ask often."""
    return AbilityMatcher(shared_abilities() if among is None else among, encoder).match(phrases)


def _prototypes(ability: Ability) -> tuple[str, ...]:
    named = [f"{ability.name}{function}" for function in ability.functions]
    wordings = ability_rules().wordings.get(ability.id, ())
    return tuple(dict.fromkeys((ability.name, *ability.aliases, *named, *wordings)))
