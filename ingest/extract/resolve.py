"""Chooses among overlapping candidates and carries sure names to their other occurrences."""

from collections.abc import Iterable, Iterator

from ingest.extract.model import Label, Mention

_RANK = {
    Label.PROJECT: 0,
    Label.STANDARD: 1,
    Label.COMPONENT: 2,
    Label.SYSTEM: 3,
    Label.DEPARTMENT: 4,
    Label.FUNCTION: 5,
    Label.REGION: 6,
}
_CARRIED_LENGTH = 4
_CARRIED_CONFIDENCE = 0.8


def _order(item: Mention) -> tuple[int, int, int, int, str]:
    return -(item.end - item.start), item.start, _RANK[item.label], -int(item.confidence * 1000), item.rule


def longest(candidates: Iterable[Mention]) -> list[Mention]:
    """Returns flat mentions in text order: the longer wins, then a fixed order of labels and rules."""
    taken: set[int] = set()
    chosen: list[Mention] = []
    for item in sorted(candidates, key=_order):
        if taken.isdisjoint(range(item.start, item.end)):
            taken.update(range(item.start, item.end))
            chosen.append(item)
    return sorted(chosen, key=lambda item: item.start)


def carried(text: str, chosen: list[Mention]) -> Iterator[Mention]:
    """Yields further occurrences of sure names, so that every mention of a name is found."""
    sure: dict[str, Mention] = {}
    for item in chosen:
        long_enough = len(item.text) >= _CARRIED_LENGTH or item.rule == "alias"
        if long_enough and item.confidence >= _CARRIED_CONFIDENCE and item.label is not Label.FUNCTION:
            sure.setdefault(item.text, item)
    for surface, item in sorted(sure.items()):
        at = text.find(surface)
        while at >= 0:
            yield Mention(
                at, at + len(surface), item.label, surface, "carried", round(item.confidence * 0.95, 4)
            )
            at = text.find(surface, at + len(surface))
