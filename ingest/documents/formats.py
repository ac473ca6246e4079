"""What kind of file some bytes are, by content first and by name where content does not tell."""

import re
import zipfile
from pathlib import Path

from ingest.documents.limits import limits
from ingest.documents.ole import MAGIC, Container
from ingest.documents.packages import LOCKED
from kg.errors import DocumentError

ENCRYPTED = ("EncryptionInfo".encode("utf-16-le"), "EncryptedPackage".encode("utf-16-le"))
WORKBOOK = frozenset({"Workbook", "Book"})
TEXTS = {".txt": "txt", ".text": "txt", ".md": "md", ".markdown": "md", ".csv": "csv", ".tsv": "csv"}
PAGES = {".html": "html", ".htm": "html"}
NAMES = {
    ".docx": "docx", ".docm": "docx", ".xlsx": "xlsx", ".xlsm": "xlsx", ".xls": "xls", ".pdf": "pdf",
    ".doc": "doc", ".wps": "doc", ".et": "xls", ".ofd": "ofd",
    **TEXTS, **PAGES,
}  # fmt: skip
MAIN = {
    "docx": re.compile(r"word/document\d*\.xml"),
    "xlsx": re.compile(r"xl/workbook\d*\.xml"),
    "ofd": re.compile(r"OFD\.xml"),
}
"""The part that holds the content of a package; some editors put a number behind its name."""
PLAIN = frozenset({*TEXTS.values(), *PAGES.values()})
FOREIGN = frozenset({"zip", "ole"})
PAGE = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html|head|table|meta)\b", re.IGNORECASE)
ADVICE = {
    ".rtf": "请另存为 docx 后再提交", ".odt": "请另存为 docx 后再提交", ".ods": "请另存为 xlsx 后再提交",
    ".xlsb": "请另存为 xlsx 后再提交", ".ppt": "请另存为 pdf 后再提交",
    ".pptx": "请另存为 pdf 后再提交", ".ceb": "请转换为 pdf 后再提交", ".zip": "请解压后逐个提交",
    ".rar": "请解压后逐个提交", ".7z": "请解压后逐个提交",
}  # fmt: skip
INSTEAD = {".doc": "docx", ".wps": "docx", ".et": "xlsx", ".ofd": "pdf"}
"""What to save files as that may be of an older or other kind than the one that is read."""
SUPPORTED = "请提交 docx、doc、wps、pdf、ofd、xlsx、xls、et、csv、html、txt 或 md 文件"


def format_of(path: Path) -> str:
    """The format of a file. Raises: DocumentError for what is not a readable file of a known kind."""
    if not path.is_file():
        raise DocumentError("文件不存在或不是普通文件", "请检查路径")
    size = path.stat().st_size
    if size == 0:
        raise DocumentError("文件为空", "请重新导出后再提交")
    _check_size("pdf", size)
    with path.open("rb") as stream:
        head = stream.read(8192)
    suffix = path.suffix.lower()
    if suffix in ADVICE:
        raise DocumentError(f"不支持 {suffix} 格式", ADVICE[suffix])
    named = NAMES.get(suffix)
    form = _by_content(path, head, named)
    _check_size(form or named or "", size)
    if named is None:
        raise DocumentError(f"不支持 {suffix or '无扩展名'} 格式", SUPPORTED)
    if form and form != named and form in NAMES.values():
        raise DocumentError(f"扩展名 {suffix} 与内容不符，实际为 {form}", _rename(form))
    if form in FOREIGN or (form is None and named not in PLAIN):
        raise DocumentError(f"内容不是 {suffix} 文件，或文件已损坏", remedy_for(suffix))
    return named


def remedy_for(suffix: str) -> str:
    """What to do with a file of this suffix that could not be read."""
    if suffix in INSTEAD:
        return f"请用原软件打开，另存为 {INSTEAD[suffix]} 后再提交"
    return "请用原软件重新打开并另存后再提交"


def _rename(form: str) -> str:
    if form == "html":
        return "请用办公软件打开，另存为 xlsx 或 docx 后再提交"
    return f"请把扩展名改为 .{form} 后再提交"


def _check_size(form: str, size: int) -> None:
    cap = limits().pdf_bytes if form == "pdf" else limits().file_bytes
    if size > cap:
        raise DocumentError(f"文件超过 {cap >> 20} MB", "请拆分或删去图片后再提交")


def _by_content(path: Path, head: bytes, named: str | None) -> str | None:
    if head.startswith(MAGIC):
        return _ole(path, named)
    if head.startswith(b"PK\x03\x04"):
        return _zip(path)
    if b"%PDF-" in head[:1024]:
        return "pdf"
    return "html" if named not in PLAIN and PAGE.match(head) else None


def _ole(path: Path, named: str | None) -> str:
    """What an OLE container holds, `FOREIGN` when that is none of the known kinds."""
    with path.open("rb") as stream:
        data = stream.read(limits().file_bytes)
    if any(mark in data for mark in ENCRYPTED):
        raise DocumentError(*LOCKED)
    names = Container(data).names()
    if "WordDocument" in names and not (named == "xls" and WORKBOOK & names):
        return "doc"
    return "xls" if WORKBOOK & names else "ole"


def _zip(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise DocumentError("文件已损坏，无法打开", "请用原软件重新打开并另存后再提交") from error
    for form, mark in MAIN.items():
        if any(mark.fullmatch(name) for name in names):
            return form
    return "zip"
