"""Reads what was handed in as proposals: an unreadable file is one without functions, and says why."""

import hashlib
from pathlib import Path

from ingest.discovery import Found
from ingest.proposal.files import read_proposal_file
from kg.errors import DocumentError
from kg.matching.description import Description
from kg.matching.proposal import Proposal


def handed_in(file: Found) -> Proposal:
    """The proposal in a found file, called by its own name without the folders and zips around it."""
    name = file.document.rpartition("/")[2]
    if file.refused:
        return _unread(file.path, name, file.refused)
    return proposal_of(file.path, name=name)


def proposal_of(path: Path, *, name: str = "") -> Proposal:
    """The proposal in a file; one without functions when it cannot be read, and `unread` says why.

    `name` is what its sender calls the file, when it lies under another name here.
    """
    called = name or path.name
    try:
        return read_proposal_file(path, name=called)
    except DocumentError as error:
        return _unread(path, called, (error.reason, error.remedy))


def _unread(path: Path, called: str, why: tuple[str, str]) -> Proposal:
    digest = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
    return Proposal(Description("", name=Path(called).stem), called, digest, unread=("；".join(why),))
