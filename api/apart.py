"""Processes that work for another one: they yield to it, leave interrupts to it, and end when it does."""

import multiprocessing
import os
import signal
import threading
from multiprocessing.connection import wait

from threadpoolctl import threadpool_limits


def begin_apart(*, niceness: int) -> None:
    """Makes this process, started by `multiprocessing`, one that works for the one that started it."""
    # The interrupt of a terminal goes to all of its processes; the first one says when the others end.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.nice(niceness)
    threadpool_limits(limits=1)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(0)
