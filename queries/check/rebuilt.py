"""Functions of a proposal that a shared component of the estate already provides."""

import functools
from collections.abc import Iterator, Sequence

from kg.identity import capability_id
from kg.matching.abilities import AbilityMatch
from kg.matching.description import Item
from kg.matching.proposal import Proposal
from kg.matching.thresholds import ability_bands
from kg.model import EntityId
from kg.registry import ability, infer_region
from kg.text import fold
from queries.check.context import CheckContext
from queries.check.modules import functions_of
from queries.check.providing import Provided, provided
from queries.check.report import Rebuilt
from queries.estate import Member
from queries.policy import Policy
from queries.usability import Consumer, blockers

TELLING = 4
"""Shorter names of abilities (印章, 支付) stand in the names of too many other things."""


def rebuilt_components(
    proposal: Proposal, context: CheckContext, policy: Policy
) -> tuple[dict[int, Rebuilt], tuple[str, ...]]:
    """Findings by item index, and what a person must look at because the match is not certain.

    What the proposal says it connects to, or a line that is itself about connecting, is reuse and no finding.
    """
    items = proposal.description.items
    functions = frozenset(functions_of(items))
    found: dict[int, Rebuilt] = {}
    doubtful = []
    own = provided(items, context)
    matches = context.abilities().match([item.text for item in items])
    for number, (item, match) in enumerate(zip(items, matches, strict=True)):
        if _connects(item.text, policy):
            continue
        listed = own.get(number)
        finding = _of_ability(item, match, proposal, context=context)
        if listed is not None and not _is_used(listed.member, proposal):
            found[number] = _listed(item, listed, proposal, context=context)
        elif finding is not None and match is not None and match.certain:
            found[number] = finding
        elif finding is not None and match is not None and item in functions:
            doubtful.append(f"「{item.text}」可能属于共享能力「{match.name}」，请核对")
    return found, tuple(doubtful)


def _connects(text: str, policy: Policy) -> bool:
    """Whether the line is about connecting to something that exists, and not about bringing in devices."""
    if not any(word in text for word in policy.connecting):
        return False
    devices = any(word in text for word in policy.devices)
    return not devices or any(word in text for word in policy.platforms)


def _of_ability(
    item: Item, match: AbilityMatch | None, proposal: Proposal, *, context: CheckContext
) -> Rebuilt | None:
    """What offers the ability the function is of, else a nearly as near ability; None where nothing does."""
    if match is None or _is_connected(match, proposal):
        return None
    sure = ability_bands(context.encoder.mode).certain
    for key in (match.id, *(key for key, score in match.top if key != match.id and score >= sure)):
        offering = list(_offering(key, context))
        if offering:
            return _finding(item, match, key, offering=offering, proposal=proposal)
    return None


def _listed(item: Item, listed: Provided, proposal: Proposal, *, context: CheckContext) -> Rebuilt:
    """The component lists the function itself; the ability is the first it offers, if any is known."""
    offered = next(iter(context.estate.offers.get(listed.member.id, ())), "")
    known = ability(offered.removeprefix("capability:"))
    in_the_way = blockers(listed.member.properties, _consumer(proposal))
    return Rebuilt(
        function=item.text,
        place=item.place,
        component=listed.member.id,
        component_name=listed.member.name,
        capability=known.name if known else listed.function,
        capability_id=EntityId(offered),
        score=min(1.0, listed.score),
        prototype=listed.function,
        usable=not in_the_way,
        blockers=in_the_way,
    )


def _is_connected(match: AbilityMatch, proposal: Proposal) -> bool:
    known = ability(match.id)
    names = [_folded(name) for name in (known.name, *known.aliases)] if known else []
    return any(name in _folded(used) for used in proposal.description.uses for name in names)


def _finding(
    item: Item, match: AbilityMatch, key: str, *, offering: Sequence[Member], proposal: Proposal
) -> Rebuilt | None:
    if any(_is_used(member, proposal) for member in offering):
        return None
    consumer = _consumer(proposal)
    best = min(offering, key=lambda m: (len(blockers(m.properties, consumer)), m.id))
    known = ability(key)
    in_the_way = blockers(best.properties, consumer)
    return Rebuilt(
        function=item.text,
        place=item.place,
        component=best.id,
        component_name=best.name,
        capability=known.name if known else match.name,
        capability_id=capability_id(key, registered=True),
        score=match.score,
        prototype=match.prototype,
        usable=not in_the_way,
        blockers=in_the_way,
    )


def _consumer(proposal: Proposal) -> Consumer:
    """Who would use a component: the region stated, else the one that the department's name begins with."""
    inferred = infer_region(proposal.description.department)
    return Consumer(region=proposal.description.region or (inferred.code if inferred else ""))


def _is_used(member: Member, proposal: Proposal) -> bool:
    """Whether the proposal names the component among what it connects to."""
    names = {_folded(name) for name in (member.name, *member.aliases)}
    return any(_folded(used) in names for used in proposal.description.uses)


def _offering(key: str, context: CheckContext) -> Iterator[Member]:
    """Systems and components that offer the ability, and components that carry its name."""
    wanted = capability_id(key, registered=True)
    offering = {member.id: member for member in context.estate.offering_any([wanted])}
    named = _ability_names(key)
    for member in context.estate.of_type("Component"):
        called = [_folded(name) for name in (member.name, *member.aliases)]
        if any(n in c for n in named for c in called):
            offering[member.id] = member
    yield from (member for _, member in sorted(offering.items()))


def _ability_names(key: str) -> tuple[str, ...]:
    """The ability's names that are telling enough to know a component by."""
    known = ability(key)
    names = (known.name, *known.aliases) if known else ()
    return tuple(fold(name) for name in names if len(name) >= TELLING)


@functools.lru_cache(maxsize=50_000)
def _folded(name: str) -> str:
    """Names of components are asked for once for each function of a proposal."""
    return fold(name)
