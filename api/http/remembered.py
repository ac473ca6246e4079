"""Answers to the same question are worked out once for each state of the graph, a few at a time."""

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future

MOST = 2_000
LARGEST = 64_000
"""Bytes; longer answers are given, not remembered."""
AT_ONCE = 2
"""More threads at work than processors would only keep each other from ending."""


class RememberedAnswers:
    """Bodies of answers by question; those asked for last stay. Threads share it.

    Who asks what another thread is working out waits for that thread's answer.
    """

    def __init__(self, *, most: int = MOST, at_once: int = AT_ONCE) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._places = threading.Semaphore(at_once)
        self._known: OrderedDict[bytes, bytes] = OrderedDict()
        self._coming: dict[bytes, Future[bytes]] = {}

    def get(self, question: object, make: Callable[[], bytes]) -> bytes:
        """The answer; `question` is told from others by its repr. Raises: what `make` raises."""
        key = hashlib.sha256(repr(question).encode("utf-8", "surrogatepass")).digest()
        with self._lock:
            if key in self._known:
                self._known.move_to_end(key)
                return self._known[key]
            coming = self._coming.get(key)
            mine = self._coming[key] = Future() if coming is None else coming
        return mine.result() if coming is not None else self._made(key, make, mine)

    def _made(self, key: bytes, make: Callable[[], bytes], mine: Future[bytes]) -> bytes:
        try:
            with self._places:
                answer = make()
        except BaseException as error:
            with self._lock:
                del self._coming[key]
            mine.set_exception(error)
            raise
        with self._lock:
            del self._coming[key]
            if len(answer) <= LARGEST:
                self._known[key] = answer
            if len(self._known) > self._most:
                self._known.popitem(last=False)
        mine.set_result(answer)
        return answer
