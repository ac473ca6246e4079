"""Files of millions of tags or of cells merged over millions, each within the sizes of files."""

import os
from collections.abc import Callable
from pathlib import Path

from tests.unit.ingest.documents.hostile import docx
from tests.unit.ingest.documents.samples import paragraph, part


def empty_paragraphs(folder: Path) -> Path:
    """Five million of them in fewer bytes than a picture takes, as well packed as allowed."""
    return _mixed(folder / "empty.docx", "<w:p/>", 5_000_000)


def short_runs(folder: Path) -> Path:
    run = "<w:r><w:t>水</w:t></w:r>"
    return _mixed(folder / "runs.docx", f"<w:p>{run * 500}</w:p>", 2_000)


def breaks_and_marks(folder: Path) -> Path:
    """No paragraph at all; marks of places alone."""
    return _mixed(folder / "marks.docx", '<w:bookmarkStart w:id="7"/>', 1_000_000)


def small_cells(folder: Path) -> Path:
    row = "<w:tr>" + "<w:tc><w:p/></w:tc>" * 50 + "</w:tr>"
    return _mixed(folder / "cells.docx", f"<w:tbl>{row * 100}</w:tbl>", 150)


def many_styles(folder: Path) -> Path:
    styles = part("styles", "<w:style><w:rPr/></w:style>" * 1_000_000)
    return docx(folder / "styles.docx", paragraph("x"), after=[("word/styles.xml", styles)])


def wide_row(folder: Path) -> Path:
    cell = '<w:tc><w:tcPr><w:gridSpan w:val="200"/></w:tcPr>%s</w:tc>'
    cells = "".join(cell % paragraph(os.urandom(9).hex()) for _ in range(6000))
    return docx(folder / "row.docx", f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>")


def wide_rows(folder: Path) -> Path:
    """Each row within the width of a table, and all of them a hundred million cells."""
    row = '<w:tr><w:tc><w:tcPr><w:gridSpan w:val="256"/></w:tcPr>%s</w:tc></w:tr>'
    rows = "".join(row % paragraph(os.urandom(4).hex()) for _ in range(9000))
    return docx(folder / "rows.docx", f"<w:tbl>{rows}</w:tbl>")


def gaps(folder: Path) -> Path:
    """Rows that begin far from the left."""
    row = '<w:tr><w:trPr><w:gridBefore w:val="256"/></w:trPr><w:tc>%s</w:tc></w:tr>'
    rows = "".join(row % paragraph(os.urandom(4).hex()) for _ in range(9000))
    return docx(folder / "gaps.docx", f"<w:tbl>{rows}</w:tbl>")


def long_words_spread(folder: Path) -> Path:
    """One long cell merged over a table, told anew by every column of every row."""
    first = f'<tr><td colspan="200" rowspan="900">{"平台" * 9000}</td></tr>'
    return _page(folder / "words.html", f"<table>{first}{'<tr></tr>' * 900}</table>")


def wide_page(folder: Path) -> Path:
    cells = '<td colspan="99" rowspan="99">名称</td>' * 9000
    return _page(folder / "wide.html", f"<table><tr>{cells}</tr></table>")


def tall_page(folder: Path) -> Path:
    """Cells that reach down through a hundred thousand rows, each in a table of its own."""
    table = f"<table><tr>{'<td rowspan=0>单位</td>' * 40}</tr>{'<tr></tr>' * 3000}</table>"
    return _page(folder / "tall.html", table * 9)


def gaps_in_a_page(folder: Path) -> Path:
    """A cell at the far right that reaches down, and nothing beside it."""
    first = "<tr>" + "<td>甲</td>" * 500 + "<td rowspan=9000>乙</td></tr>"
    return _page(folder / "gaps.html", f"<table>{first}{'<tr></tr>' * 9000}</table>")


def page_of_breaks(folder: Path) -> Path:
    return _page(folder / "breaks.html", "<p>数据<br><hr>" * 1_000_000)


def _page(path: Path, body: str) -> Path:
    path.write_text(f"<html><body>{body}</body></html>", encoding="utf-8")
    return path


def _mixed(path: Path, xml: str, times: int) -> Path:
    """A Word package that repeats some XML among words that pack badly, so that its ratio is no bomb's."""
    every = max(times // 4000, 1)
    parts = (xml * every + paragraph(os.urandom(16).hex()) for _ in range(times // every))
    return docx(path, "".join(parts))


CROWDED: dict[Callable[[Path], Path], str] = {
    empty_paragraphs: "标记过多（超过.*请删去",
    short_runs: "标记过多",
    breaks_and_marks: "标记过多",
    small_cells: "标记过多",
    many_styles: "标记过多|压缩",
    wide_row: "超过512列；请检查",
    wide_rows: "合并单元格过多",
    gaps: "合并单元格过多",
    long_words_spread: "合并单元格过多",
    wide_page: "超过512列",
    tall_page: "合并单元格过多",
    gaps_in_a_page: "合并单元格过多",
    page_of_breaks: "标记过多",
}
"""Each file and what its refusal says."""
