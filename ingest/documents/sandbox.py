"""Reads documents in a child process with memory and time limits; one child serves many files."""

import atexit
import json
import selectors
import subprocess
import sys
import threading
import time
from pathlib import Path

import ingest
from ingest.documents.blocks import Document
from ingest.documents.limits import limits
from ingest.documents.wire import understood
from kg.errors import DocumentError

ROOT = Path(ingest.__file__).resolve().parents[1]
START = f"import sys; sys.path.insert(0, {str(ROOT)!r}); from ingest.documents.child import main; main()"


class Sandbox:
    """One reading child, started when needed and again after a crash. Safe to share between threads."""

    def __init__(self) -> None:
        self._child: subprocess.Popen[bytes] | None = None
        self._served = 0
        self._lock = threading.Lock()

    def read(self, path: Path) -> Document:
        """The document at a path. Raises: DocumentError, also when the child died or took too long."""
        with self._lock:
            line = self._ask(path.resolve())
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
        if self._served >= limits().files_per_child or (self._child and self._child.poll() is not None):
            self.close()
        child = self._child = self._child or _start()
        self._served += 1
        try:
            assert child.stdin is not None
            child.stdin.write(json.dumps(str(path)).encode() + b"\n")
            child.stdin.flush()
            return _line(child)
        except (OSError, EOFError, TimeoutError) as error:
            self.close()
            reason = "读取超时" if isinstance(error, TimeoutError) else "读取时超出内存或时间限制"
            raise DocumentError(reason, "请拆分或另存后再提交", path.name) from error


def _start() -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-I", "-c", START],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        bufsize=0,
    )


def _line(child: subprocess.Popen[bytes]) -> str:
    """The next answer. Raises: EOFError when the child died, TimeoutError past the total time."""
    assert child.stdout is not None
    end, parts = time.monotonic() + limits().wall_seconds, list[bytes]()
    with selectors.DefaultSelector() as selector:
        selector.register(child.stdout, selectors.EVENT_READ)
        while True:
            if not selector.select(max(end - time.monotonic(), 0)):
                raise TimeoutError
            data = child.stdout.read(1 << 20)
            if not data:
                raise EOFError
            parts.append(data)
            if data.endswith(b"\n"):
                return b"".join(parts).decode("ascii")


_shared = Sandbox()
atexit.register(_shared.close)


def read_isolated(path: Path) -> Document:
    """The document at a path, read by the child of this process. Raises: DocumentError."""
    return _shared.read(path)
