"""Finds functions that a shared ability already provides."""

import functools
import re
from collections.abc import Sequence

from kg.matching.abilities.ability import Ability, AbilityMatch, shared_abilities
from kg.matching.abilities.evidence import Candidate, Evidence
from kg.matching.abilities.vectors import wording_vectors
from kg.matching.abilities.weights import ability_weights
from kg.matching.abilities.wordings import wordings_of
from kg.matching.encoder.onnx import prepared
from kg.matching.encoder.port import Encoder
from kg.matching.lexicon.loading import ability_rules
from kg.matching.thresholds import ability_bands
from kg.matching.words import letters_of

_JOINT = re.compile("[与和及、/]|以及")
_BEHIND = re.compile("[，,；;：:。（(]")
LEAST = 4
"""Shorter heads of a phrase (平台：…) say too little."""


class AbilityMatcher:
    """Abilities and the evidence for each, for one encoder."""

    def __init__(self, among: Sequence[Ability], encoder: Encoder) -> None:
        self._abilities = tuple(among)
        self._encoder = encoder
        self._weights = ability_weights(encoder.mode)
        self._limits = ability_bands(encoder.mode)
        self._evidence = _evidence(self._abilities, encoder)

    def match(self, phrases: Sequence[str]) -> list[AbilityMatch | None]:
        """One entry for each phrase; None where no ability provides it."""
        found = self._whole(phrases)
        return [self._surest(phrase, one) for phrase, one in zip(phrases, found, strict=True)]

    def _whole(self, phrases: Sequence[str]) -> list[AbilityMatch | None]:
        candidates = self._evidence.candidates(phrases, self._encoder.encode(phrases))
        return [
            self._judged(likely) if likely and letters_of(phrase) and not _is_own(phrase) else None
            for phrase, likely in zip(phrases, candidates, strict=True)
        ]

    def _surest(self, phrase: str, whole: AbilityMatch | None) -> AbilityMatch | None:
        """The match of the whole, else of what stands before its explanations, else of all its parts."""
        if whole is not None and whole.certain:
            return whole
        head = _BEHIND.split(phrase, maxsplit=1)[0]
        if LEAST <= len(head) < len(phrase):
            [found] = self._whole([head])
            if found is not None and (whole is None or found.certain):
                return found
        return whole or self._joined(phrase)

    def _joined(self, phrase: str) -> AbilityMatch | None:
        """The ability that every part of a joined phrase is of, as sure as its weakest part."""
        parts = [part for part in _JOINT.split(phrase) if part]
        if len(parts) < 2:
            return None
        matches = [one for one in self._whole(parts) if one is not None]
        if len(matches) < len(parts) or len({one.id for one in matches}) > 1:
            return None
        return min(matches, key=lambda one: (one.certain, one.score))

    def _judged(self, candidates: Sequence[Candidate]) -> AbilityMatch | None:
        """The likeliest of the nearest abilities, if it is likely enough to be the right one."""
        judged = [(self._weights.likelihood(one), one) for one in candidates]
        judged.sort(key=lambda one: -one[0])
        score, best = judged[0]
        if score < self._limits.possible:
            return None
        ability = self._abilities[best.place]
        top = tuple((self._abilities[one.place].id, likely) for likely, one in judged)
        return AbilityMatch(ability.id, ability.name, score, score >= self._limits.certain, best.nearest, top)


def match_abilities(
    phrases: Sequence[str], encoder: Encoder, *, among: Sequence[Ability] | None = None
) -> list[AbilityMatch | None]:
    """The shared ability (of the registry) each phrase is one of; keep an `AbilityMatcher` to ask often."""
    return AbilityMatcher(shared_abilities() if among is None else among, encoder).match(phrases)


def _evidence(among: tuple[Ability, ...], encoder: Encoder) -> Evidence:
    """Made once for each model: there are thousands of wordings to embed."""
    kept = _kept(encoder.key, among)
    if not kept:
        wordings = wordings_of(among)
        kept.append(Evidence(wordings, wording_vectors(wordings.texts, encoder)))
    return kept[0]


@functools.lru_cache(maxsize=4)
def _kept(model: str, among: tuple[Ability, ...]) -> list[Evidence]:  # noqa: ARG001 - one for each model
    return []


def _is_own(phrase: str) -> bool:
    """Whether it is a line of every system's own administration, or a reminder of the business itself."""
    rules, text = ability_rules(), prepared(phrase)
    if text in rules.everywhere:
        return True
    return any(word in text for word in rules.local_reminder) and any(
        word in text for word in rules.reminders
    )
