"""Which source a file is: by what stands in it, or as the caller says."""

from collections.abc import Mapping
from functools import cache

from ingest.documents.blocks import Document
from ingest.sources.base import Source
from ingest.sources.calls import CallsSource
from ingest.sources.census import CensusSource
from ingest.sources.intention import IntentionSource
from ingest.sources.mapping import load_mapping
from ingest.sources.policy import PolicySource
from ingest.sources.projects import ProjectsSource
from ingest.sources.proposal import ProposalSource
from ingest.sources.refusal import unknown_header
from kg.errors import DocumentError

DATA_FILES: Mapping[str, str] = {
    ".jsonl": "native",
    ".ndjson": "native",
    ".yml": "manifest",
    ".yaml": "manifest",
    ".json": "proposal",
}
"""Sources of files that are data rather than documents, by suffix."""

SHEETS = frozenset({"xlsx", "xls", "csv"})


@cache
def document_sources() -> tuple[Source, ...]:
    """The sources of documents, the most particular first."""
    return (
        CallsSource(),
        IntentionSource(),
        ProposalSource(),
        CensusSource(),
        ProjectsSource(),
        PolicySource(),
    )


def source_names() -> tuple[str, ...]:
    """Every source a caller may name, those of documents first."""
    names = [source.name for source in document_sources()]
    return (*names, *sorted(set(DATA_FILES.values()) - set(names)))


def source_of(document: Document, forced: str) -> Source:
    """The source of a document; one that the caller names asks less of it.

    Raises: DocumentError when a sheet has no header that any source knows, or the forced source is unknown.
    """
    sources = {source.name: source for source in document_sources()}
    if forced:
        if forced not in sources:
            raise DocumentError(f"未知的来源 {forced}", f"可用的来源：{'、'.join(source_names())}")
        return CensusSource(forced=True) if forced == CensusSource().name else sources[forced]
    for source in document_sources():
        if source.recognises(document):
            return source
    raise unknown_header(document, load_mapping(CensusSource().name))
