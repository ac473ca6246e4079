"""Open stores to read from: each is lent to one thread at a time."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from kg.store.base import GraphStore


class Stores:
    """Lends stores; a new one is opened when all are lent, and `close` closes those that came back."""

    def __init__(self, opened: Callable[[], GraphStore]) -> None:
        self._opened = opened
        self._free: list[GraphStore] = []
        self._lock = threading.Lock()

    @contextmanager
    def lent(self) -> Iterator[GraphStore]:
        """A store for this thread alone. Raises: StoreError when none can be opened."""
        with self._lock:
            store = self._free.pop() if self._free else None
        if store is None:
            store = self._opened()
        try:
            yield store
        finally:
            with self._lock:
                self._free.append(store)

    def close(self) -> None:
        """Closes every store that is not lent."""
        with self._lock:
            free, self._free = self._free, []
        for store in free:
            store.close()
