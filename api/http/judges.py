"""Checks papers in processes of their own: the answers to everybody else are not kept waiting by them."""

import logging
import multiprocessing
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from threading import Lock
from typing import Any

from api.apart import begin_apart
from api.graph import Graph
from api.http.uploads import judged
from api.settings import Settings

log = logging.getLogger(__name__)
Judge = Callable[[Path, str], dict[str, Any]]
"""Gives the report on a file that its sender calls so."""
YIELDING = 5
"""Niceness of a judge: whoever waits for a short answer goes first."""
_graphs: list[Graph] = []


def judge_here(graph: Graph) -> Judge:
    """A judge in this process."""

    def judge(path: Path, name: str) -> dict[str, Any]:
        with graph.view() as ready:
            return judged(path, name, ready=ready)

    return judge


class Judges:
    """A judge in other processes, of which each maps the prepared estate; they start when needed.

    Threads may share it; each call waits for its report.
    """

    def __init__(self, settings: Settings, *, processes: int) -> None:
        self._settings = settings
        self._processes = processes
        self._lock = Lock()
        self._pool = self._started()

    def __call__(self, path: Path, name: str) -> dict[str, Any]:
        """See Judge. Raises: what judging raises; BrokenProcessPool when a second process has died, too."""
        pool = self._pool
        try:
            return pool.submit(_judge, path, name).result()
        except BrokenProcessPool:
            log.warning("a process that checks papers has died; another one is asked")
            with self._lock:
                if self._pool is pool:
                    self._pool = self._started()
            return self._pool.submit(_judge, path, name).result()

    def warm(self) -> None:
        """Starts one process before anybody waits for it, and does not wait for it either."""
        self._pool.submit(_ready)

    def close(self) -> None:
        """Calls off what has not begun; the processes end after what they are at."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _started(self) -> ProcessPoolExecutor:
        # A fork of a process with threads may inherit a lock that nobody will ever release.
        apart = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(
            self._processes, mp_context=apart, initializer=_begin, initargs=(self._settings,)
        )


def _begin(settings: Settings) -> None:
    begin_apart(niceness=YIELDING)
    _graphs.append(Graph(settings))


def _ready() -> None:
    with _graphs[-1].view() as view:
        view.context()


def _judge(path: Path, name: str) -> dict[str, Any]:
    return judge_here(_graphs[-1])(path, name)
