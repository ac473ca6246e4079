"""Which of several divisions of one name a text means: the one whose province or city it names."""

from collections.abc import Iterator

from kg.registry.regions import Region, find_region, is_within, leading_region, namesakes, region


def division_in(name: str, text: str, *, within: str = "") -> Region | None:
    """The division a name means in a text; None where it tells of none, or of more than one.

    A name of one division means that one. Of namesakes (朝阳区) the one in the place of code `within` is
    meant, else the only one whose city is named in the text, else whose province is.
    """
    known = find_region(name, within=within or None) or find_region(name)
    if known is not None:
        return known
    near = [one for one in namesakes(name) if not within or is_within(one.code, within)]
    for level in ("市级", "省级"):
        told = [one for one in near if any(_is_named(above, text) for above in _above(one, level))]
        if told:
            return told[0] if len(told) == 1 else None
    return None


def place_in(unit: str, text: str, *, within: str = "") -> Region | None:
    """The division that a unit's name starts with, as `division_in` tells it; None where there is none."""
    head = leading_region(unit)
    return division_in(head, text, within=within) if head else None


def _above(one: Region, level: str) -> Iterator[Region]:
    while one.parent and (outer := region(one.parent)):
        if outer.level == level:
            yield outer
        one = outer


def _is_named(place: Region, text: str) -> bool:
    return place.name in text or (len(place.short) > 1 and place.short in text)
