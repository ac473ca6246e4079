"""Compares the proposals of one season with each other and with refused projects, and groups them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from kg.store.base import GraphReader
from queries.check.context import CheckContext
from queries.check.modules import functions_of
from queries.policy.season import season_rules
from queries.season.alike import alike_groups
from queries.season.batch import Batch
from queries.season.group import Group
from queries.season.likeness import Measure, spread
from queries.season.places import place_of
from queries.season.prose import Prose
from queries.season.refused import refused_projects
from queries.season.returned import returned_groups
from queries.season.split import split_groups
from queries.season.submission import Submission
from queries.season.versions import Versions, versions


@dataclass(frozen=True, slots=True)
class Season:
    """What belongs together in a batch: groups in a fixed order, and applications that lie there twice."""

    groups: tuple[Group, ...]
    versions: tuple[Versions, ...]
    policy: str

    def to_json(self) -> dict[str, Any]:
        """Groups with their numbers, and versions, as tools outside read them."""
        numbered = [{"number": n, **group.to_json()} for n, group in enumerate(self.groups, start=1)]
        return {
            "groups": numbered,
            "versions": [one.to_json() for one in self.versions],
            "policy": self.policy,
        }


def season(
    submissions: Sequence[Submission],
    *,
    context: CheckContext,
    reader: GraphReader,
    before: Sequence[Submission] = (),
) -> Season:
    """Groups of the submissions, whatever their order.

    `before` are proposals refused earlier that the ledger does not hold; their `stage` says so. Files of
    which no functions could be read take no part.
    """
    rules = season_rules()
    ordered = sorted(submissions, key=lambda one: one.file)
    twice = versions(ordered)
    older = {i for one in twice for i in one.positions[:-1]}
    own = [one for i, one in enumerate(ordered) if i not in older and one.functions]
    refused = [*refused_projects(context.estate, reader, rules), *before]
    everybody = (*own, *refused)
    batch = Batch(everybody, tuple(map(place_of, everybody)), rules, context.matching, Prose(everybody))
    measure = Measure(
        everybody,
        _background(context, rules.thresholds.background.value),
        encoder=context.encoder,
        rules=rules,
    )
    found = list(measure.likenesses())
    mutual = [one for one in found if one.b < len(own)]
    again = [one for one in found if one.a < len(own) <= one.b]
    groups = (*alike_groups(mutual, batch), *split_groups(mutual, batch), *returned_groups(again, batch))
    return Season(groups, tuple(twice), f"{rules.version}")


def _background(context: CheckContext, size: float) -> list[tuple[str, ...]]:
    """Function lists of the estate, evenly drawn from it."""
    listed = [member for member in context.members if member.description.items]
    drawn = spread(listed, int(size))
    return [tuple(item.text for item in functions_of(member.description.items)) for member in drawn]
