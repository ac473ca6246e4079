"""From a file to its rows: which source it is, and what that source reads out of it."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from ingest.discovery import Found, check_ordinary
from ingest.documents.blocks import Document
from ingest.documents.secrecy import FIRST, check_lines, check_secrecy
from ingest.returns.receipt import again, without_receipt
from ingest.sources.base import Context, Note, Reading, Rejection
from ingest.sources.manifest import read_manifest
from ingest.sources.native import read_native
from ingest.sources.proposal import read_proposal_form
from ingest.sources.recognised import with_marks
from ingest.sources.recognition import DATA_FILES, source_names, source_of
from kg.errors import DocumentError

ReadDocument = Callable[[Path], Document]
READERS = {"native": read_native, "manifest": read_manifest, "proposal": read_proposal_form}
ANY_TEXT = frozenset({"native", "manifest"})
"""Sources that a file may be forced to be, whatever its suffix; a proposal is told by its kind of file."""

LONGEST = 1 << 16
"""Bytes of a line of data that are looked at for a marking."""
ENDED = ("读取进程异常退出，该文件未载入", "请单独载入该文件；内存不足时减少 --workers")


@dataclass(frozen=True, slots=True)
class Options:
    """What the caller says of a load; "" where nothing is said.

    `today` is the ISO date of the load, `dated` the date on which everything was said. `source` forces the
    kind of source. `region` is a name or GB/T 2260 code. Workbooks are handed back to `returns`.
    """

    today: str
    dry_run: bool = False
    source: str = ""
    dated: str = ""
    region: str = ""
    reporter: str = ""
    period: str = ""
    returns: Path | None = None


@dataclass(slots=True)
class FileRead:
    """One file as read; `source` is "" when none could be told.

    `media` is the format of a document that could be opened and may be shown, "" for any other file.
    """

    document: str
    source: str
    reading: Reading
    media: str = ""


def read_file(file: Found, options: Options, read: ReadDocument) -> FileRead:
    """Every row of a file; a file that cannot be read is one rejection."""
    context = Context(
        document=file.document,
        today=options.today,
        dated=options.dated,
        region=options.region,
        reporter=options.reporter,
        period=options.period,
        folder=file.folder,
    )
    if file.refused:
        return _refused(file, *file.refused)
    document: Document | None = None
    try:
        check_ordinary(file.path)
        if name := _data_source(file, options.source):
            digest, notes = _digest(file.path), _looked_at(file.path)
            reading = READERS[name](file.path, context, sha256=digest)
            return FileRead(file.document, name, _noted(reading, file.document, notes))
        document = read(file.path)
        return _read(document, context, forced=options.source)
    except DocumentError as error:
        refused = _refused(file, error.reason, error.remedy)
        return replace(refused, media=document.media) if document else refused


def unread_file(file: Found) -> FileRead:
    """The rejection of a file over which the process that read it ended."""
    return _refused(file, *ENDED)


def _refused(file: Found, reason: str, remedy: str) -> FileRead:
    return FileRead(file.document, "", Reading((), (Rejection(file.document, None, None, reason, remedy),)))


def _data_source(file: Found, forced: str) -> str:
    """The source of a file of data; "" for a document."""
    return forced if forced in ANY_TEXT else DATA_FILES.get(file.path.suffix.lower(), "")


def _read(document: Document, context: Context, *, forced: str) -> FileRead:
    document, receipt = without_receipt(document)
    if receipt is not None:
        context = again(context, receipt)
        forced = forced or (receipt.source if receipt.source in source_names() else "")
    document = replace(document, path=context.document)
    source = source_of(document, forced)
    reading = with_marks(source.read(document, context), document)
    if not reading.lots and not reading.rejected and source.name != "policy":
        raise DocumentError("没有读到可用的数据行", "请核对表头与内容，或用 --source 指明来源")
    reading = _noted(reading, context.document, document.unread)
    return FileRead(context.document, source.name, reading, document.media)


def _noted(reading: Reading, document: str, texts: Iterable[str]) -> Reading:
    """The reading with these notes on the file, each once."""
    notes = (Note(document, None, None, text) for text in texts)
    return replace(reading, warnings=tuple(dict.fromkeys((*reading.warnings, *notes))))


def _looked_at(path: Path) -> tuple[str, ...]:
    """Notes on a file of data by its name. Raises: DocumentError for one marked there or on top."""
    with path.open("rb") as stream:
        lines = [stream.readline(LONGEST) for _ in range(FIRST)]
    check_lines(line.decode("utf-8", "ignore") for line in lines)
    return check_secrecy(path.name, ())


def _digest(path: Path) -> str:
    if not path.is_file():
        raise DocumentError("文件不存在或不是普通文件", "请检查路径")
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
