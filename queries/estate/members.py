"""What the estate consists of: members, of whom most questions ask little, and what joins them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from kg.matching.description import Description
from kg.model import EntityId, Properties

ASSET_TYPES = ("System", "Component")


@dataclass(frozen=True, slots=True)
class Details:
    """What is known of a member when somebody compares it."""

    description: Description
    functions: tuple[EntityId, ...]
    properties: Properties


@dataclass(frozen=True, slots=True)
class Member:
    """One system, component or project of the estate; `stage` is its status or stage, None when not said.

    `listed` is the number of its functions. `details` gives the rest, which may have to be read first.
    """

    id: EntityId
    type: str
    name: str
    aliases: tuple[str, ...]
    stage: str | None
    owner: EntityId | None
    department: str
    listed: int
    details: Callable[[], Details] = field(compare=False, repr=False)

    @property
    def description(self) -> Description:
        """The member as compared."""
        return self.details().description

    @property
    def functions(self) -> tuple[EntityId, ...]:
        """Its functions, in the order of the description's items."""
        return self.details().functions

    @property
    def properties(self) -> Properties:
        """All its properties."""
        return self.details().properties


@dataclass(frozen=True, slots=True)
class Estate:
    """All members by id (in id order); who offers which capability, reuses or needs what, is part of what.

    `offers` holds what sources say and what names promise, `offering` those of whom a source says it, and
    `offerers` who offers a capability, in id order. `built_on` names what a member openly reuses, was copied
    from or follows. `suppliers` are organizations that build systems and own none.
    """

    version: int
    members: Mapping[EntityId, Member]
    organizations: Mapping[EntityId, str]
    offers: Mapping[EntityId, tuple[EntityId, ...]]
    offerers: Mapping[EntityId, tuple[EntityId, ...]]
    offering: frozenset[EntityId]
    adopters: Mapping[EntityId, tuple[EntityId, ...]]
    uses: Mapping[EntityId, tuple[EntityId, ...]]
    wholes: Mapping[EntityId, tuple[EntityId, ...]]
    built_on: Mapping[EntityId, tuple[EntityId, ...]]
    suppliers: frozenset[EntityId]

    def of_type(self, *types: str) -> list[Member]:
        """Members of these types, in id order."""
        return [member for member in self.members.values() if member.type in types]

    def offering_any(self, capabilities: Iterable[str]) -> list[Member]:
        """Systems and components that offer one of the capabilities, in id order."""
        found = {i for one in capabilities for i in self.offerers.get(EntityId(one), ())}
        members = (self.members[i] for i in sorted(found) if i in self.members)
        return [member for member in members if member.type in ASSET_TYPES]


def offerers_of(offers: Mapping[EntityId, Iterable[EntityId]]) -> dict[EntityId, tuple[EntityId, ...]]:
    """Who offers each capability, in id order."""
    found: dict[EntityId, list[EntityId]] = {}
    for key in sorted(offers):
        for capability in offers[key]:
            found.setdefault(capability, []).append(key)
    return {capability: tuple(keys) for capability, keys in found.items()}
