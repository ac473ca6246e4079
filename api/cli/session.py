"""The settings of one command: the environment, and what its options say over it."""

from collections.abc import Iterator
from contextlib import contextmanager

from api.bootstrap import canonical, readable_store
from api.settings import Settings
from kg.store.canonical import CanonicalReader


def settings_of(store: str) -> Settings:
    """Settings with this store; "" leaves that of the environment."""
    return Settings(store=store) if store else Settings()


@contextmanager
def asking(store: str) -> Iterator[CanonicalReader]:
    """The graph to ask, closed afterwards. Raises: StoreError when it is not there."""
    with readable_store(settings_of(store)) as opened:
        yield canonical(opened)
