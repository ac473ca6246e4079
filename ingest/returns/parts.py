"""A workbook package under change: parts parsed when asked for, written anew beside the untouched."""

import os
import re
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from lxml import etree

from ingest.documents.limits import limits
from ingest.documents.packages import Package
from ingest.documents.wordxml import parse

SHEETS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
CONTENT = "[Content_Types].xml"
STAMP = (1980, 1, 1, 0, 0, 0)
"""The time every written part bears, so that the same return is the same bytes."""


class Parts:
    """The parts of a package with the changes made to them; nothing is written before `save`."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._trees: dict[str, etree._Element] = {}
        self._fresh: dict[str, bytes] = {}
        self._gone: set[str] = set()

    def names(self) -> list[str]:
        """The parts there are now, those that were added last."""
        kept = [name for name in self._package.names() if name not in self._gone]
        return [*kept, *(name for name in (*self._trees, *self._fresh) if name not in kept)]

    def tree(self, name: str) -> etree._Element:
        """The root of a part, to be changed in place. Raises: DocumentError."""
        if name not in self._trees:
            self._trees[name] = parse(self._package, name)
        return self._trees[name]

    def add(self, name: str, root: etree._Element) -> None:
        """Puts in a new part."""
        self._trees[name] = root
        self._gone.discard(name)

    def put(self, name: str, data: bytes) -> None:
        """Replaces the bytes of a part."""
        self._fresh[name] = data

    def whole(self, name: str) -> bytes:
        """A part as it was sent. Raises: DocumentError."""
        stream = self._package.stream(name, cap=limits().sheet_bytes, markup=False)
        read: list[bytes] = []
        while data := stream.read():
            read.append(data)
        return b"".join(read)

    def is_parsed(self, name: str) -> bool:
        """Whether the part was asked for as a tree."""
        return name in self._trees

    def remove(self, name: str) -> None:
        """Takes a part out, with its content type and the relations from it."""
        for gone in (name, relations_of(name)):
            self._gone.add(gone)
            self._trees.pop(gone, None)
            self._fresh.pop(gone, None)
        for element in list(self.tree(CONTENT)):
            if element.get("PartName") == f"/{name}":
                self.tree(CONTENT).remove(element)

    def unused(self, stem: str, suffix: str) -> str:
        """A part name that is still free."""
        taken, number = set(self.names()), 1
        while f"{stem}{number}{suffix}" in taken:
            number += 1
        return f"{stem}{number}{suffix}"

    def declare(self, name: str, content_type: str) -> None:
        """States the type of a part."""
        element = etree.SubElement(self.tree(CONTENT), f"{{{TYPES}}}Override")
        element.set("PartName", f"/{name}")
        element.set("ContentType", content_type)

    def relate(self, part: str, kind: str, target: str) -> str:
        """A relation from a part to another, and its id."""
        name = relations_of(part)
        if name not in self.names():
            self.add(name, rooted("Relationships", RELATIONS))
        root = self.tree(name)
        taken = {str(one.get("Id")) for one in root}
        number = len(taken) + 1
        while f"rId{number}" in taken:
            number += 1
        element = etree.SubElement(root, f"{{{RELATIONS}}}Relationship")
        element.set("Id", f"rId{number}")
        element.set("Type", f"{LINKS}/{kind}")
        element.set("Target", f"/{target}")
        return f"rId{number}"

    def unrelate(self, part: str, target: str) -> None:
        """Takes out the relations from a part to another."""
        if relations_of(part) in self.names():
            root = self.tree(relations_of(part))
            for one in [one for one in root if resolved(part, str(one.get("Target"))) == target]:
                root.remove(one)

    def related(self, part: str, kind: str) -> str | None:
        """The first part that a part points to as of this kind."""
        if relations_of(part) not in self.names():
            return None
        for one in self.tree(relations_of(part)):
            if str(one.get("Type")).rpartition("/")[2] == kind and one.get("TargetMode") != "External":
                return resolved(part, str(one.get("Target")))
        return None

    def save(self, target: Path) -> None:
        """Writes the package; a file of that name is replaced at once or not at all."""
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=".return-")
        part = Path(name)
        try:
            with os.fdopen(handle, "wb") as out, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
                for one, data in self._written():
                    info = zipfile.ZipInfo(one, STAMP)
                    info.compress_type = zipfile.ZIP_DEFLATED
                    archive.writestr(info, data)
            part.chmod(0o644)
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)

    def _written(self) -> Iterator[tuple[str, bytes]]:
        for name in self.names():
            if name in self._trees:
                yield (
                    name,
                    etree.tostring(
                        self._trees[name], xml_declaration=True, encoding="UTF-8", standalone=True
                    ),
                )
            elif name in self._fresh:
                yield name, self._fresh[name]
            elif not name.endswith("/"):
                yield name, self.whole(name)


def rooted(tag: str, namespace: str) -> etree._Element:
    """A new root whose own namespace needs no prefix."""
    return etree.fromstring(f'<{tag} xmlns="{namespace}"/>')


def relations_of(part: str) -> str:
    """The part that holds the relations of a part."""
    folder, _, leaf = part.rpartition("/")
    return f"{folder}/_rels/{leaf}.rels" if folder else f"_rels/{leaf}.rels"


def resolved(part: str, target: str) -> str:
    """The name of the part that a relation of a part points to."""
    if target.startswith("/"):
        return target.lstrip("/")
    path = os.path.normpath(PurePosixPath(part).parent / target)
    return re.sub(r"^(\.\./)+", "", path)
