"""Unions of assets that never bring together two codes, two owners, or what a person holds apart."""

from collections.abc import Mapping

from kg.model import EntityId


class Unions:
    """Union-find whose groups know their codes, their owners and what they are held apart from."""

    def __init__(self, codes: Mapping[EntityId, str], owners: Mapping[EntityId, frozenset[EntityId]]) -> None:
        self._parent: dict[EntityId, EntityId] = {}
        self._codes = {asset: frozenset({code}) for asset, code in codes.items()}
        self._owners = dict(owners)
        self._apart: dict[EntityId, frozenset[EntityId]] = {}

    def root(self, asset: EntityId) -> EntityId:
        """The id that stands for the asset's group, its smallest."""
        path = []
        while (parent := self._parent.get(asset, asset)) != asset:
            path.append(asset)
            asset = parent
        self._parent.update(dict.fromkeys(path, asset))
        return asset

    def owners(self, asset: EntityId) -> frozenset[EntityId]:
        """The owners of all members of the group."""
        return self._owners.get(self.root(asset), frozenset())

    def hold_apart(self, a: EntityId, b: EntityId) -> None:
        """From now on no join brings the two into one group."""
        first, second = self.root(a), self.root(b)
        self._apart[first] = self._apart.get(first, frozenset()) | {second}
        self._apart[second] = self._apart.get(second, frozenset()) | {first}

    def join(self, a: EntityId, b: EntityId) -> bool:
        """Unites two groups if nothing speaks against it; whether they are united now."""
        first, second = sorted((self.root(a), self.root(b)))
        if first == second:
            return True
        if self._kept_apart(first, second) or self._contradict(first, second):
            return False
        self._unite(first, second)
        return True

    def force(self, a: EntityId, b: EntityId) -> None:
        """Unites two groups on a person's word: codes and owners do not count, other persons' words do."""
        first, second = sorted((self.root(a), self.root(b)))
        if first != second and not self._kept_apart(first, second):
            self._unite(first, second)

    def _kept_apart(self, first: EntityId, second: EntityId) -> bool:
        return any(self.root(other) == second for other in self._apart.get(first, ()))

    def _contradict(self, first: EntityId, second: EntityId) -> bool:
        codes = self._codes.get(first, frozenset()) | self._codes.get(second, frozenset())
        mine, theirs = self._owners.get(first), self._owners.get(second)
        return len(codes) > 1 or bool(mine and theirs and not mine & theirs)

    def _unite(self, first: EntityId, second: EntityId) -> None:
        self._parent[second] = first
        for known in (self._owners, self._apart):
            known[first] = known.get(first, frozenset()) | known.pop(second, frozenset())
        self._codes[first] = self._codes.get(first, frozenset()) | self._codes.pop(second, frozenset())
