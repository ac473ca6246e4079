"""Judgements that contradict each other: a is b, b is c, a is not c. None of them joins anything."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from kg.model import EntityId
from kg.store.base import GraphReader
from kg.store.clusters import clusters
from kg.store.judgements import DIFFERENT_FROM, Judgement, Sameness, judgements


@dataclass(frozen=True, slots=True)
class Contradiction:
    """People's judgements of one circle, by id, and the pairs held apart within it, whoever says so."""

    judgements: tuple[Judgement, ...]
    apart: tuple[tuple[EntityId, EntityId], ...]

    def to_json(self) -> dict[str, Any]:
        """As `kg review --json` and `kg judge --json` print it."""
        return {
            "judgements": [
                {"id": one.id, "a": one.a, "b": one.b, "verdict": one.verdict.value, "by": one.by}
                for one in self.judgements
            ],
            "apart": [list(pair) for pair in self.apart],
        }


def contradictions(stored: GraphReader) -> list[Contradiction]:
    """All circles of judgements in a graph read without merging, by id of their first member."""
    made = judgements(stored)
    same = [((one.a, one.b), True) for one in made if one.verdict is Sameness.SAME]
    apart = sorted({(r.source, r.target) for r in stored.relations(types=(DIFFERENT_FROM,))})
    whole = clusters(same, ()).canonical
    torn: dict[EntityId, list[tuple[EntityId, EntityId]]] = {}
    for a, b in apart:
        if a in whole and whole[a] == whole.get(b):
            torn.setdefault(whole[a], []).append((a, b))
    return [
        Contradiction(
            tuple(one for one in made if whole.get(one.a) == whole.get(one.b) == first), tuple(pairs)
        )
        for first, pairs in sorted(torn.items())
    ]


def contradiction_lines(found: Iterable[Contradiction]) -> Iterator[str]:
    """The circles for a person to read."""
    for one in found:
        yield "判定自相矛盾，均未生效，请撤回其中有误的（kg judge --withdraw ID）："
        for made in one.judgements:
            sign = "＝" if made.verdict is Sameness.SAME else "≠"
            yield f"    {made.id}  {made.a} {sign} {made.b}（{made.by}：{made.because}）"
