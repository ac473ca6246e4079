"""Proposals that belong together, why, and the money they speak of."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from queries.check.report import money
from queries.policy.season import GroupKind
from queries.season.submission import Submission

EVIDENCE = 8
"""Pairs of functions that a group quotes; the reports of its members hold the rest."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """Two functions that stand for each other, in both wordings, and the files they stand in; score 0..1."""

    first: str
    second: str
    first_file: str
    second_file: str
    score: float

    def to_json(self) -> dict[str, Any]:
        return {
            "first": self.first,
            "second": self.second,
            "first_file": self.first_file,
            "second_file": self.second_file,
            "score": round(self.score, 4),
        }


@dataclass(frozen=True, slots=True)
class GroupMember:
    """One proposal of a group, or the refused project of the ledger that it repeats."""

    file: str
    name: str
    department: str
    money: Decimal | None
    id: str
    stage: str

    @classmethod
    def of(cls, one: Submission) -> "GroupMember":
        return cls(one.file, one.name, one.department, one.money, one.id, one.stage)

    def to_json(self) -> dict[str, Any]:
        told = {"file": self.file, "name": self.name, "department": self.department}
        return told | {"money": money(self.money), "id": self.id or None, "stage": self.stage or None}


@dataclass(frozen=True, slots=True)
class Group:
    """Members in the order of their files; `money` is the sum of what the files of the batch ask, in yuan.

    `avoidable` is what would not be spent if the need were met once, None where that cannot be told.
    """

    kind: GroupKind
    members: tuple[GroupMember, ...]
    money: Decimal | None
    avoidable: Decimal | None
    reasons: tuple[str, ...]
    evidence: tuple[Quoted, ...]
    rules: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """The group as tools outside read it."""
        return {
            "kind": self.kind,
            "members": [member.to_json() for member in self.members],
            "money": money(self.money),
            "avoidable": money(self.avoidable),
            "reasons": list(self.reasons),
            "evidence": [quoted.to_json() for quoted in self.evidence],
            "rules": list(self.rules),
        }


def summed(amounts: list[Decimal | None]) -> Decimal | None:
    """The sum of what is known; None when nothing is."""
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal(0)) if known else None
