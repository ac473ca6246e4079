"""The state of a store at a run: which run is the last, and what was delivered by then."""

from kg.store.base import GraphStore
from kg.store.books import books


def last_run(store: GraphStore) -> int:
    """The number of the last run that has finished; 0 when none has."""
    return max((run.id for run in store.runs() if run.status != "running"), default=0)


RESOLVER = "resolver"


def newest_at(store: GraphStore, run: int) -> str:
    """The latest day of a delivery of which something held after the run, as then told; "" for none.

    Resolution speaks of the day of the newest source, which is that of today.
    """
    read = {
        key: day
        for number, days in sorted(books(store.runs()).read.items())
        if number <= run
        for key, day in days.items()
    }
    return max(
        (
            read.get(delivery.key, delivery.said_on)
            for delivery in store.deliveries(ever=True)
            if delivery.source != RESOLVER
            and any(
                life.opened <= run and (life.closed is None or life.closed > run)
                for life in store.lifetimes(delivery.key)
            )
        ),
        default="",
    )
