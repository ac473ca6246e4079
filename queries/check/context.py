"""What every check of one store version shares: the estate, its index, the encoder."""

import functools
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass

from kg.matching.abilities import AbilityMatcher, shared_abilities
from kg.matching.candidates import CandidateIndex
from kg.matching.encoder.port import Encoder
from kg.matching.pairs import Context
from kg.model import EntityId
from kg.store.base import GraphReader
from queries.check.keeping import Kept, Prepared, load_prepared, save_prepared
from queries.estate import Estate, Member, load_estate
from queries.estate.offered import Offered, offered
from queries.precedents.library import Library, load_library

log = logging.getLogger(__name__)
READ = 8_192
"""Members whose offers stay in memory, some 4 KB each."""


@dataclass(frozen=True, slots=True)
class CheckContext:
    """The estate prepared for comparison; `newest` is the latest date in it, "" if unknown.

    `run` is the last run of the store that had finished, None where nobody told.

    `abilities` gives what knows the shared abilities, made when first asked for; `offered` what a member
    offers, which stays in memory for those asked for last; `library` the decided projects.
    """

    estate: Estate
    members: tuple[Member, ...]
    index: CandidateIndex
    encoder: Encoder
    matching: Context
    abilities: Callable[[], AbilityMatcher]
    offered: Callable[[EntityId], Offered]
    library: Callable[[GraphReader], Library]
    engine: str
    as_of: str | None
    newest: str
    run: int | None = None


def prepare(
    reader: GraphReader,
    encoder: Encoder,
    *,
    engine: str,
    as_of: str | None = None,
    newest: str | Callable[[], str] = "",
    kept: Kept | None = None,
) -> CheckContext:
    """The estate (as of a date, where one is given) and the index over it.

    Read and built, unless `kept` holds what was prepared of this state before; what is built is kept there.
    `newest` may be a question that takes long: it is asked only where something is built.
    """
    found = load_prepared(kept, encoder, engine=engine) if kept else None
    if found is None:
        found = _built(reader.as_of(as_of) if as_of else reader, encoder, newest=newest)
        # A graph that was written to meanwhile may be seen half before and half after.
        if kept and reader.version() == found.estate.version:
            save_prepared(found, kept, encoder, engine=engine)
    return CheckContext(
        estate=found.estate,
        members=found.members,
        index=found.index,
        encoder=encoder,
        matching=Context(encoder, found.index.rarity),
        offered=functools.lru_cache(maxsize=READ)(lambda key: offered(found.estate.members[key])),
        library=_remembered(found.estate, encoder),
        abilities=functools.cache(lambda: AbilityMatcher(shared_abilities(), encoder)),
        engine=engine,
        as_of=as_of,
        newest=found.newest,
    )


def _remembered(estate: Estate, encoder: Encoder) -> Callable[[GraphReader], Library]:
    """Reads the decided projects when they are first asked for; the estate and they are of one state."""
    known: list[Library] = []

    def library(reader: GraphReader) -> Library:
        if not known:
            known.append(load_library(estate, reader, encoder))
        return known[0]

    return library


def _built(reader: GraphReader, encoder: Encoder, *, newest: str | Callable[[], str]) -> Prepared:
    begun = time.monotonic()
    estate = load_estate(reader)
    members = tuple(member for member in estate.members.values() if _is_comparable(member, estate))
    index = CandidateIndex.build([member.description for member in members], encoder=encoder)
    log.info("estate prepared: %d members, %.1f s", len(members), time.monotonic() - begun)
    return Prepared(estate, members, index, newest if isinstance(newest, str) else newest())


def _is_comparable(member: Member, estate: Estate) -> bool:
    """A thing named only in passing (no owner, no function, no words of its own) says nothing to compare."""
    described = bool(member.owner or member.listed or member.description.text)
    return described and (member.type != "Component" or member.id not in estate.offering)
