"""Finds, for each module of a proposal, the most alike functions of decided projects."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.model import Claim, EntityId
from kg.store.base import GraphReader
from queries.policy.precedents import precedent_rules
from queries.precedents.decided import Outcome
from queries.precedents.library import Library, is_telling
from queries.precedents.likeness import alike
from queries.precedents.telling import Found, ModulePrecedents, Precedent, Unlike, count, sources


@dataclass(frozen=True, slots=True)
class Asked:
    """A module of the proposal and the functions it stands for."""

    module: str
    functions: tuple[str, ...]


def find_precedents(
    asked: Sequence[Asked],
    library: Library,
    reader: GraphReader,
    *,
    least: float,
    own: Collection[EntityId] = (),
) -> Found:
    """Precedents by module, in the order asked; projects that are the proposal itself (`own`) left out.

    `least` 0..1 is the likeness from which one function stands for another.
    """
    rules = precedent_rules().thresholds
    texts = list(dict.fromkeys(text for one in asked for text in one.functions if is_telling(text)))
    like = alike(texts, library, near=int(rules.near.value), least=least)
    all_found = [(one.module, _of_module(one, library, like, own=own)) for one in asked]
    all_found = [(module, found) for module, found in all_found if found]
    projects = {one.decided.project.id: one.decided for _, found in all_found for one in found}
    decided = [projects[key] for key in sorted(projects)]
    claims = sources(decided, reader)
    shown = int(rules.shown.value)
    return Found(
        modules=tuple(ModulePrecedents(m, _cited(found[:shown], claims)) for m, found in all_found),
        unlike=tuple(_unlike(all_found, claims, shown=shown)),
        decided=sum(one.project.id not in own for one in library.decided),
        approved=count(decided, Outcome.APPROVED),
        refused=count(decided, Outcome.REFUSED),
    )


def _of_module(
    one: Asked, library: Library, like: Mapping[str, Mapping[int, float]], *, own: Collection[EntityId]
) -> list[Precedent]:
    """The nearest function of each decided project, nearest first; of equal ones the first by id."""
    best: dict[int, Precedent] = {}
    for text in dict.fromkeys(one.functions):
        for phrase, score in like.get(text, {}).items():
            for number in library.holders[phrase]:
                known = best.get(number)
                if library.decided[number].project.id not in own and (known is None or score > known.score):
                    best[number] = Precedent(library.decided[number], text, library.phrases[phrase], score)
    return sorted(best.values(), key=lambda found: (-found.score, found.decided.project.id))


def _unlike(
    all_found: Iterable[tuple[str, list[Precedent]]], claims: Mapping[EntityId, Claim], *, shown: int
) -> Iterable[Unlike]:
    for module, found in all_found:
        approved, refused = (
            [one for one in found if one.decided.outcome is outcome]
            for outcome in (Outcome.APPROVED, Outcome.REFUSED)
        )
        if approved and refused:
            yield Unlike(module, _cited(approved[:shown], claims), _cited(refused[:shown], claims))


def _cited(found: Iterable[Precedent], claims: Mapping[EntityId, Claim]) -> tuple[Precedent, ...]:
    return tuple(replace(one, source=claims.get(one.decided.project.id)) for one in found)
