"""What one version of a proposal changed of another: modules added, removed, dearer or cheaper."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from kg.matching.description import Item
from kg.matching.proposal import Proposal
from kg.text import fold
from queries.check.modules import functions_of
from queries.check.report import money


@dataclass(frozen=True, slots=True)
class Change:
    """One function of either version; money in yuan, None where it carries none or does not stand."""

    text: str
    path: str
    before: Decimal | None
    after: Decimal | None

    def to_json(self) -> dict[str, Any]:
        path = f"{self.path}/{self.text}" if self.path else self.text
        return {"text": self.text, "path": path, "before": money(self.before), "after": money(self.after)}


@dataclass(frozen=True, slots=True)
class Changes:
    """Functions that only the later or only the earlier version has, those of other money, and the totals."""

    added: tuple[Change, ...]
    removed: tuple[Change, ...]
    changed: tuple[Change, ...]
    before: Decimal | None
    after: Decimal | None

    @property
    def none(self) -> bool:
        """Whether both ask for the same functions and money."""
        return not (self.added or self.removed or self.changed) and self.before == self.after

    def to_json(self) -> dict[str, Any]:
        """The changes as tools outside read them."""
        known = self.before is not None and self.after is not None
        return {
            "added": [one.to_json() for one in self.added],
            "removed": [one.to_json() for one in self.removed],
            "changed": [one.to_json() for one in self.changed],
            "money": {
                "before": money(self.before),
                "after": money(self.after),
                "difference": money((self.after or Decimal(0)) - (self.before or Decimal(0)))
                if known
                else None,
            },
        }


def changes(before: Proposal, after: Proposal) -> Changes:
    """What the later version changed; a function moved to another heading is the same function."""
    old, new = _by_text(before), _by_text(after)
    return Changes(
        added=tuple(Change(i.text, i.path, None, i.amount) for key, i in new.items() if key not in old),
        removed=tuple(Change(i.text, i.path, i.amount, None) for key, i in old.items() if key not in new),
        changed=tuple(
            Change(i.text, i.path, old[key].amount, i.amount)
            for key, i in new.items()
            if key in old and old[key].amount != i.amount
        ),
        before=before.budget,
        after=after.budget,
    )


def _by_text(proposal: Proposal) -> Mapping[tuple[str, int], Item]:
    """Functions by their folded wording and how often it stood before."""
    seen: dict[str, int] = {}
    found: dict[tuple[str, int], Item] = {}
    for item in functions_of(proposal.description.items):
        text = fold(item.text)
        seen[text] = seen.get(text, 0) + 1
        found[text, seen[text]] = item
    return found
