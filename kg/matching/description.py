"""What two systems are compared by: a proposal, a census row or a passage, told in one form."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Item:
    """One function as worded.

    `path` is its place in the function list ("" at the top), `amount` is in yuan, None when not given,
    `place` says where it stands, in words for a reader ("第3页", "表2第5行"), "" when unknown. `effort` is in
    person-months, None when not given.
    """

    text: str
    path: str = ""
    amount: Decimal | None = None
    place: str = ""
    effort: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Description:
    """One system, project or proposal in words. Empty means not known, never absent.

    `name` is the main name, `aliases` other names of the same thing; `uses` are names of systems and
    components it says it connects to, reuses or is built on, `replaces` of systems it takes over; `region`
    is a GB/T 2260 code or a plain place name, `department` the owner's name, `period` "2025" or
    "2025/2026". `declared` is the sentence in which it says that it deploys or extends an existing system,
    if there is one.
    """

    id: str
    name: str = ""
    aliases: tuple[str, ...] = ()
    text: str = ""
    items: tuple[Item, ...] = ()
    department: str = ""
    region: str = ""
    period: str = ""
    uses: tuple[str, ...] = ()
    replaces: tuple[str, ...] = ()
    declared: str = ""
    stage: str = ""
    language: str = "zh"
