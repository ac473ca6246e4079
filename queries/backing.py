"""On what a dependency rests: one line for each basis, with its claims and what was measured."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from kg.model import Claim, Modality, Relation

BASES = ("declared", "extracted", "measured", "inferred")
"""In the order in which they are shown."""
MEASURED = "measured"
STATED = frozenset({"declared", "extracted"})
"""Somebody said it: the owner in a sheet or manifest, or a document."""


@dataclass(frozen=True, slots=True)
class Backing:
    """All claims of one basis: the best confidence, what they cite, and of measured ones the calls.

    `calls` is the sum over the claims, None where nothing was counted; `since` and `until` are the first and
    the last date of counting, "" when not told.
    """

    basis: str
    confidence: float
    claims: tuple[str, ...]
    calls: int | None = None
    since: str = ""
    until: str = ""

    def to_json(self) -> dict[str, Any]:
        told: dict[str, Any] = {
            "basis": self.basis,
            "confidence": self.confidence,
            "claims": list(self.claims),
        }
        measured = {"calls": self.calls, "since": self.since, "until": self.until}
        return told | {name: value for name, value in measured.items() if value}


def backings(relation: Relation) -> tuple[Backing, ...]:
    """One line for each basis on which the relation is said to be a fact, in the order of BASES."""
    held: dict[str, list[Claim]] = {}
    for claim in relation.claims:
        if claim.properties.get("modality", Modality.FACT) == Modality.FACT:
            held.setdefault(str(claim.properties.get("basis", "declared")), []).append(claim)
    known = [basis for basis in BASES if basis in held]
    return tuple(_backing(basis, held[basis]) for basis in (*known, *sorted(held.keys() - set(BASES))))


def cited(claim: Claim) -> str:
    """The document and row behind a claim, short enough to stand in a table cell."""
    place = claim.place
    where = [part for part in (place.sheet, place.row and f"第{place.row}行") if part]
    return " ".join([claim.document, *where])


def _backing(basis: str, claims: Iterable[Claim]) -> Backing:
    every = list(claims)
    counted = [int(str(one.properties["calls"])) for one in every if "calls" in one.properties]
    dates = {name: [str(c.properties[name]) for c in every if name in c.properties] for name in _DATES}
    return Backing(
        basis,
        max(claim.confidence for claim in every),
        tuple(sorted({cited(claim) for claim in every})),
        sum(counted) if counted else None,
        min(dates["since"], default=""),
        max(dates["until"], default=""),
    )


_DATES = ("since", "until")
