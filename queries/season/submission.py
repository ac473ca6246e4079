"""A proposal as one of many: the file it came in, its money, and the functions by which it is compared."""

from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from kg.matching.description import Description
from kg.matching.encoder.onnx import prepared
from kg.matching.names import strip_place
from kg.matching.proposal import Proposal
from queries.check.modules import functions_of, module_lines
from queries.policy.season import without_parts, without_versions

VENDOR = "vendor"


@dataclass(frozen=True)
class Submission:
    """One proposal of a batch; `file` is what the batch calls it. `stage` is told of what the ledger holds.

    `id` is that of the project in the graph, "" for a file of the batch.
    """

    file: str
    proposal: Proposal
    id: str = ""
    stage: str = ""

    @cached_property
    def described(self) -> Description:
        """What is compared: the functions that head no other line, without the prose around them."""
        told = self.proposal.description
        items = functions_of(told.items)
        return replace(told, id=f"{self.id}{self.file}", items=items, text="" if items else told.text[:2000])

    @cached_property
    def functions(self) -> tuple[str, ...]:
        """Its distinct functions in the order of the list."""
        return tuple(dict.fromkeys(item.text for item in self.described.items if item.text.strip()))

    @cached_property
    def money(self) -> Decimal | None:
        """Yuan asked for: the total, else what the modules cost together; None when neither is told."""
        if self.proposal.budget is not None:
            return self.proposal.budget
        amounts = [m.amount for m in module_lines(self.proposal.description.items) if m.amount is not None]
        return sum(amounts, Decimal(0)) if amounts else None

    @property
    def name(self) -> str:
        """The name of the project."""
        return self.proposal.description.name

    @property
    def department(self) -> str:
        """The unit that applies, "" when not told."""
        return self.proposal.description.department

    @cached_property
    def unit(self) -> str:
        """The unit, folded for comparison."""
        return prepared(self.department)

    @cached_property
    def title(self) -> str:
        """The name, folded, without marks of versions."""
        return prepared(without_versions(self.name))

    @cached_property
    def bare_name(self) -> str:
        """The name, folded, without place, unit and marks of versions and parts."""
        name = prepared(without_parts(without_versions(self.name)))
        name = name.removeprefix(self.unit) if self.unit else name
        return strip_place(name)

    def is_part_beside(self, other: "Submission") -> bool:
        """Whether both names say that they are parts of one whole of one unit: 一期 and 二期."""
        one_whole = bool(self.unit) and self.unit == other.unit and self.bare_name == other.bare_name
        marked = all(without_parts(one.name) != one.name for one in (self, other))
        return one_whole and marked and self.title != other.title

    @property
    def called(self) -> str:
        """How a reader is told of it."""
        return f"《{self.name or self.file}》（{self.department or '单位不明'}）"

    @cached_property
    def vendors(self) -> frozenset[str]:
        """Firms that the paper names as its builder or author, folded."""
        return frozenset(prepared(f.value) for f in self.proposal.facts if f.kind == VENDOR)
