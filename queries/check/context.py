"""What every check of one store version shares: the estate, its index, the encoder."""

from dataclasses import dataclass

from kg.matching.candidates import CandidateIndex
from kg.matching.encoder.port import Encoder
from kg.matching.pairs import Context
from kg.store.base import GraphReader
from queries.estate import Estate, Member, load_estate


@dataclass(frozen=True, slots=True)
class CheckContext:
    """The estate prepared for comparison; `newest` is the latest date in it, "" if unknown."""

    estate: Estate
    members: tuple[Member, ...]
    index: CandidateIndex
    encoder: Encoder
    matching: Context
    engine: str
    as_of: str | None
    newest: str


def prepare(
    reader: GraphReader, encoder: Encoder, *, engine: str, as_of: str | None = None, newest: str = ""
) -> CheckContext:
    """Reads the estate (as of a date, where one is given) and builds the index over it."""
    view = reader.as_of(as_of) if as_of else reader
    estate = load_estate(view)
    members = tuple(member for member in estate.members.values() if _is_comparable(member, estate))
    index = CandidateIndex.build([member.description for member in members], encoder=encoder)
    return CheckContext(
        estate=estate,
        members=members,
        index=index,
        encoder=encoder,
        matching=Context(encoder, index.rarity),
        engine=engine,
        as_of=as_of,
        newest=newest,
    )


def _is_comparable(member: Member, estate: Estate) -> bool:
    """A thing named only in passing (no owner, no function, no words of its own) says nothing to compare."""
    described = bool(member.owner or member.description.items or member.description.text)
    return described and (member.type != "Component" or member.id not in estate.offering)
