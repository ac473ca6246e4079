"""Groups the wordings of an estate and keeps the groups: a new wording joins or founds one, none moves."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from kg.identity import capability_id, is_registered
from kg.matching.capabilities.anchors import anchored
from kg.matching.capabilities.cores import core_of
from kg.matching.capabilities.edges import edges_at
from kg.matching.capabilities.linking import linked
from kg.matching.capabilities.naming import naming
from kg.matching.capabilities.rules import grouping_key
from kg.matching.encoder.port import Encoder
from kg.matching.overlap_index import Progress, quiet
from kg.model import EntityId

Groups = Mapping[EntityId, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Grouping:
    """Folded wordings (sorted) by the capability they belong to, capabilities by id.

    `key` names the model and the rules; groups made with another one are made anew.
    """

    key: str
    groups: Groups


def regrouped(
    before: Grouping | None,
    counts: Mapping[str, int],
    encoder: Encoder,
    *,
    known: Collection[EntityId] = (),
    taken: Collection[EntityId] = (),
    progress: Progress = quiet,
) -> Grouping:
    """The groups of these folded wordings; `before` itself when nothing has come or gone.

    What stands is kept: a group loses the wordings that are gone, takes those that mean the same as all its
    members, and is dropped when it is empty. A new group bears the id of its first name, which is its most
    frequent wording, or that of a member whose id is `known` from former groups or judgements; never one that
    is `taken`.
    """
    key = grouping_key(encoder)
    same = before is not None and before.key == key
    former: Groups = before.groups if before is not None else {}
    standing = _standing(former, counts) if same else {}
    held = {text for group in standing.values() for text in group}
    fresh = sorted(set(counts) - held)
    if before is not None and same and not fresh and standing == dict(former):
        return before
    ids = frozenset(known) | frozenset(former)
    chosen = _Ids(counts, encoder, ids, frozenset(taken))
    return Grouping(key, _joined(standing, fresh, chosen, encoder=encoder, progress=progress))


def _standing(former: Groups, counts: Mapping[str, int]) -> dict[EntityId, tuple[str, ...]]:
    kept = {one: tuple(text for text in group if text in counts) for one, group in former.items()}
    return {one: group for one, group in kept.items() if group}


def _joined(
    standing: Groups, fresh: Sequence[str], ids: "_Ids", *, encoder: Encoder, progress: Progress
) -> Groups:
    """The standing groups with the fresh wordings: anchored, come home to the group they named, or linked."""
    groups = defaultdict(list, {one: list(group) for one, group in standing.items()})
    anchors = anchored(fresh, encoder, progress=progress)
    home = {text: own for text in fresh if (own := capability_id(text)) in standing}
    for text, one in {**home, **anchors}.items():
        groups[one].append(text)
    loose = [text for text in fresh if text not in anchors and text not in home]
    ends = [one for one in sorted(groups) if not is_registered(one)]
    joined, founded = _linked([groups[one] for one in ends], loose, encoder, progress=progress)
    groups.update(zip(ends, joined, strict=True))
    groups.update(zip(ids.of(founded), founded, strict=True))
    return {one: tuple(sorted(groups[one])) for one in sorted(groups)}


def _linked(
    standing: Sequence[Sequence[str]], loose: Sequence[str], encoder: Encoder, *, progress: Progress
) -> tuple[list[list[str]], list[list[str]]]:
    """The standing groups with what joins them, and the new ones; wordings of one core go together."""
    if not loose:
        return [list(group) for group in standing], []
    holder: dict[str, int] = {}
    for number, group in enumerate(standing):
        for text in group:
            holder.setdefault(core_of(text), number)
    said: dict[str, list[str]] = defaultdict(list)
    for text in loose:
        said[core_of(text)].append(text)
    cores = sorted({*holder, *said})
    place = {core: at for at, core in enumerate(cores)}
    held: list[list[int]] = [[] for _ in standing]
    for core, number in holder.items():
        held[number].append(place[core])
    new = sorted(place[core] for core in said if core not in holder)
    edges = edges_at(cores, new, encoder, progress=progress)
    found = [[text for at in group for text in said[cores[at]]] for group in linked(held, new, edges)]
    joined = [[*group, *more] for group, more in zip(standing, found[: len(standing)], strict=True)]
    return joined, found[len(standing) :]


@dataclass(frozen=True, slots=True)
class _Ids:
    """Chooses the ids of new groups."""

    counts: Mapping[str, int]
    encoder: Encoder
    known: frozenset[EntityId]
    taken: frozenset[EntityId]

    def of(self, groups: Sequence[Sequence[str]]) -> list[EntityId]:
        """Of each the id of the most frequent member whose id is known, else of its first name."""
        free = [self._free(group) for group in groups]
        names = naming(free, self.counts, self.encoder)
        return [self._known(group) or capability_id(name) for group, name in zip(free, names, strict=True)]

    def _free(self, group: Sequence[str]) -> Sequence[str]:
        """Members that may give their id; all where each one's is taken: nobody shows that group."""
        return [text for text in group if capability_id(text) not in self.taken] or group

    def _known(self, group: Sequence[str]) -> EntityId | None:
        often = sorted(group, key=lambda text: (-self.counts.get(text, 0), text))
        return next((one for text in often if (one := capability_id(text)) in self.known), None)
