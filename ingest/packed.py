"""Zips of files: their members beside the files of a load, each by a name that tells where it lay."""

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from zipfile import ZipInfo

from ingest.discovery import LEFT_BEHIND, Found, check_ordinary, discover
from ingest.documents.formats import MAIN
from ingest.documents.limits import limits
from ingest.documents.packages import CORRUPT, Package, open_package
from ingest.documents.secrecy import check_secrecy
from kg.errors import DocumentError

SUFFIX = ".zip"
INSIDE = "!/"
"""What stands between the name of a zip and that of its member."""
NESTED = ("压缩包内的压缩包不读取", "请解开内层压缩包，把其中的文件直接放入外层后再提交")
EMPTY = ("压缩包内没有文件", "请确认材料已放入压缩包")
TWICE = ("压缩包内有同名的文件", "请改名后重新压缩再提交")
PACKED = frozenset({SUFFIX, ".rar", ".7z", ".tar", ".gz", ".tgz"})
FOREIGN = "__MACOSX"
UTF8 = 0x800
"""The flag of a member whose name is UTF-8. Source: APPNOTE 4.4.4."""
LONGEST = 200
"""Bytes of a file name that every file system holds."""


@contextmanager
def unpacked(paths: Iterable[Path]) -> Iterator[list[Found]]:
    """Every file of the paths as `discover` finds them, members of zips (`a.zip!/b.xlsx`) in place of these.

    Members lie in a folder of their own until the block ends. One that must not or cannot be unpacked is
    found with the reason; a zip that cannot be opened at all is found itself, with the reason.
    """
    found = discover(paths)
    with tempfile.TemporaryDirectory(prefix="kg-zip-") as folder:
        yield [one for number, file in enumerate(found) for one in _opened(file, Path(folder) / str(number))]


def _opened(file: Found, into: Path) -> list[Found]:
    if file.path.suffix.lower() != SUFFIX or not file.path.is_file():
        return [file]
    try:
        _check(file.path)
        with open_package(file.path, most=limits().packed_total_bytes) as package:
            members = list(_Members(file, package, into).found())
        return members or [_refused(file, EMPTY)]
    except DocumentError as error:
        return [_refused(file, (error.reason, error.remedy))]


def _check(path: Path) -> None:
    check_ordinary(path)
    check_secrecy(path.name, ())
    size = path.stat().st_size
    if size == 0:
        raise DocumentError("文件为空", "请重新压缩后再提交")
    if size > limits().packed_bytes:
        raise DocumentError(f"压缩包超过 {limits().packed_bytes >> 20} MB", "请分成几个压缩包后再提交")


def _refused(file: Found, why: tuple[str, str]) -> Found:
    return Found(file.path, file.document, file.folder, why)


@dataclass
class _Members:
    """The files of one zip, written one by one under numbers, whatever they are called in it."""

    zip: Found
    package: Package
    into: Path
    seen: set[str] = field(default_factory=set)

    def found(self) -> Iterator[Found]:
        """The members in the order of their names. Raises: DocumentError for a document named .zip."""
        infos = [info for info in self.package.archive.infolist() if not info.is_dir()]
        for form, mark in MAIN.items():
            if any(mark.fullmatch(info.filename) for info in infos):
                raise DocumentError(
                    f"扩展名 .zip 与内容不符，实际为 {form}", f"请把扩展名改为 .{form} 后再提交"
                )
        named = sorted((name, info) for name, info in _names(infos) if _is_wanted(name))
        for number, (name, info) in enumerate(named):
            yield self._member(name, info, self.into / str(number))

    def _member(self, name: str, info: ZipInfo, folder: Path) -> Found:
        *above, last = name.split("/")
        target = folder / _short(last)
        within = "/".join(filter(None, (self.zip.folder, self.zip.path.stem, *above)))
        why: tuple[str, str] | None = None
        try:
            self._check(name, target)
            self._write(info, target)
        except DocumentError as error:
            target.unlink(missing_ok=True)
            why = error.reason, error.remedy
        return Found(target, f"{self.zip.document}{INSIDE}{name}", within, why)

    def _check(self, name: str, target: Path) -> None:
        if name in self.seen:
            raise DocumentError(*TWICE)
        self.seen.add(name)
        for part in name.split("/"):
            check_secrecy(part, ())
        if target.suffix.lower() in PACKED:
            raise DocumentError(*NESTED)

    def _write(self, info: ZipInfo, target: Path) -> None:
        target.parent.mkdir(parents=True)
        stream = self.package.stream(info.filename, cap=limits().pdf_bytes, markup=False)
        try:
            with target.open("wb") as out:
                while data := stream.read():
                    out.write(data)
        except DocumentError:
            raise
        except Exception as error:  # a damaged member fails in the unpacker of its kind
            raise DocumentError(*CORRUPT) from error


def _names(infos: list[ZipInfo]) -> Iterator[tuple[str, ZipInfo]]:
    """Members by their names; where these say no encoding they are UTF-8 if all of them can be, else GBK."""
    raw = [info.filename.encode("cp437") for info in infos if not info.flag_bits & UTF8]
    encoding = "utf-8" if all(_fits(name) for name in raw) else "gb18030"
    for info in infos:
        name = info.filename
        if not info.flag_bits & UTF8:
            name = name.encode("cp437").decode(encoding, "replace")
        yield "/".join(part for part in name.replace("\\", "/").split("/") if part not in {"", "."}), info


def _fits(name: bytes) -> bool:
    try:
        name.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _is_wanted(name: str) -> bool:
    parts = name.split("/")
    return bool(name) and not any(
        part.startswith((".", "~$")) or part in LEFT_BEHIND or part == FOREIGN for part in parts
    )


def _short(name: str) -> str:
    """A name that a file may have, its suffix kept."""
    clean = "".join(char if char.isprintable() else "_" for char in name)
    stem, dot, suffix = clean.rpartition(".")
    suffix = dot + suffix if len((dot + suffix).encode()) < 20 else ""
    stem = clean.removesuffix(suffix) if suffix else clean
    return stem.encode()[: LONGEST - 20].decode("utf-8", "ignore") + suffix
