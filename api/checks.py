"""Checks files: reads each as a proposal and judges it, readable or not."""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ingest.discovery import discover
from ingest.proposal.files import read_proposal_file
from kg.errors import DocumentError
from kg.matching.description import Description
from kg.matching.proposal import Proposal
from kg.store.base import GraphReader
from queries.check import CheckContext, check


def check_files(paths: Sequence[Path], reader: GraphReader, context: CheckContext) -> list[dict[str, Any]]:
    """The report on each file, folders opened; a file that cannot be read has no verdict but its reason."""
    return [
        check(reader, proposal_of(found.path), context=context).to_json() | {"file": found.document}
        for found in discover(paths)
    ]


def proposal_of(path: Path, *, name: str = "") -> Proposal:
    """The proposal in a file; one without functions when it cannot be read, and `unread` says why.

    `name` is what its sender calls the file, when it lies under another name here.
    """
    called = name or path.name
    try:
        return read_proposal_file(path, name=called)
    except DocumentError as error:
        digest = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
        unread = (f"{error.reason}；{error.remedy}",)
        return Proposal(Description("", name=Path(called).stem), called, digest, unread=unread)
