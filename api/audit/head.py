"""The end of the audit log as it was last written, kept beside it: what is cut off later is missed."""

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from kg.errors import StoreError


@dataclass(frozen=True, slots=True)
class Head:
    """How many lines there are, and the SHA-256 of the last."""

    count: int
    last: str


def head_path(log: Path) -> Path:
    """Where the head of this log stands."""
    return log.with_name(f"{log.name}.head")


def read_head(log: Path) -> Head | None:
    """The head kept; None where there is none. Raises: StoreError for one that is damaged."""
    try:
        told = json.loads(head_path(log).read_bytes())
        return Head(int(told["count"]), str(told["last"]))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreError(f"审计计数文件 {head_path(log)} 无法读取或内容不对") from error


def write_head(log: Path, head: Head) -> None:
    """Replaces the head, on the disk when this returns."""
    path = head_path(log)
    part = path.with_name(f"{path.name}.part")
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
        json.dump(asdict(head), out)
        out.flush()
        os.fsync(out.fileno())
    part.replace(path)
