"""PDF files opened with what was filled into their forms made part of the page."""

import io
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pypdfium2
from pypdfium2 import raw

from ingest.documents.limits import limits
from ingest.documents.packages import CORRUPT, LOCKED
from kg.errors import DocumentError

Source = Path | bytes
XFA = frozenset({raw.FORMTYPE_XFA_FULL, raw.FORMTYPE_XFA_FOREGROUND})


@contextmanager
def opened(source: Source) -> Iterator[pypdfium2.PdfDocument]:
    """The document, closed at the end. Raises: DocumentError when damaged, locked or of too many pages."""
    try:
        document = pypdfium2.PdfDocument(source)
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower()
        raise DocumentError(*(LOCKED if locked else CORRUPT)) from error
    with closing(document):
        if len(document) > limits().pdf_pages:
            raise DocumentError(f"页数超过{limits().pdf_pages}页", "请拆分后再提交")
        yield document


def prepared(path: Path) -> tuple[Source, tuple[str, ...]]:
    """What to read of a file: itself, or its pages with form fields and typed notes printed on them.

    With notes on what is left out. Raises: DocumentError.
    """
    with opened(path) as document:
        notes: tuple[str, ...] = ("含附件，未读取",) if document.count_attachments() else ()
        notes += (
            ("含动态表单（XFA），其内容未读，请另存为普通 PDF 后再提交",) if _form(document) in XFA else ()
        )
        if _form(document) == raw.FORMTYPE_NONE and not _has_typed_notes(document):
            return path, notes
        document.init_forms()
        for page in document:
            with closing(page):
                page.flatten()
        flat = io.BytesIO()
        document.save(flat)
    return flat.getvalue(), notes


def _form(document: pypdfium2.PdfDocument) -> int:
    return int(document.get_formtype())


def _has_typed_notes(document: pypdfium2.PdfDocument) -> bool:
    for page in document:
        with closing(page):
            for index in range(raw.FPDFPage_GetAnnotCount(page)):
                note = raw.FPDFPage_GetAnnot(page, index)
                kind = raw.FPDFAnnot_GetSubtype(note)
                raw.FPDFPage_CloseAnnot(note)
                if kind == raw.FPDF_ANNOT_FREETEXT:
                    return True
    return False
