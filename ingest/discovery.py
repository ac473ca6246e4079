"""Which files a load reads: folders in depth, in a fixed order, without what editors leave behind."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ingest.documents.formats import ADVICE, NAMES
from ingest.documents.secrecy import MARKED, is_marked
from kg.errors import DocumentError

LEFT_BEHIND = frozenset({"Thumbs.db", "desktop.ini", "Icon\r"})


@dataclass(frozen=True, slots=True)
class Found:
    """A file, its name relative to the path given, and the folders it lies in, outermost first, by "/".

    `folder` starts with the folder given to the load; "" for a file named by itself. `refused` is the reason
    and the remedy for what is known, before it is opened, not to be read.
    """

    path: Path
    document: str
    folder: str
    refused: tuple[str, str] | None = None


def discover(paths: Iterable[Path]) -> list[Found]:
    """Every file of the paths, sorted; names that two paths share are told apart by their folder.

    What is neither file nor folder is found too, to be refused by name.
    """
    found: dict[str, Found] = {}
    for root in sorted({path.absolute() for path in paths}):
        for path in _files(root):
            document = path.relative_to(root).as_posix() if root.is_dir() else path.name
            if document in found and found[document].path != path:
                document = f"{root.name if root.is_dir() else root.parent.name}/{document}"
            found.setdefault(document, Found(path, document, _folder(root, path), _marked(root, path)))
    return [found[document] for document in sorted(found)]


def _marked(root: Path, path: Path) -> tuple[str, str] | None:
    """The refusal of a file whose name, or that of a folder it lies in, bears a mark of state secrets."""
    above = path.parent.parent if path == root else root.parent
    return MARKED if any(map(is_marked, path.relative_to(above).parts)) else None


def _folder(root: Path, path: Path) -> str:
    return "/".join((root.name, *path.relative_to(root).parts[:-1])) if root.is_dir() else ""


def _files(root: Path) -> Iterator[Path]:
    if not root.is_dir():
        yield root
        return
    for path in sorted(root.rglob("*")):
        parts = path.relative_to(root).parts
        if not any(_hidden(part) for part in parts) and not _entered(path):
            yield path


def _entered(path: Path) -> bool:
    """Whether a path is a folder whose files are found by themselves; an empty one may pass for a file."""
    if not path.is_dir() or path.is_symlink():
        return False
    return path.suffix.lower() not in {*NAMES, *ADVICE} or any(path.iterdir())


def check_ordinary(path: Path) -> None:
    """Lets pass what is a file, or is not there at all. Raises: DocumentError for anything else."""
    if path.is_file():
        return
    if path.is_dir() and path.is_symlink():
        raise DocumentError("这是指向文件夹的链接，未进入", "请单独指明该文件夹")
    if path.is_dir():
        raise DocumentError("这是文件夹，其中没有文件", "请确认材料已放入，或删除该文件夹")
    if path.is_symlink():
        raise DocumentError("链接所指的文件不存在", "请修复链接，或提交文件本身")
    if path.exists():
        raise DocumentError("不是普通文件（管道、套接字或设备）", "请另存为普通文件后再提交")


def _hidden(name: str) -> bool:
    return name.startswith((".", "~$")) or name in LEFT_BEHIND
