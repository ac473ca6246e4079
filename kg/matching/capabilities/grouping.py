"""Groups the wordings of an estate and keeps the groups: a new wording joins or founds one, none moves."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from kg.identity import capability_id, is_registered
from kg.matching.capabilities.anchors import anchored
from kg.matching.capabilities.edges import edges_at
from kg.matching.capabilities.limits import grouping_limits
from kg.matching.capabilities.linking import linked
from kg.matching.capabilities.naming import naming
from kg.matching.encoder.port import Encoder
from kg.matching.lexicon.loading import ability_rules
from kg.matching.overlap_index import Progress, quiet
from kg.matching.thresholds import thresholds
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
    progress: Progress = quiet,
) -> Grouping:
    """The groups of these folded wordings; `before` itself when nothing has come or gone.

    What stands is kept: a group loses the wordings that are gone, takes those that mean the same as all its
    members, and is dropped when it is empty. A new group bears the id of its first name, which is its most
    frequent wording, or that of a member whose id is `known` from former groups or judgements.
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
    return Grouping(key, _joined(standing, fresh, counts, encoder=encoder, ids=ids, progress=progress))


def grouping_key(encoder: Encoder) -> str:
    """Names the model and the rules by which wordings are grouped."""
    rules = grouping_limits().version, thresholds().version, ability_rules().version
    return f"{'.'.join(map(str, rules))} {encoder.key}"


def _standing(former: Groups, counts: Mapping[str, int]) -> dict[EntityId, tuple[str, ...]]:
    kept = {one: tuple(text for text in group if text in counts) for one, group in former.items()}
    return {one: group for one, group in kept.items() if group}


def _joined(
    standing: Groups,
    fresh: Sequence[str],
    counts: Mapping[str, int],
    *,
    encoder: Encoder,
    ids: Collection[EntityId],
    progress: Progress,
) -> Groups:
    """The standing groups with the fresh wordings: anchored, come home to the group they named, or linked."""
    groups = defaultdict(list, {one: list(group) for one, group in standing.items()})
    anchors = anchored(fresh, encoder, progress=progress)
    home = {text: own for text in fresh if (own := capability_id(text)) in standing}
    for text, one in {**home, **anchors}.items():
        groups[one].append(text)
    loose = [text for text in fresh if text not in anchors and text not in home]
    ends = [one for one in sorted(groups) if not is_registered(one)]
    texts = sorted([*loose, *(text for one in ends for text in groups[one])])
    place = {text: at for at, text in enumerate(texts)}
    positions = sorted(place[text] for text in loose)
    edges = edges_at(texts, positions, encoder, progress=progress) if loose else []
    found = linked([[place[text] for text in groups[one]] for one in ends], positions, edges)
    made = [[texts[at] for at in group] for group in found]
    groups.update(zip(ends, made[: len(ends)], strict=True))
    founded = made[len(ends) :]
    groups.update(zip(_ids(founded, counts, encoder=encoder, known=ids), founded, strict=True))
    return {one: tuple(sorted(groups[one])) for one in sorted(groups)}


def _ids(
    groups: Sequence[Sequence[str]],
    counts: Mapping[str, int],
    *,
    encoder: Encoder,
    known: Collection[EntityId],
) -> list[EntityId]:
    """The id of each new group: of the most frequent member whose id is known, else of its first name."""
    chosen = []
    for group, name in zip(groups, naming(groups, counts, encoder), strict=True):
        often = sorted(group, key=lambda text: (-counts.get(text, 0), text))
        own = next((one for text in often if (one := capability_id(text)) in known), None)
        chosen.append(own or capability_id(name))
    return chosen
