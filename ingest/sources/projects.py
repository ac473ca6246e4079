"""Lists of projects in plans, approvals and reports: their rows, and the prose around them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ingest.documents.blocks import BlockKind, Document
from ingest.sources.base import Context, Reading
from ingest.sources.issuer import issuer_place
from ingest.sources.mapping import load_mapping, unit_of_sheet
from ingest.sources.policy import SHEETS, PolicySource, said_date
from ingest.sources.project_rows import ProjectRows
from ingest.sources.stages import stage_told
from ingest.sources.tables import Sheet, find_header, read_sheet, sheet_name

BEFORE = 3
"""Paragraphs above a table in a text among which its caption and unit stand."""


@dataclass(frozen=True, slots=True)
class ProjectsSource:
    """The source of lists of projects."""

    name: str = "projects"

    def recognises(self, document: Document) -> bool:
        """Whether a table has the header of a list of projects."""
        return any(True for _ in self._lists(document))

    def read(self, document: Document, context: Context) -> Reading:
        """Every row of every list; in a text, also what its prose says, as policies are read."""
        lists = dict(self._lists(document))
        prose = None if document.media in SHEETS else _without(document, lists)
        rows = ProjectRows(self.name, document, _said_from(document, context) if prose else context)
        title = document.blocks[0].text
        for at, sheet in lists.items():
            above = [one.text for one in document.blocks[max(at - BEFORE, 0) : at] if one.text]
            stage = stage_told([*reversed(above), *sheet.titles, title])
            rows.read(sheet, unit=unit_of_sheet(above), stage=stage)
        read = rows.reading()
        told = PolicySource().read(prose, context) if prose else Reading(())
        return replace(
            read,
            lots=(*read.lots, *told.lots),
            warnings=(*read.warnings, *(told.warnings if told.lots else ())),
        )

    def _lists(self, document: Document) -> Iterator[tuple[int, Sheet]]:
        """Each list with the number of its block, from 0."""
        mapping = load_mapping(self.name)
        for at, block in enumerate(document.blocks):
            if block.kind is BlockKind.TABLE and (header := find_header(block.rows, mapping)):
                yield at, read_sheet(block, header, mapping, name=sheet_name(document, block))


def _without(document: Document, lists: dict[int, Sheet]) -> Document:
    prose = tuple(block for at, block in enumerate(document.blocks) if at not in lists)
    return replace(document, blocks=prose)


def _said_from(document: Document, context: Context) -> Context:
    """The load's context with the place and date of a notice, where the caller names none."""
    place = None if context.region else issuer_place(document)
    return replace(
        context,
        region=place.code if place else context.region,
        dated=context.dated or said_date(document, context.today),
    )
