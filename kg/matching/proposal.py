"""A proposal as read: what the duplicate check is given, free of files and formats."""

from dataclasses import dataclass
from decimal import Decimal

from kg.matching.description import Description


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing the proposal says of itself: `kind` as the field is called, the value as written, its place.

    Kinds are the fields of `Description` and `Proposal` (name, department, budget, uses …) and `deploys`, a
    system it says it deploys or extends. `place` is told in words for a reader, "" when unknown.
    """

    kind: str
    value: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """One proposed project in words and figures.

    `description.items` are the lines of its function list, with amounts where the document gives them;
    empty when no function could be read. Money is yuan. `build_kind` is the category as written (新建,
    升级改造 …), `grade` the security grade, None when not said. `unread` names, in Chinese, the parts of
    the file that could not be read. `confidence` 0..1 is that of the function list: 1 for table cells,
    lower for text and OCR. `facts` are the sayings behind the values, in the order of the file; `notes` name,
    in Chinese, what a person should verify because the file contradicts itself or leaves it open.
    """

    description: Description
    file: str
    sha256: str
    budget: Decimal | None = None
    build_kind: str | None = None
    fund_source: str | None = None
    grade: str | None = None
    unread: tuple[str, ...] = ()
    confidence: float = 1.0
    facts: tuple[Fact, ...] = ()
    notes: tuple[str, ...] = ()
