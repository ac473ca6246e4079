"""What a member says it is and does, made ready to be compared with needs."""

from dataclasses import dataclass

from kg.matching.items import items_in
from kg.matching.phrases import plain
from queries.estate.members import Member

CLAUSES = 20


@dataclass(frozen=True, slots=True)
class Offered:
    """The plain wordings of what a member offers, and everything it says as one text in lower case."""

    plain: tuple[str, ...]
    said: str


def offers_of(member: Member) -> tuple[str, ...]:
    """What the member says it is and does: its names, its functions, else the phrases of its description."""
    described = member.description
    names = tuple(name for name in (described.name, *described.aliases) if name)
    functions = tuple(item.text for item in described.items)
    return (*names, *(functions or items_in(described.text)[:CLAUSES]))


def offered(member: Member) -> Offered:
    """What the member offers, as compared."""
    offers = offers_of(member)
    said = plain(" ".join((*offers, member.description.text))).lower()
    return Offered(tuple(plain(offer) for offer in offers), said)
