"""How well a name answers a search: exact, alias, prefix, substring, initials, in this order."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kg.model import Entity, EntityId, Value
from kg.store.base import Hit
from kg.text import fold, initials

# Functions outnumber systems twenty to one; asked without a type they come after everything else.
CROWD = "Function"
CROWD_WEIGHT = 0.4
EXACT_ALIAS = 0.97


@dataclass(frozen=True, slots=True)
class Query:
    """A search text: as a whole, and its parts, all of which must be found. All folded."""

    whole: str
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """What of an entity a search looks at; `folded` is its folded name, aliases are as written."""

    id: EntityId
    type: str
    name: str
    folded: str
    aliases: tuple[str, ...]


def candidate(entity: Entity) -> Candidate:
    """The entity as a candidate."""
    aliases = aliases_of(entity.properties.get("aliases"))
    return Candidate(entity.id, entity.type, entity.name, fold(entity.name), aliases)


def parse(text: str) -> Query:
    """The query for a text; terms are what spaces part. No terms: nothing can match."""
    terms = (fold(part) for part in text.split())
    return Query(fold(text), tuple(dict.fromkeys(term for term in terms if term)))


def aliases_of(value: Value | None) -> tuple[str, ...]:
    """An alias property as a tuple; a single text is one alias."""
    if value is None:
        return ()
    return value if isinstance(value, tuple) else (str(value),)


def hit(found: Candidate, query: Query, *, crowd_counts: bool) -> Hit | None:
    """The candidate as an answer with its score in (0, 1], None when it is none.

    `crowd_counts` says that functions were asked for by type and take part at full weight.
    """
    score = _score(found, query)
    if score is None:
        return None
    if found.type == CROWD and not crowd_counts and score < 1.0:
        score *= CROWD_WEIGHT
    return Hit(found.id, found.type, found.name, round(score, 4))


def best(hits: Iterable[Hit], *, crowd_counts: bool) -> list[Hit]:
    """Hits from best to worst, ties by id.

    Of functions worded exactly as asked, one keeps its place at the top and stands for its equals.
    """
    ordered = sorted(hits, key=lambda found: (-found.score, found.id))
    if crowd_counts:
        return ordered
    exact = [found for found in ordered if found.type == CROWD and found.score == 1.0][1:]
    if not exact:
        return ordered
    rest = set(exact)
    demoted = [Hit(found.id, found.type, found.name, CROWD_WEIGHT) for found in exact]
    return sorted(
        [found for found in ordered if found not in rest] + demoted,
        key=lambda found: (-found.score, found.id),
    )


def _score(found: Candidate, query: Query) -> float | None:
    if not query.terms:
        return None
    if found.folded == query.whole:
        return 1.0
    aliases = [_folded(alias) for alias in found.aliases]
    if query.whole in aliases:
        return EXACT_ALIAS
    scores = [_term_score(term, found, aliases) for term in query.terms]
    reached = [score for score in scores if score is not None]
    return sum(reached) / len(reached) if len(reached) == len(scores) else None


@lru_cache(maxsize=65536)
def _folded(alias: str) -> str:
    return fold(alias)


def _term_score(term: str, found: Candidate, aliases: Sequence[str]) -> float | None:
    at_name = _part_score(term, found.folded)
    if at_name is not None:
        return at_name
    at_alias = [score * 0.9 for alias in aliases if (score := _part_score(term, alias)) is not None]
    if at_alias:
        return max(at_alias)
    return _initials_score(term, found)


def _part_score(term: str, whole: str) -> float | None:
    """Above .70 for a beginning, above .40 elsewhere; more for the larger part of the whole."""
    if term not in whole:
        return None
    coverage = len(term) / len(whole)
    return (0.70 if whole.startswith(term) else 0.40) + 0.25 * coverage


def _initials_score(term: str, found: Candidate) -> float | None:
    if found.type == CROWD or len(term) < 2 or not (term.isascii() and term.isalnum()):
        return None
    spelled = initials(found.name)
    if term not in spelled:
        return None
    return (0.30 if spelled.startswith(term) else 0.20) + 0.10 * len(term) / len(spelled)
