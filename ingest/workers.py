"""Work on many items by several processes at once, with the results in the order of the items."""

import os
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import chain, islice
from queue import LifoQueue
from typing import TypeVar

from ingest.worker import Worker, WorkerDiedError

Item = TypeVar("Item")
Answer = TypeVar("Answer")
MOST = 4
"""Workers that nobody asked for by number: each holds its own copy of rules and words, some 200 MB."""
AHEAD = 2
"""Items on their way for each worker, so that none waits while an earlier item takes long."""
PATIENCE = 5.0
"""Seconds of work after which the rest is worth workers. Each costs 2.5 s of a core (start, a reading child,
the way back of the rows), so two win when alone the rest takes 5 s; what lasted this long is likely to last
as long again."""


@dataclass(frozen=True, slots=True)
class Team:
    """How many processes work: `size` (1: this one alone) from the first item on.

    Size None: this process alone, until it has worked for `PATIENCE` seconds and at least `many` more items
    are to come; then one for each core that is free, at most `MOST`.
    """

    size: int | None = 1
    many: int = 8

    def map(
        self,
        function: Callable[[Item], Answer],
        items: Iterable[Item],
        *,
        died: Callable[[Item], Answer],
    ) -> Generator[Answer, None, None]:
        """What the function makes of each item, in order; few items are taken before their turn.

        `died` answers for an item over which a worker ended. Function and items travel to workers, so all
        that they are made of must be found by its import name. Closing the generator ends the workers.
        """
        rest = iter(items)
        if self.size is None:
            yield from _patiently(function, rest)
        size = self.size or min(_free_cores(), MOST)
        least = self.many if self.size is None else 2
        ahead = list(islice(rest, least))
        if size > 1 and len(ahead) == least:
            yield from _spread(function, chain(ahead, rest), size=size, died=died)
        else:
            yield from map(function, chain(ahead, rest))


ALONE = Team()


def _free_cores() -> int:
    """Cores that nobody has been using for a minute; on a busy machine workers only cost their start."""
    return (os.cpu_count() or 1) - int(os.getloadavg()[0])


def _patiently(function: Callable[[Item], Answer], items: Iterator[Item]) -> Iterator[Answer]:
    begun = time.monotonic()
    for item in items:
        yield function(item)
        if time.monotonic() - begun > PATIENCE:
            return


def _spread(
    function: Callable[[Item], Answer],
    items: Iterable[Item],
    *,
    size: int,
    died: Callable[[Item], Answer],
) -> Iterator[Answer]:
    workers = [Worker() for _ in range(size)]
    free: LifoQueue[Worker] = LifoQueue()
    for worker in workers:
        free.put(worker)
    pool = ThreadPoolExecutor(size)
    waiting: deque[Future[Answer]] = deque()
    ask = partial(_asked, free, function=function, died=died)
    try:
        for item in items:
            waiting.append(pool.submit(ask, item))
            if len(waiting) > size * AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
        for worker in workers:
            worker.interrupt()
        pool.shutdown()
        for worker in workers:
            worker.close()


def _asked(
    free: LifoQueue[Worker],
    item: Item,
    *,
    function: Callable[[Item], Answer],
    died: Callable[[Item], Answer],
) -> Answer:
    worker = free.get()
    try:
        return worker.ask(function, item)
    except WorkerDiedError:
        return died(item)
    finally:
        free.put(worker)
