"""Values made once, by the thread that first asks; those that ask meanwhile wait for it."""

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Once(Generic[T]):
    """One value to come; asking for another value of the same kind never waits for this one."""

    def __init__(self) -> None:
        self._made: list[T] = []
        self._lock = threading.Lock()

    def get(self, make: Callable[[], T]) -> T:
        """The value; `make` is called by the first that asks, and by the next when it raised."""
        with self._lock:
            if not self._made:
                self._made.append(make())
            return self._made[0]
