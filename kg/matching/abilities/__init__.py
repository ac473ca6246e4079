"""Which shared ability a function is one of: certificates, seals, messaging and so on, or none."""

from kg.matching.abilities.ability import Ability, AbilityMatch, shared_abilities
from kg.matching.abilities.matcher import AbilityMatcher, match_abilities

__all__ = ["Ability", "AbilityMatch", "AbilityMatcher", "match_abilities", "shared_abilities"]
