"""One process that works for this one: questions in, answers out, and an end that leaves nothing behind."""

import copyreg
import io
import os
import pickle
import signal
import subprocess
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

import ingest
from ingest.garbage import without_collection
from kg.errors import KgError

Item = TypeVar("Item")
Answer = TypeVar("Answer")
ROOT = Path(ingest.__file__).resolve().parents[1]
START = f"import sys; sys.path.insert(0, {str(ROOT)!r}); from ingest.worker import serve; serve()"
GRACE = 2
"""Seconds in which a worker that is told to stop ends its own reading child."""


class WorkerDiedError(KgError):
    """The worker ended before it answered."""


@dataclass(frozen=True, slots=True)
class Raised:
    """The error that a question ended with."""

    error: Exception


class Worker:
    """A process, started when first asked and again after it died. Asked by one thread at a time."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def ask(self, function: Callable[[Item], Answer], item: Item) -> Answer:
        """What the function makes of the item there; both must be found by their import names.

        Raises: WorkerDiedError when the process ended over it, else whatever the function raises.
        """
        process = self._asked(function, item)
        assert process.stdout is not None
        try:
            told: Answer | Raised = pickle.load(process.stdout)
        except (EOFError, OSError, pickle.UnpicklingError) as error:
            self.close()
            raise WorkerDiedError("读取进程异常退出") from error
        except BaseException:
            # The rest of an answer that nobody waits for would be taken for that to the next question.
            self.close()
            raise
        if isinstance(told, Raised):
            raise told.error
        return told

    def interrupt(self) -> None:
        """Tells the process to stop in the middle of its work; another thread may be waiting for it."""
        process = self._process
        if process is not None:
            process.terminate()

    def close(self) -> None:
        """Ends the process."""
        process, self._process = self._process, None
        if process is None:
            return
        process.terminate()
        try:
            process.wait(GRACE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        for stream in (process.stdin, process.stdout):
            assert stream is not None
            with suppress(BrokenPipeError):
                stream.close()

    def _asked(self, function: Callable[[Item], Answer], item: Item) -> subprocess.Popen[bytes]:
        packed = _packed((function, item))
        if self._process is not None and self._process.poll() is not None:
            self.close()
        if self._process is None:
            self._process = _start()
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(packed)
            self._process.stdin.flush()
        except OSError as error:
            self.close()
            raise WorkerDiedError("读取进程异常退出") from error
        return self._process


def _start() -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-I", "-c", START],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )


def serve() -> None:
    """Answers until its input ends, as it does when the process that asks is gone, or it is told to stop.

    An interrupt typed at the terminal reaches the whole family; only the first process acts on it.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _stop)
    with os.fdopen(os.dup(1), "wb") as out:
        # What libraries print must not come between the answers.
        os.dup2(2, 1)
        while True:
            try:
                function, item = pickle.load(sys.stdin.buffer)
            except EOFError:
                return
            out.write(_answer(function, item))
            out.flush()


def _stop(_number: int, _frame: object) -> None:
    sys.exit(1)


def _answer(function: Callable[[Item], object], item: Item) -> bytes:
    try:
        with without_collection():
            return _packed(function(item))
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - raised again in the process that asked
        error.add_note(traceback.format_exc())
        return _packed(Raised(error))


def _packed(told: object) -> bytes:
    packed = io.BytesIO()
    pickler = pickle.Pickler(packed, pickle.HIGHEST_PROTOCOL)
    pickler.dispatch_table = copyreg.dispatch_table | {MappingProxyType: _reduced}
    pickler.dump(told)
    return packed.getvalue()


def _reduced(found: MappingProxyType[Any, Any]) -> tuple[Callable[[dict[Any, Any]], object], tuple[object]]:
    return _read_only, (dict(found),)


def _read_only(values: dict[Any, Any]) -> object:
    return MappingProxyType(values)
