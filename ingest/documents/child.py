"""The process that reads documents for `ingest.documents.sandbox`: paths in, answers out, line by line."""

import json
import os
import resource
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from ingest.documents.reader import read_document
from ingest.documents.recognition import Picture, Recognise, Word, recogniser
from ingest.documents.wire import ALIVE, answer
from kg.errors import DocumentError

TOO_LARGE = ("文件过大，读取时超出内存限制", "请拆分后再提交")


def main() -> None:
    """Serves files until its input ends; what parsers print goes to standard error.

    Takes its limits from its arguments: bytes of memory and CPU seconds for each file, then what both become
    when pictures of pages are read. Every such picture is told by an empty line before it is read.
    """
    memory, seconds, more_memory, more_seconds = map(int, sys.argv[1:])
    out = os.fdopen(os.dup(1), "w", encoding="ascii")
    os.dup2(2, 1)
    resource.setrlimit(resource.RLIMIT_AS, (memory, more_memory))
    for nothing in (resource.RLIMIT_CORE, resource.RLIMIT_FSIZE):
        resource.setrlimit(nothing, (0, 0))
    for line in sys.stdin:
        _allow_time(seconds)
        path = Path(json.loads(line))
        recognise = _told_of(recogniser(), Allowance(more_memory, more_seconds), out)
        out.write(_told(path, recognise) + "\n")
        out.flush()


@dataclass
class Allowance:
    """What one file may take once a picture of a page has to be read; taken at the first one."""

    memory: int
    seconds: int
    taken: bool = False

    def take(self) -> None:
        """Raises the limits of this process."""
        if not self.taken:
            self.taken = True
            resource.setrlimit(resource.RLIMIT_AS, (self.memory, self.memory))
            _allow_time(self.seconds)


def _told_of(recognise: Recognise | None, allowance: Allowance, out: TextIO) -> Recognise | None:
    """The recogniser, taking its allowance and giving a sign of life with each picture."""
    if recognise is None:
        return None

    def read(picture: Picture) -> list[Word]:
        allowance.take()
        out.write(ALIVE)
        out.flush()
        return recognise(picture)

    return read


def _allow_time(seconds: int) -> None:
    """Gives the next file its own CPU time on top of what was used."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    used = int(usage.ru_utime + usage.ru_stime) + 1
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (used + seconds, hard))


def _told(path: Path, recognise: Recognise | None) -> str:
    try:
        return answer(path, read_document(path, recognise=recognise))
    except DocumentError as error:
        return answer(path, error)
    except MemoryError:
        return answer(path, DocumentError(*TOO_LARGE, path.name))


if __name__ == "__main__":
    main()
