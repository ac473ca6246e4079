"""Which files a load reads: folders in depth, in a fixed order, without what editors leave behind."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

LEFT_BEHIND = frozenset({"Thumbs.db", "desktop.ini", "Icon\r"})


@dataclass(frozen=True, slots=True)
class Found:
    """A file, its name relative to the path given, and the folders it lies in, outermost first, by "/".

    `folder` starts with the folder given to the load; "" for a file named by itself.
    """

    path: Path
    document: str
    folder: str


def discover(paths: Iterable[Path]) -> list[Found]:
    """Every file of the paths, sorted; names that two paths share are told apart by their folder."""
    found: dict[str, Found] = {}
    for root in sorted({path.absolute() for path in paths}):
        for path in _files(root):
            document = path.relative_to(root).as_posix() if root.is_dir() else path.name
            if document in found and found[document].path != path:
                document = f"{root.name if root.is_dir() else root.parent.name}/{document}"
            found.setdefault(document, Found(path, document, _folder(root, path)))
    return [found[document] for document in sorted(found)]


def _folder(root: Path, path: Path) -> str:
    return "/".join((root.name, *path.relative_to(root).parts[:-1])) if root.is_dir() else ""


def _files(root: Path) -> Iterator[Path]:
    if not root.is_dir():
        yield root
        return
    for path in sorted(root.rglob("*")):
        parts = path.relative_to(root).parts
        if path.is_file() and not any(_hidden(part) for part in parts):
            yield path


def _hidden(name: str) -> bool:
    return name.startswith((".", "~$")) or name in LEFT_BEHIND
