"""Tells on standard error how far long work is and how long it will still take."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from api.cli.answers import print_message
from kg.matching.overlap_index import Progress as Told

EVERY = 15.0
"""Seconds between two lines where no terminal shows bars."""


@contextmanager
def told_progress() -> Iterator[Told]:
    """Bars with an estimate on a terminal; elsewhere a line now and then, none for short work."""
    if not sys.stderr.isatty():
        yield _Lines().told
        return
    columns = (TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        tasks: dict[str, TaskID] = {}

        def show(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(stage, total=total)
            bars.update(tasks[stage], completed=done, total=total)

        yield show


class _Lines:
    """Lines for work that is not watched."""

    def __init__(self) -> None:
        self._begun: dict[str, tuple[float, int]] = {}
        self._said = time.monotonic()

    def told(self, stage: str, done: int, total: int) -> None:
        now = time.monotonic()
        begun, first = self._begun.setdefault(stage, (now, done))
        if now - self._said < EVERY or done >= total or done <= first:
            return
        self._said = now
        left = (now - begun) / (done - first) * (total - done)
        print_message(f"{stage}：{done}/{total}，约余 {left:.0f} 秒")
