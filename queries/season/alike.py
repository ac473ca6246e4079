"""Needs that are alike: asked for twice, or by several departments that should build together."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from queries.policy.season import GroupKind
from queries.season.batch import Batch
from queries.season.cluster import close_clusters
from queries.season.group import Group
from queries.season.likeness import Likeness


def is_alike(found: Likeness, batch: Batch) -> bool:
    """Whether one of two proposals asks for what the other asks for."""
    if batch.submissions[found.a].is_part_beside(batch.submissions[found.b]):
        return False
    one_place = batch.places[found.a].may_be(batch.places[found.b])
    most, least = ("need_share", "other_share") if one_place else ("apart_share", "apart_other_share")
    return found.most >= batch.limit(most) and found.least >= batch.limit(least)


def alike_groups(found: Iterable[Likeness], batch: Batch) -> list[Group]:
    """Groups of proposals that ask for the like, in the order of their first members."""
    near = {(one.a, one.b): one for one in found if is_alike(one, batch)}
    strengths = {pair: one.most for pair, one in near.items()}
    return [_group(members, near, batch) for members in close_clusters(strengths)]


def _group(members: Sequence[int], near: dict[tuple[int, int], Likeness], batch: Batch) -> Group:
    kind = _kind(members, batch)
    inside = [one for pair, one in near.items() if pair[0] in members and pair[1] in members]
    asked = [batch.submissions[i].money for i in members]
    known = [amount for amount in asked if amount is not None]
    avoidable = sum(known, Decimal(0)) - max(known) if len(known) == len(asked) else None
    shares = [_told(one, batch) for one in inside]
    return batch.group(kind, members, inside, avoidable=avoidable, reasons=shares, rules=())


def _kind(members: Sequence[int], batch: Batch) -> GroupKind:
    """Twice the same when one place asks; like needs when several places or many units of one do."""
    units = {batch.submissions[i].unit for i in members}
    places = [batch.places[i] for i in members]
    one_place = all(a.may_be(b) for n, a in enumerate(places) for b in places[n + 1 :])
    many = len(units) >= batch.limit("joint_units")
    return "same_need" if len(units) == 1 or (one_place and not many) else "joint_build"


def _told(one: Likeness, batch: Batch) -> str:
    a, b = batch.submissions[one.a], batch.submissions[one.b]
    there, back = f"{one.share_a:.0%}", f"{one.share_b:.0%}"
    return f"{a.called}的功能有 {there} 在{b.called}中也有，后者的功能有 {back} 在前者中也有"
