"""Keeps the collector of reference cycles out of bulk work that makes none."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_collection() -> Iterator[None]:
    """Stops the search for cycles for the time of a load, and leaves it as it was.

    A load makes a million small objects without cycles that all stay alive to its end; looking through them
    again and again took a quarter of its time.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
