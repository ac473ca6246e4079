"""The process that reads documents for `ingest.documents.sandbox`: paths in, answers out, line by line."""

import json
import os
import resource
import sys
from pathlib import Path

from ingest.documents.reader import read_document
from ingest.documents.wire import answer
from kg.errors import DocumentError

TOO_LARGE = ("文件过大，读取时超出内存限制", "请拆分后再提交")


def main() -> None:
    """Serves files until its input ends; what parsers print goes to standard error.

    Takes the bytes of memory for the process and the CPU seconds for each file from its two arguments.
    """
    memory, seconds = int(sys.argv[1]), int(sys.argv[2])
    out = os.fdopen(os.dup(1), "w", encoding="ascii")
    os.dup2(2, 1)
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    for nothing in (resource.RLIMIT_CORE, resource.RLIMIT_FSIZE):
        resource.setrlimit(nothing, (0, 0))
    for line in sys.stdin:
        _allow_time(seconds)
        path = Path(json.loads(line))
        out.write(_told(path) + "\n")
        out.flush()


def _allow_time(seconds: int) -> None:
    """Gives the next file its own CPU time on top of what was used."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    used = int(usage.ru_utime + usage.ru_stime) + 1
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (used + seconds, hard))


def _told(path: Path) -> str:
    try:
        return answer(path, read_document(path))
    except DocumentError as error:
        return answer(path, error)
    except MemoryError:
        return answer(path, DocumentError(*TOO_LARGE, path.name))


if __name__ == "__main__":
    main()
