"""Procurement intentions: projects a unit means to buy, with their budgets; no system exists yet."""

from dataclasses import dataclass

from ingest.documents.blocks import BlockKind, Document
from ingest.sources.base import Context, Reading
from ingest.sources.mapping import load_mapping
from ingest.sources.project_rows import ProjectRows
from ingest.sources.tables import find_header, sheets

SOURCE = "intention"
UNIT = "万元"
"""Published intentions are in units of ten thousand yuan; holds where neither header nor cell names one."""


@dataclass(frozen=True, slots=True)
class IntentionSource:
    """The source of procurement intentions."""

    name: str = SOURCE

    def recognises(self, document: Document) -> bool:
        """Whether a table has the header of a list of intentions."""
        mapping = load_mapping(self.name)
        return any(
            find_header(block.rows, mapping) for block in document.blocks if block.kind is BlockKind.TABLE
        )

    def read(self, document: Document, context: Context) -> Reading:
        """Every row of every list in the document."""
        rows = ProjectRows(self.name, document, context)
        for sheet in sheets(document, load_mapping(self.name)):
            rows.read(sheet, unit=UNIT, stage="采购")
        return rows.reading()
