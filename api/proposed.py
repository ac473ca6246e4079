"""Proposed pairs in a file beside the store, so that a question does not wait for them twice."""

import json
import logging
import tempfile
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from queries.proposals import Proposal

log = logging.getLogger(__name__)


def kept_proposals(
    file: Path | None, *, identity: str, found: Callable[[], list[Proposal]] | None
) -> list[Proposal]:
    """What the file keeps for this state of the store, else what is found now, which it then keeps.

    Nothing when nothing is kept and `found` is None.
    A file that cannot be read or written costs time, never an answer. None keeps nothing.
    """
    kept = _read(file, identity) if file is not None else None
    if kept is not None:
        return kept
    if found is None:
        return []
    fresh = found()
    if file is not None:
        _write(file, identity, fresh)
    return fresh


def last_proposals(file: Path | None) -> list[Proposal]:
    """What the file keeps, of whichever state of the store: what a reviewer has been shown."""
    return (_read(file, None) if file is not None else None) or []


def _read(file: Path, identity: str | None) -> list[Proposal] | None:
    try:
        kept = json.loads(file.read_text("utf-8"))
        fits = identity is None or kept["identity"] == identity
        return [Proposal(**row) for row in kept["pairs"]] if fits else None
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _write(file: Path, identity: str, fresh: list[Proposal]) -> None:
    text = json.dumps({"identity": identity, "pairs": [asdict(one) for one in fresh]}, ensure_ascii=False)
    part = ""
    try:
        with tempfile.NamedTemporaryFile(
            "w", dir=file.parent, prefix=file.name, delete=False, encoding="utf-8"
        ) as out:
            part = out.name
            out.write(text)
        Path(part).replace(file)
    except OSError as error:
        log.info("proposals are not kept in %s: %s", file, error)
        if part:
            Path(part).unlink(missing_ok=True)
