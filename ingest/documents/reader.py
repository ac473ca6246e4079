"""Reads any supported file into blocks."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

from ingest.documents.asides import asides
from ingest.documents.blocks import Block, BlockKind, Document
from ingest.documents.formats import format_of, remedy_for
from ingest.documents.packages import CORRUPT
from ingest.documents.recognition import Recognise
from ingest.documents.secrecy import check_secrecy
from ingest.documents.separated import read_csv
from ingest.documents.texts import read_md, read_txt
from ingest.documents.webpage import read_html
from kg.errors import DocumentError

PLAIN = {"txt": read_txt, "md": read_md, "csv": read_csv, "html": read_html}
Read = tuple[tuple[Block, ...], tuple[str, ...]]


def read_document(path: Path, *, recognise: Recognise | None = None) -> Document:
    """The file as blocks, in this process; `ingest.documents.sandbox` does it in a child.

    Pictures of pages are read with `recognise`; None leaves them unread and says so.
    Raises: DocumentError with the file's name for everything that cannot or must not be read.
    """
    try:
        form = format_of(path)
        blocks, unread = _read(path, form, recognise)
        unread += check_secrecy(path.name, blocks, asides(path, form))
        _check_text(blocks, unread)
        with path.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
    except DocumentError as error:
        raise replace(error, file=path.name) from error
    except (MemoryError, RecursionError) as error:
        raise DocumentError("文件过大或结构过深", "请拆分后再提交", path.name) from error
    except OSError as error:
        raise DocumentError("文件无法打开", "请检查权限，或关闭正在使用它的程序后再试", path.name) from error
    return Document(str(path), digest, form, blocks, unread)


def _read(path: Path, form: str, recognise: Recognise | None) -> Read:
    if form in PLAIN:
        return PLAIN[form](path), ()
    try:
        return _reader(form, recognise)(path)
    except DocumentError as error:
        if (error.reason, error.remedy) == CORRUPT:
            raise DocumentError(error.reason, remedy_for(path.suffix.lower())) from error
        raise
    except Exception as error:  # parsers of foreign formats raise anything
        raise DocumentError("文件已损坏，无法读取", remedy_for(path.suffix.lower())) from error


def _reader(form: str, recognise: Recognise | None) -> Callable[[Path], Read]:
    """The reader of a packed format, loaded with its parser only when such a file comes."""
    reader: Callable[[Path], Read]
    match form:
        case "docx":
            from ingest.documents.wordpictures import read_word

            reader = partial(read_word, recognise=recognise)
        case "pdf":
            from ingest.documents.pdf import read_pdf

            reader = partial(read_pdf, recognise=recognise)
        case "doc":
            from ingest.documents.word97.reader import read_doc

            reader = read_doc
        case "ofd":
            from ingest.documents.ofd.reader import read_ofd

            reader = read_ofd
        case "xls":
            from ingest.documents.workbooks import read_xls

            reader = read_xls
        case _:
            from ingest.documents.workbooks import read_xlsx

            reader = read_xlsx
    return reader


def _check_text(blocks: tuple[Block, ...], unread: tuple[str, ...]) -> None:
    """Refuses a file that would be read as nothing, and says what stood in the way."""
    if any(cell.strip() for block in blocks for cell in _texts(block)):
        return
    because = f"（{'；'.join(unread)}）" if unread else ""
    raise DocumentError(
        f"文件中没有可读的文字{because}", "请提交含文字的文件；扫描件和图片请先做文字识别（OCR）"
    )


def _texts(block: Block) -> Iterator[str]:
    if block.kind is not BlockKind.TABLE:
        yield block.text
    for row in block.rows:
        yield from row.cells
