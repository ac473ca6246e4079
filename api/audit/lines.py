"""The lines of the audit log: canonical JSON, chained by the SHA-256 of the line before."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

FIRST = "0" * 64
"""What the first line holds in place of a line before it."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line as read: what it says, and the SHA-256 of its bytes."""

    number: int
    before: str
    told: Mapping[str, Any]
    digest: str


def line_bytes(told: Mapping[str, Any]) -> bytes:
    """The line without its end: keys in order, no spaces, UTF-8."""
    text = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode("utf-8", "replace")


def read_line(raw: bytes) -> Line | None:
    """The line in these bytes; None for anything that is not one, as is left when a write was cut short."""
    try:
        told = json.loads(raw)
        return Line(int(told["n"]), str(told["prev"]), told, digest(raw))
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


def digest(raw: bytes) -> str:
    """The SHA-256 in hex."""
    return hashlib.sha256(raw).hexdigest()
