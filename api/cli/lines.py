"""Files of JSON lines in and out."""

import json
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from kg.errors import ValidationError


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    """The object on each line that is not blank. Raises: ValidationError naming the line."""
    with path.open(encoding="utf-8-sig") as stream:
        for number, line in enumerate(stream, start=1):
            if line.strip():
                yield _object(line, f"{path.name} 第{number}行")


def _object(line: str, where: str) -> dict[str, Any]:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise ValidationError(f"{where}不是合法的 JSON") from error
    if not isinstance(found, dict):
        raise ValidationError(f"{where}不是 JSON 对象")
    return found


def write_lines(path: Path, rows: Iterable[Mapping[str, Any]]) -> int:
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
