"""Whose a proposal is: its region and level, and whether two proposals may be of one place."""

from dataclasses import dataclass

from kg.matching.encoder.onnx import prepared
from kg.matching.profile import owner_level, owner_region
from queries.season.submission import Submission


@dataclass(frozen=True, slots=True)
class Place:
    """A region (code or plain name) and a level (国, 省, 市, 县); "" where not known."""

    region: str
    level: str

    def may_be(self, other: "Place") -> bool:
        """Whether nothing says that the two places differ."""
        regions = not self.region or not other.region or self.region == other.region
        levels = not self.level or not other.level or self.level == other.level
        return regions and levels


def place_of(one: Submission) -> Place:
    """Where the unit of a proposal is."""
    region = owner_region(one.described)
    return Place(region, owner_level(region, prepared(one.department)))
