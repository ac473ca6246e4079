"""The estate in numbers."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kg.store.base import GraphReader
from queries.estate import Estate, Member


@dataclass(frozen=True, slots=True)
class Inventory:
    """Counts of all facts, assets by department and by status, and components by their adopters."""

    version: int
    counts: Mapping[str, int]
    by_department: tuple[tuple[str, int], ...]
    by_status: tuple[tuple[str, int], ...]
    most_reused: tuple[tuple[Member, int], ...]
    without_assets: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """The numbers as one JSON object."""
        return {
            "version": self.version,
            "counts": dict(self.counts),
            "by_department": [{"department": name, "assets": n} for name, n in self.by_department],
            "by_status": [{"status": name, "assets": n} for name, n in self.by_status],
            "most_reused": [
                {"id": member.id, "name": member.name, "type": member.type, "adopters": n}
                for member, n in self.most_reused
            ],
            "without_assets": list(self.without_assets),
        }


def inventory(reader: GraphReader, estate: Estate, *, top: int = 10) -> Inventory:
    """The numbers of an estate; "" stands for a department or status that is not known."""
    assets = estate.of_type("System", "Component")
    owners = {member.owner for member in assets}
    reused = [(member, len(estate.adopters.get(member.id, ()))) for member in assets]
    reused.sort(key=lambda item: (-item[1], item[0].id))
    return Inventory(
        version=estate.version,
        counts=reader.counts(),
        by_department=_ranked(Counter(member.department for member in assets)),
        by_status=_ranked(Counter(member.stage or "" for member in assets)),
        most_reused=tuple(item for item in reused[:top] if item[1]),
        without_assets=tuple(sorted(n for i, n in estate.organizations.items() if i not in owners)),
    )


def _ranked(counted: Counter[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(counted.items(), key=lambda item: (-item[1], item[0])))
