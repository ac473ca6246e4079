"""Reads a proposal out of a file of any kind."""

from dataclasses import replace
from pathlib import Path

from ingest.documents.sandbox import read_isolated
from ingest.documents.secrecy import check_secrecy
from ingest.proposal.form import read_form
from ingest.proposal.reader import read_proposal
from ingest.returns.receipt import without_receipt
from kg.errors import DocumentError
from kg.matching.proposal import Proposal


def read_proposal_file(path: Path, *, name: str = "") -> Proposal:
    """The proposal in a file: a filled JSON form, or a document read in the limited child process.

    `name` is what its sender calls the file, when it lies under another name here.
    Raises: DocumentError naming the file, also for a form whose fields do not fit.
    """
    called = name or path.name
    try:
        check_secrecy(called, ())
        if Path(called).suffix.lower() == ".json":
            return replace(read_form(path), file=called)
        document, _ = without_receipt(read_isolated(path))
        # A proposal that does not say its name is called as its file.
        return replace(read_proposal(replace(document, path=called)), file=called)
    except DocumentError as error:
        raise replace(error, file=called) from error
