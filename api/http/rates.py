"""How often a caller may ask: a bucket of requests for each key, or for each address without one."""

import math
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

CALLERS = 10_000
"""Callers kept apart; those longest unseen start afresh."""
BURST = 4.0
"""Seconds' worth of requests that may come at once."""


@dataclass(slots=True)
class _Bucket:
    left: float
    filled: float


class Rates:
    """Counts requests by caller; `per_second` 0 sets no limit."""

    def __init__(self, per_second: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._rate = per_second
        self._clock = clock
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()
        self._lock = Lock()
        self._refused = 0

    def wait(self, caller: str) -> int:
        """Whole seconds until this caller may ask again; 0 when it may now, which counts as one request."""
        if not self._rate:
            return 0
        most, now = max(1.0, self._rate * BURST), self._clock()
        with self._lock:
            bucket = self._buckets.pop(caller, None) or _Bucket(most, now)
            bucket.left = min(most, bucket.left + (now - bucket.filled) * self._rate)
            bucket.filled = now
            self._buckets[caller] = bucket
            while len(self._buckets) > CALLERS:
                self._buckets.popitem(last=False)
            if bucket.left >= 1:
                bucket.left -= 1
                return 0
            self._refused += 1
            return max(1, math.ceil((1 - bucket.left) / self._rate))

    def refused(self) -> int:
        """How many requests were refused since the server started."""
        with self._lock:
            return self._refused
