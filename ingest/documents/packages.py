"""Zip packages of office documents, opened with every size counted while inflating."""

import io
import zipfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from ingest.documents.limits import limits
from kg.errors import DocumentError

CORRUPT = ("文件已损坏，无法打开", "请用原软件重新打开并另存后再提交")
BOMB = ("压缩内容过大，疑似压缩炸弹", "请删去无关附件后另存再提交")
OUTSIDE = ("压缩包内含指向包外的路径，疑似恶意文件", "请用办公软件打开并另存后再提交")
LOCKED = ("文件已加密", "请去掉密码后再提交")
MACROS = "含宏，未读取也未执行"
COMMENTS = "含批注，未读取"
PICTURES = "含图片，图片中的文字未读"
REVISED = "含未接受的修订，已按接受全部修订后的文字读取"
HEAD = 65536
TAIL = 24
"""Bytes in which a DOCTYPE cut in two by a read would begin, in UTF-16 as well."""


class CountedStream:
    """A part read at most up to the limits; with `markup` a DOCTYPE anywhere in it is refused."""

    def __init__(
        self, stream: IO[bytes], compressed: int, charge: Callable[[int], None], *, cap: int, markup: bool
    ) -> None:
        self._stream, self._compressed, self._charge = stream, max(compressed, 1), charge
        self._read, self._cap, self._markup, self._tail = 0, cap, markup, b""

    def read(self, size: int = HEAD) -> bytes:
        """The next bytes. Raises: DocumentError over a limit or on a DOCTYPE."""
        data = self._stream.read(min(size, HEAD) if size > 0 else HEAD)
        if self._markup and has_doctype(self._tail + data):
            raise DocumentError("文件内含 DOCTYPE 声明（可能引用外部实体）", "请用办公软件另存后再提交")
        self._tail = data[-TAIL:]
        self._read += len(data)
        self._charge(len(data))
        caps = limits()
        inflated = self._read > caps.ratio_from_bytes and self._read > caps.ratio * self._compressed
        if self._read > self._cap or inflated:
            raise DocumentError(*BOMB)
        return data


def has_doctype(text: bytes) -> bool:
    """Whether a stretch of XML declares a document type, in UTF-8 or UTF-16."""
    return b"<!DOCTYPE" in text or b"<\x00!\x00D\x00O\x00C" in text or b"\x00<\x00!\x00D\x00O\x00C" in text


@dataclass
class Package:
    """An opened package, up to how many bytes of it are inflated, and how many were."""

    archive: zipfile.ZipFile
    most: int
    inflated: int = 0
    opened: ExitStack = field(default_factory=ExitStack)

    def names(self) -> tuple[str, ...]:
        """The part names in package order."""
        return tuple(self.archive.namelist())

    def _charge(self, count: int) -> None:
        self.inflated += count
        if self.inflated > self.most:
            raise DocumentError(*BOMB)

    def stream(self, name: str, *, cap: int | None = None, markup: bool = True) -> CountedStream:
        """A part as a counted stream, up to `cap` bytes or those of a part that is parsed whole.

        `markup` says that the part is XML, and not a file of any kind that was packed along.
        Raises: DocumentError when it is absent or damaged.
        """
        try:
            info = self.archive.getinfo(name)
            opened = self.opened.enter_context(self.archive.open(info))
            most = cap or limits().part_bytes
            return CountedStream(opened, info.compress_size, self._charge, cap=most, markup=markup)
        except (KeyError, zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
            raise DocumentError(*CORRUPT) from error

    def packed(self, name: str) -> int:
        """Bytes that a part takes in the package. Raises: DocumentError when it is absent."""
        try:
            return self.archive.getinfo(name).compress_size
        except KeyError as error:
            raise DocumentError(*CORRUPT) from error

    def bytes(self, name: str) -> bytes:
        """A whole part."""
        stream, parts = self.stream(name), io.BytesIO()
        while data := stream.read():
            parts.write(data)
        return parts.getvalue()


@contextmanager
def open_package(path: Path, *, most: int | None = None) -> Iterator[Package]:
    """Opens a zip and closes it with its parts; up to `most` bytes are inflated, None: as of a document.

    Raises: DocumentError.
    """
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise DocumentError(*CORRUPT) from error
    with archive, ExitStack() as opened:
        _check_parts(archive)
        yield Package(archive, most or limits().total_bytes, opened=opened)


def _check_parts(archive: zipfile.ZipFile) -> None:
    infos = archive.infolist()
    if len(infos) > limits().zip_entries:
        raise DocumentError(*BOMB)
    if len({info.filename for info in infos}) < len(infos):
        raise DocumentError(*CORRUPT)
    if any(_leads_out(info.filename) for info in infos):
        raise DocumentError(*OUTSIDE)
    if any(info.flag_bits & 1 for info in infos):
        raise DocumentError(*LOCKED)


def _leads_out(name: str) -> bool:
    """Whether a part is named as a file outside the package; none is ever written, but no editor does so."""
    return name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/")


def active_parts(names: tuple[str, ...]) -> tuple[str, ...]:
    """Notes on the parts of a package that are never read or run, in Chinese."""
    notes = (
        ("vbaproject", MACROS),
        ("externallinks/", "含外部链接，未读取"),
        ("embeddings/", "含嵌入对象，未读取"),
        ("activex/", "含控件，未读取也未执行"),
        ("diagrams/", "含图示，图示中的文字未读"),
        ("afchunk", "含嵌入的外部文档，未读取"),
        ("comments", COMMENTS),
        ("media/", PICTURES),
    )
    lowered = [name.lower() for name in names]
    return tuple(note for mark, note in notes if any(mark in name for name in lowered))
