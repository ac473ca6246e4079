"""Files of JSON lines in and out."""

import json
import os
import tempfile
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from ingest.workers import ALONE, Team
from kg.errors import NotFoundError, ValidationError

Row = Mapping[str, Any]
Result = TypeVar("Result")
UNANSWERED = "{} 行有误，未作答，原因写在结果的 error 中"
"""What is told of so many bad lines."""


@dataclass(frozen=True, slots=True)
class Bad:
    """A line that is not answered: its id, None where it has none, and why, with the number of the line."""

    id: str | int | float | None
    reason: str

    def to_json(self) -> dict[str, Any]:
        """The line that stands where the answer would."""
        return {"id": self.id, "error": self.reason}


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    """The object on each line that is not blank. Raises: ValidationError naming the line."""
    for number, line in _texts(path):
        try:
            yield _object(line)
        except ValidationError as error:
            raise ValidationError(f"{path.name} 第{number}行：{error}") from error


def each_line(
    path: Path, read: Callable[[Row], Result], *, team: Team = ALONE
) -> Generator[Result | Bad, None, None]:
    """What `read` makes of the object on each line that is not blank; a bad line stops no other.

    With a team of several, `read` travels to its workers.
    """
    return team.map(partial(_answered, read), _texts(path), died=_lost)


def _answered(read: Callable[[Row], Result], numbered: tuple[int, str]) -> Result | Bad:
    number, line = numbered
    row: Row = {}
    try:
        row = _object(line)
        return read(row)
    except (NotFoundError, ValidationError) as error:
        return Bad(_id(row), f"第{number}行：{error}")


def _lost(numbered: tuple[int, str]) -> Bad:
    """Stands for the answer of a worker that ended over the line."""
    return _answered(_died, numbered)


def _died(_row: Row) -> Bad:
    raise ValidationError("读取进程异常退出，未作答；内存不足时减少 --workers")


def _texts(path: Path) -> Iterator[tuple[int, str]]:
    # Bytes that are no UTF-8 spoil their own line only.
    with path.open(encoding="utf-8-sig", errors="surrogateescape") as stream:
        yield from ((number, line) for number, line in enumerate(stream, start=1) if line.strip())


def _object(line: str) -> dict[str, Any]:
    try:
        line.encode("utf-8")
        found = json.loads(line)
        json.dumps(found, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError as error:
        raise ValidationError("不是 UTF-8 编码的文本，或含有无法编码的字符") from error
    except (ValueError, RecursionError) as error:
        raise ValidationError("不是合法的 JSON") from error
    if not isinstance(found, dict):
        raise ValidationError("不是 JSON 对象")
    return found


def _id(row: Row) -> str | int | float | None:
    found = row.get("id")
    return found if isinstance(found, str | int | float) else None


def write_lines(path: Path, rows: Iterable[Row]) -> int:
    """Writes one line for each row and returns their number; the file appears whole or not at all.

    Raises: ValidationError when the folder is not there.
    """
    if not path.parent.is_dir():
        raise ValidationError(f"文件夹不存在：{path.parent}")
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    part, count = Path(name), 0
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as out:
            for row in rows:
                out.write(json.dumps(row, ensure_ascii=False) + "\n")
                count += 1
        part.chmod(0o644)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return count
