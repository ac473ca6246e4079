"""The settings of one command: the environment, and what its options say over it."""

from collections.abc import Iterator
from contextlib import contextmanager

from api.graph import Graph, View
from api.settings import Settings


def settings_of(store: str) -> Settings:
    """Settings with this store; "" leaves that of the environment."""
    return Settings(store=store) if store else Settings()


@contextmanager
def asking(store: str) -> Iterator[View]:
    """The graph to ask, closed afterwards. Raises: StoreError when it is not there."""
    graph = Graph(settings_of(store))
    try:
        with graph.view() as view:
            yield view
    finally:
        graph.close()
