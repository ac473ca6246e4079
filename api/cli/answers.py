"""How every command answers: JSON or text on standard output, messages on standard error."""

import json
import sys
from collections.abc import Iterable
from typing import Any


def print_json(document: object) -> None:
    """Writes one JSON document to standard output, and nothing else there."""
    print_text(json.dumps(document, ensure_ascii=False, indent=2, default=str))


def print_text(text: str) -> None:
    """Writes text to standard output as UTF-8, whatever the terminal's own encoding is."""
    sys.stdout.buffer.write(f"{text}\n".encode("utf-8", "replace"))
    sys.stdout.buffer.flush()


def print_message(text: str) -> None:
    """Writes one line to standard error."""
    sys.stderr.buffer.write(f"{text}\n".encode("utf-8", "replace"))
    sys.stderr.buffer.flush()


def answer(document: Any, lines: Iterable[str], *, as_json: bool) -> None:
    """Writes the document as JSON, or the lines for a person to read."""
    if as_json:
        print_json(document)
    else:
        for line in lines:
            print_text(line)
