"""Reads documents in a child process with memory and time limits; one child serves many files."""

import atexit
import json
import selectors
import signal
import subprocess
import sys
import threading
import time
from functools import cache
from pathlib import Path
from queue import LifoQueue

import ingest
from ingest.documents.blocks import Document
from ingest.documents.limits import Limits, limits
from ingest.documents.wire import ALIVE, understood
from kg.errors import DocumentError

ROOT = Path(ingest.__file__).resolve().parents[1]
START = f"import sys; sys.path.insert(0, {str(ROOT)!r}); from ingest.documents.child import main; main()"
CHILDREN = 2
"""Files that one process reads at a time, so that a scan of many pages keeps nobody else waiting."""
TOO_SLOW = ("读取用时超过上限", "请拆分为较小的文件，或用办公软件另存后再提交")
DIED = ("读取程序异常退出，文件可能已损坏或过大", "请用原软件打开并另存，或拆分后再提交")


class Sandbox:
    """One reading child, started when needed and again after a crash. Safe to share between threads.

    `caps` are the limits of memory and time, those shipped when None.
    """

    def __init__(self, caps: Limits | None = None) -> None:
        self._caps = caps or limits()
        self._child: subprocess.Popen[bytes] | None = None
        self._served = 0
        self._lock = threading.Lock()

    def read(self, path: Path) -> Document:
        """The document at a path. Raises: DocumentError, also when the child died or took too long."""
        with self._lock:
            line = self._ask(path.absolute())
        return understood(path, line)

    def close(self) -> None:
        """Ends the child."""
        child, self._child, self._served = self._child, None, 0
        if child is None:
            return
        child.kill()
        child.wait()
        for stream in (child.stdin, child.stdout):
            if stream is not None:
                stream.close()

    def _ask(self, path: Path) -> str:
        child = self._asked(path)
        try:
            line = _line(child, self._caps.wall_seconds)
        except TimeoutError as error:
            self.close()
            raise DocumentError(*TOO_SLOW, path.name) from error
        except (OSError, EOFError) as error:
            code = child.wait()
            self.close()
            raise DocumentError(*(TOO_SLOW if code == -signal.SIGXCPU else DIED), path.name) from error
        except BaseException:
            # An answer that nobody waits for would be taken for that of the next file.
            self.close()
            raise
        if line.startswith(ALIVE):
            # What it took to read pictures is given back by ending the child.
            self.close()
        return line

    def _asked(self, path: Path) -> subprocess.Popen[bytes]:
        """The child that was given the path, a new one when the last has died since or served its share."""
        if self._served >= self._caps.files_per_child or (self._child and self._child.poll() is not None):
            self.close()
        self._served += 1
        if self._child is not None:
            try:
                _write(self._child, path)
                return self._child
            except OSError:
                self.close()
        self._child = _start(self._caps)
        _write(self._child, path)
        return self._child


def _write(child: subprocess.Popen[bytes], path: Path) -> None:
    assert child.stdin is not None
    child.stdin.write(json.dumps(str(path)).encode() + b"\n")


def _start(caps: Limits) -> subprocess.Popen[bytes]:
    allowed = (caps.memory_bytes, caps.cpu_seconds, caps.scan_memory_bytes, caps.scan_cpu_seconds)
    return subprocess.Popen(
        [sys.executable, "-I", "-c", START, *map(str, allowed)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        bufsize=0,
    )


def _line(child: subprocess.Popen[bytes], seconds: int) -> str:
    """The next answer, behind the signs of life that came before it.

    Raises: EOFError when the child died, TimeoutError when neither came in the time.
    """
    assert child.stdout is not None
    end, parts = time.monotonic() + seconds, list[bytes]()
    with selectors.DefaultSelector() as selector:
        selector.register(child.stdout, selectors.EVENT_READ)
        while True:
            if not selector.select(max(end - time.monotonic(), 0)):
                raise TimeoutError
            data = child.stdout.read(1 << 20)
            if not data:
                raise EOFError
            parts.append(data)
            if not data.strip():
                end = time.monotonic() + seconds
            elif data.endswith(b"\n"):
                return b"".join(parts).decode("ascii")


@cache
def _shared() -> LifoQueue[Sandbox]:
    """The children of this process, the last used one first: a file after another takes only one."""
    free: LifoQueue[Sandbox] = LifoQueue()
    for _ in range(CHILDREN):
        sandbox = Sandbox()
        atexit.register(sandbox.close)
        free.put(sandbox)
    return free


def read_isolated(path: Path) -> Document:
    """The document at a path, read by a child of this process. Raises: DocumentError."""
    sandbox = _shared().get()
    try:
        return sandbox.read(path)
    finally:
        _shared().put(sandbox)
