"""The deliveries of a store as they were loaded: unit, period, documents, rows and when."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kg.store.base import Delivery, GraphStore, Run
from kg.store.books import DOCUMENTS, READ, standing
from kg.store.periods import stated


@dataclass(frozen=True, slots=True)
class Delivered:
    """One delivery with all its rows, those that a newer period has overtaken included.

    `loaded` is the clock time of the last load that read it.

    `loads` counts the loads that read it: more than one says that it was corrected or sent again. `documents`
    are those of the last one. `region` is "" for units that are told by their names alone.
    """

    key: str
    source: str
    unit: str | None
    region: str
    period: str | None
    rows: int
    said_on: str
    documents: tuple[str, ...] = ()
    loaded: str | None = None
    run: int = 0
    loads: int = 1

    def to_json(self) -> dict[str, Any]:
        """One line of the list."""
        return {
            "key": self.key,
            "source": self.source,
            "unit": self.unit,
            "region": self.region,
            "period": self.period,
            "documents": list(self.documents),
            "rows": self.rows,
            "said_on": self.said_on,
            "loaded": self.loaded,
            "run": str(self.run),
            "loads": self.loads,
        }


def delivered(store: GraphStore) -> list[Delivered]:
    """What was delivered, by unit, then period, also what a newer period has overtaken since.

    What rules and persons said is no delivery, nor what an undone load read.
    """
    readers: dict[str, list[Run]] = {}
    for run in standing(store.runs()):
        for key in _keys(run) if run.status == "complete" else ():
            readers.setdefault(key, []).append(run)
    known = [one for one in store.deliveries(ever=True) if one.key in readers]
    found = [_one(one, readers[one.key], rows=len(stated(store, one).subjects)) for one in known]
    return sorted(found, key=lambda one: (one.unit or "", one.period or "", one.key))


def _one(delivery: Delivery, runs: list[Run], *, rows: int) -> Delivered:
    unit, _, region = (delivery.unit or "").partition("@")
    last = runs[-1]
    documents = last.summary.get(DOCUMENTS)
    named = documents.get(delivery.key, ()) if isinstance(documents, Mapping) else ()
    return Delivered(
        delivery.key,
        delivery.source,
        unit or None,
        region,
        delivery.period,
        rows,
        delivery.said_on,
        tuple(str(name) for name in named),
        last.finished,
        last.id,
        len(runs),
    )


def _keys(run: Run) -> list[str]:
    """The deliveries that a load read; runs that do not tell these apart name all that they touched."""
    told = run.summary.get(READ, run.summary.get("deliveries")) if run.what == "ingest" else ()
    return [str(key) for key in told] if isinstance(told, Mapping | list | tuple) else []
