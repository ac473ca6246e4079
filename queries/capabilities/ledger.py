"""The ledger of capabilities: each with its wordings and the systems whose functions they are."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kg.errors import NotFoundError
from kg.identity import is_registered
from kg.matching.capabilities import Wording, folded
from kg.model import EntityId
from queries.estate import Member

EXAMPLES = 5


@dataclass(frozen=True, slots=True)
class Capability:
    """One ability; `wordings` most frequent first.

    `holders` are the systems and components that have a function of it, `departments` counts their owners,
    `offered_by` are those that offer it to others. `ordinary`: every system has it for itself (用户管理).
    """

    id: EntityId
    name: str
    wordings: tuple[Wording, ...]
    holders: tuple[EntityId, ...]
    departments: int
    offered_by: tuple[EntityId, ...]
    ordinary: bool

    @property
    def functions(self) -> int:
        """How many functions of the estate are of it."""
        return sum(wording.count for wording in self.wordings)

    @property
    def rank(self) -> tuple[object, ...]:
        """What is built most often first; what every system has anyway last."""
        return (self.ordinary, -len(self.holders), -self.departments, -self.functions, self.id)

    def to_json(self) -> dict[str, Any]:
        """One item of `kg capabilities --json`."""
        return {
            "id": self.id,
            "type": "Capability",
            "name": self.name,
            "registered": is_registered(self.id),
            "ordinary": self.ordinary,
            "systems": len(self.holders),
            "departments": self.departments,
            "functions": self.functions,
            "offered_by": len(self.offered_by),
            "examples": [wording.text for wording in self.wordings[:EXAMPLES]],
        }


@dataclass(frozen=True, slots=True)
class Ledger:
    """All capabilities, best known first; `moved` leads from merged ids to those they are shown under.

    `of` tells the capability of each folded wording, `members` the systems by id.
    """

    items: tuple[Capability, ...]
    of: Mapping[str, EntityId]
    moved: Mapping[EntityId, EntityId]
    members: Mapping[EntityId, Member]
    said_on: str = ""
    _by_id: dict[EntityId, Capability] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Makes the way from id to capability."""
        self._by_id.update((one.id, one) for one in self.items)

    def find(self, identity: EntityId) -> Capability | None:
        """The capability of this id, or of one that was merged into it; None when there is none."""
        return self._by_id.get(self.moved.get(identity, identity))

    def get(self, identity: EntityId) -> Capability:
        """The capability of this id. Raises: NotFoundError."""
        found = self.find(identity)
        if found is None:
            raise NotFoundError(f"没有 ID 为「{identity}」的能力；用 kg capabilities 查看全部")
        return found

    def named(self, text: str) -> Capability | None:
        """The capability of this id or name, else the one with this wording; None when there is none."""
        asked = folded(text)
        own = self.find(EntityId(text)) or next(
            (i for i in self.items if asked and folded(i.name) == asked), None
        )
        return own or self.find(self.of.get(asked, EntityId("")))

    def search(self, text: str) -> tuple[Capability, ...]:
        """Those whose name or a wording holds the text, in order; all for an empty text."""
        asked = folded(text)
        if not asked:
            return () if text.strip() else self.items
        holding = {one for wording, one in self.of.items() if asked in wording}
        return tuple(one for one in self.items if one.id in holding or asked in folded(one.name))

    def to_json(self, one: Capability) -> dict[str, Any]:
        """A capability with all its wordings and systems."""
        return one.to_json() | {
            "wordings": [{"text": wording.text, "functions": wording.count} for wording in one.wordings],
            "members": [_member(self.members[i], self.functions(one, i)) for i in one.holders],
            "offering": [_member(self.members[i], []) for i in one.offered_by if i in self.members],
        }

    def functions(self, one: Capability, holder: EntityId) -> list[str]:
        """The functions of a system that are of this capability, as the system words them."""
        items = self.members[holder].description.items
        return list(dict.fromkeys(i.text for i in items if self.of.get(folded(i.text)) == one.id))


def _member(member: Member, functions: list[str]) -> dict[str, Any]:
    return {
        "id": member.id,
        "type": member.type,
        "name": member.name,
        "department": member.department,
        "functions": functions,
    }
