"""The whole graph as a file to download, the same bytes for the same graph."""

import shutil
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from tempfile import SpooledTemporaryFile
from typing import IO, Literal, TextIO, TypeAlias, cast

from api.capabilities import exported
from api.drawing import chosen_part, drawing_page
from api.graph import View
from kg.exchange import write_csv, write_gexf, write_graphml, write_jsonl
from kg.store.base import Counts, GraphReader

Form: TypeAlias = Literal["jsonl", "graphml", "gexf", "csv", "html"]
WRITERS: dict[str, Callable[..., Counts]] = {
    "jsonl": write_jsonl,
    "graphml": write_graphml,
    "gexf": write_gexf,
}
FILES: dict[Form, tuple[str, str]] = {
    "jsonl": ("graph.jsonl", "application/x-ndjson"),
    "graphml": ("graph.graphml", "application/graphml+xml"),
    "gexf": ("graph.gexf", "application/gexf+xml"),
    "csv": ("graph-csv.zip", "application/zip"),
    "html": ("graph.html", "text/html"),
}
"""File name and media type by form."""
IN_MEMORY = 16 * 1024 * 1024
EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest day a zip can name, so that the same graph is the same file."""


def export_file(view: View, form: Form, *, include_derived: bool = False) -> IO[bytes]:
    """The file, open at its start; tables come as a zip of two, the drawing shows the most connected."""
    out, reader = _file(), exported(view, include_derived=include_derived)
    if form == "html":
        out.write(drawing_page(*chosen_part(view)))
    elif form == "csv":
        _write_tables(reader, out, include_derived=include_derived)
    else:
        with _text(out, "utf-8") as text:
            WRITERS[form](reader, text, include_derived=include_derived)
    out.seek(0)
    return out


def _write_tables(reader: GraphReader, out: IO[bytes], *, include_derived: bool) -> None:
    with _file() as rows, _file() as links, zipfile.ZipFile(out, "w") as packed:
        # Spreadsheets read UTF-8 as such only after a byte order mark.
        with _text(rows, "utf-8-sig") as entities, _text(links, "utf-8-sig") as relations:
            write_csv(reader, entities, relations, include_derived=include_derived)
        for name, table in (("graph.csv", rows), ("graph.relations.csv", links)):
            table.seek(0)
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            with packed.open(entry, "w", force_zip64=True) as target:
                shutil.copyfileobj(table, target)


def _file() -> IO[bytes]:
    """A file in memory, on disk once it is large; gone when closed."""
    return cast("IO[bytes]", SpooledTemporaryFile(max_size=IN_MEMORY))


@contextmanager
def _text(file: IO[bytes], encoding: str) -> Iterator[TextIO]:
    """The file to write text to; it stays open."""
    text = TextIOWrapper(file, encoding=encoding, newline="")
    yield text
    text.detach()
