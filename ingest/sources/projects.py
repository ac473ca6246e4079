"""Lists of projects in plans, approvals and reports: their rows, and the prose around them."""

from dataclasses import dataclass, replace

from ingest.documents.blocks import Block, BlockKind, Document
from ingest.sources.base import Context, Reading
from ingest.sources.issuer import issuer_place
from ingest.sources.mapping import load_mapping, unit_of_sheet
from ingest.sources.policy import SHEETS, PolicySource, said_date
from ingest.sources.project_rows import ListKind, ProjectRows
from ingest.sources.stages import stage_told
from ingest.sources.tables import find_header, read_sheet, sheet_name

SOURCE = "projects"
BEFORE = 3
"""Paragraphs above a table in a text among which its caption and unit stand."""


@dataclass(frozen=True, slots=True)
class ProjectsSource:
    """The source of lists of projects."""

    name: str = SOURCE

    def recognises(self, document: Document) -> bool:
        """Whether a table has the header of a list of projects."""
        return any(_is_list(block) for block in document.blocks)

    def read(self, document: Document, context: Context) -> Reading:
        """Every row of every list; in a text, also what its prose says, as policies are read."""
        if document.media in SHEETS:
            return _lists(document, context)
        region = None if context.region else issuer_place(document)
        dated = context.dated or said_date(document, context.today)
        rows = _lists(
            document, replace(context, region=region.code if region else context.region, dated=dated)
        )
        prose = tuple(block for block in document.blocks if not _is_list(block))
        told = PolicySource().read(replace(document, blocks=prose), context)
        warnings = told.warnings if told.lots else ()
        return replace(rows, lots=(*rows.lots, *told.lots), warnings=(*rows.warnings, *warnings))


def _lists(document: Document, context: Context) -> Reading:
    mapping = load_mapping(SOURCE)
    title = document.blocks[0].text if document.blocks else ""
    rows = ProjectRows(ListKind(SOURCE, None, ""), document, context)
    for at, block in enumerate(document.blocks):
        header = find_header(block.rows, mapping) if block.kind is BlockKind.TABLE else None
        if header is None:
            continue
        sheet = read_sheet(block, header, mapping, name=sheet_name(document, block))
        above = [one.text for one in document.blocks[max(at - BEFORE, 0) : at] if one.text]
        stage = stage_told([*reversed(above), *sheet.titles, title])
        rows.kind = ListKind(SOURCE, unit_of_sheet(above), stage)
        rows.read(sheet)
    return rows.reading()


def _is_list(block: Block) -> bool:
    return block.kind is BlockKind.TABLE and find_header(block.rows, load_mapping(SOURCE)) is not None
