"""Checks wait their turn: a few run at once, a bounded number wait, the rest is told when to come back."""

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from threading import Lock
from typing import TypeVar

from api.http.problems import ProblemError

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Load:
    """What the queue is doing, and has done since the server started."""

    running: int
    waiting: int
    refused: int
    timed_out: int


class CheckQueue:
    """Runs work in `at_once` threads; of what is waiting, more than `most` is refused at once.

    `seconds` is how long a caller is kept, in the queue and while its work runs. Work that has begun cannot
    be stopped: it keeps its place until it is done, so that never more than `at_once` run.
    """

    def __init__(self, *, at_once: int, most: int, seconds: float) -> None:
        self._pool: ThreadPoolExecutor | None = None
        self._at_once = at_once
        self._most = most
        self._seconds = seconds
        self._lock = Lock()
        self._admitted = self._running = self._refused = self._timed_out = 0
        self._usual = 5.0

    async def run(self, work: Callable[[], T]) -> T:
        """What `work` returns. Raises: ProblemError 503 with Retry-After; what `work` raises."""
        future = self._submit(work)
        waited = asyncio.wrap_future(future)
        done, _ = await asyncio.wait({waited}, timeout=self._seconds)
        if done:
            return waited.result()
        # Only what has not begun can still be called off; nobody asks for the outcome of the other.
        waited.add_done_callback(lambda late: late.cancelled() or late.exception())
        future.cancel()
        with self._lock:
            self._timed_out += 1
        raise self._busy(f"查重未能在 {self._seconds:.0f} 秒内完成，请稍后再试，或用 kg check 在命令行处理")

    def load(self) -> Load:
        """The state of the queue."""
        with self._lock:
            waiting = max(0, self._admitted - self._running)
            return Load(self._running, waiting, self._refused, self._timed_out)

    def close(self) -> None:
        """Calls off what waits; what runs is left to end. Whoever comes later opens the queue again."""
        with self._lock:
            pool, self._pool = self._pool, None
        if pool is not None:
            pool.shutdown(wait=False, cancel_futures=True)

    def _submit(self, work: Callable[[], T]) -> Future[T]:
        with self._lock:
            if self._admitted < self._at_once + self._most:
                self._admitted += 1
                if self._pool is None:
                    self._pool = ThreadPoolExecutor(self._at_once, thread_name_prefix="check")
                future = self._pool.submit(self._timed, work)
            else:
                self._refused += 1
                future = None
        if future is None:
            raise self._busy(f"查重排队已满（{self._most} 份在等），请稍后再试")
        future.add_done_callback(self._left)
        return future

    def _timed(self, work: Callable[[], T]) -> T:
        started = time.monotonic()
        with self._lock:
            self._running += 1
        try:
            return work()
        finally:
            with self._lock:
                self._running -= 1
                self._usual = 0.8 * self._usual + 0.2 * (time.monotonic() - started)

    def _left(self, _: Future[T]) -> None:
        with self._lock:
            self._admitted -= 1

    def _busy(self, detail: str) -> ProblemError:
        """The refusal, with the time after which a place should be free."""
        with self._lock:
            rounds = max(1, self._admitted - self._at_once) / self._at_once
            wait = max(1, min(600, round(rounds * self._usual)))
        return ProblemError(503, detail, headers={"Retry-After": str(wait)})
