"""Scores ranked answers: at which place the wanted one stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kg.matching.evaluate.classes import bootstrap


@dataclass(frozen=True, slots=True)
class RankingReport:
    """Mean reciprocal rank with its 95 % interval, and share of wanted answers within the first places."""

    n: int
    mrr: float
    interval: tuple[float, float]
    hits: Mapping[int, float]


PLACES = (1, 5, 10)


def evaluate_ranking(
    pairs: Sequence[Mapping[str, Any]], answers: Sequence[Mapping[str, Any]]
) -> dict[str, RankingReport]:
    """Figures per `label` of the gold `{a, b, label}` pairs and over "all".

    Each pair is asked in both directions where both queries were answered; other pairs are left out.
    """
    ranked = {line["id"]: [match["id"] for match in line["matches"]] for line in answers}
    places: dict[str, list[int | None]] = {"all": []}
    for pair in pairs:
        for query, wanted in ((pair["a"], pair["b"]), (pair["b"], pair["a"])):
            if query in ranked:
                place = _place(ranked[query], wanted)
                places["all"].append(place)
                places.setdefault(str(pair.get("label", "")), []).append(place)
    return {label: _report(found) for label, found in places.items()}


def _place(matches: Sequence[str], wanted: str) -> int | None:
    return matches.index(wanted) + 1 if wanted in matches else None


def _report(places: Sequence[int | None]) -> RankingReport:
    n = len(places)
    if not n:
        return RankingReport(0, 0.0, (0.0, 0.0), dict.fromkeys(PLACES, 0.0))
    ranks = [1 / place if place else 0.0 for place in places]
    interval = bootstrap(n, lambda rows: sum(ranks[i] for i in rows) / n)
    hits = {k: round(sum(place is not None and place <= k for place in places) / n, 4) for k in PLACES}
    return RankingReport(n, round(sum(ranks) / n, 4), interval, hits)
