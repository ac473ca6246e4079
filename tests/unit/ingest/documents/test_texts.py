"""Plain text, Markdown, CSV and HTML: nothing of the content is lost, nothing of the markup is kept."""

from pathlib import Path

import pytest

from ingest.documents.blocks import Block, BlockKind
from ingest.documents.reader import read_document
from kg.errors import DocumentError

HIDDEN = "<style>p{}</style><script>alert('看不见')</script><noscript>看不见</noscript><!-- 看不见 -->"


def read(folder: Path, name: str, text: str) -> tuple[Block, ...]:
    (folder / name).write_text(text, encoding="utf-8", newline="")
    return read_document(folder / name).blocks


def rows(folder: Path, text: str, name: str = "a.csv") -> list[tuple[str, ...]]:
    return [row.cells for row in read(folder, name, text)[0].rows]


def told(blocks: tuple[Block, ...]) -> list[object]:
    return [[row.cells for row in b.rows] if b.rows else (b.level, b.text) for b in blocks]


@pytest.mark.parametrize("mark", [",", "\t", ";", "|"])
def test_delimiter_is_the_one_that_agrees_on_most_lines(tmp_path: Path, mark: str) -> None:
    lines = ["名称|单位|说明", "水务|水务局|采集,传输,展示", "审批|大数据局|受理,审核"]
    expected = [tuple(line.split("|")) for line in lines]
    text = "\n".join(mark.join(f'"{cell}"' if mark in cell else cell for cell in row) for row in expected)
    assert rows(tmp_path, text) == expected


def test_declared_delimiter_is_believed_and_not_a_row(tmp_path: Path) -> None:
    assert rows(tmp_path, "sep=;\n名称;说明\n水务;采集\n") == [("名称", "说明"), ("水务", "采集")]


def test_quoted_cell_may_hold_delimiters_quotes_and_lines(tmp_path: Path) -> None:
    assert rows(tmp_path, '名称,说明\r\n水务,"采集,""实时""\r\n展示"\r\n审批,受理') == [
        ("名称", "说明"),
        ("水务", '采集,"实时"\n展示'),
        ("审批", "受理"),
    ]


def test_quotation_mark_that_is_never_closed_is_named_and_swallows_nothing(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="第2行起的引号不成对") as caught:
        rows(tmp_path, '名称,说明\n"水务,采集\n审批,受理\n')
    assert "xlsx" in caught.value.remedy


def test_page_gives_headings_paragraphs_and_tables_in_order(tmp_path: Path) -> None:
    page = f"""<html><head><title>题</title></head><body>{HIDDEN}前言<h2>概述</h2>开头<p>第一段</p>中间
      <div>外层<p>里层</p>收尾</div><table><tr><th>功能</th><td>登记<br>审核</td></tr></table>结尾<br>末行</body></html>"""
    assert told(read(tmp_path, "a.html", page)) == [
        (0, "前言"),
        (2, "概述"),
        (0, "开头"),
        (0, "第一段"),
        (0, "中间"),
        (0, "外层"),
        (0, "里层"),
        (0, "收尾"),
        [("功能", "登记\n审核")],
        (0, "结尾"),
        (0, "末行"),
    ]


def test_words_in_inline_elements_stay_in_their_paragraph(tmp_path: Path) -> None:
    page = "<p>建设<b>智慧</b><a href='x'>水务</a>平台</p>"
    assert told(read(tmp_path, "a.html", page)) == [(0, "建设智慧水务平台")]


def test_table_inside_a_cell_follows_its_table(tmp_path: Path) -> None:
    page = "<table><tr><td>外<table><tr><td>里</td></tr></table></td></tr></table>"
    assert told(read(tmp_path, "a.html", page)) == [[("外",)], [("里",)]]


@pytest.mark.parametrize("encoding", ["utf-8", "gb2312", "gbk"])
def test_page_is_decoded_by_its_bytes_whatever_it_declares(tmp_path: Path, encoding: str) -> None:
    page = "<html><meta charset='gb2312'><body><p>智慧水务平台建设</p></body></html>"
    (tmp_path / "a.html").write_bytes(page.encode(encoding))
    assert read_document(tmp_path / "a.html").blocks[0].text == "智慧水务平台建设"


def test_page_nested_without_end_is_refused_not_cut_short(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="嵌套层次过深"):
        read(tmp_path, "a.html", "<div>" * 3000 + "水务" + "</div>" * 3000)


def test_markdown_gives_headings_tables_and_paragraphs(tmp_path: Path) -> None:
    text = """# 建设方案
概述
====
正文**加粗**见[清单](http://example.org "题")。

- 第一项
| 功能 | 说明 |
|:---|---:|
| 受理 | 登记\\|分派 |

功能 | 金额
--- | ---
审核 | 3

```
# 不是标题
```
---
1.1 范围
"""
    assert told(read(tmp_path, "a.md", text)) == [
        (1, "建设方案"),
        (1, "概述"),
        (0, "正文加粗见清单。"),
        (0, "第一项"),
        [("功能", "说明"), ("受理", "登记|分派")],
        [("功能", "金额"), ("审核", "3")],
        (0, "# 不是标题"),
        (2, "1.1 范围"),
    ]


def test_text_lines_know_their_number_and_their_headings(tmp_path: Path) -> None:
    found = read(tmp_path, "a.txt", "一、概述\n\n建设水务平台。\n1.1 目标\n一、概述……………3\n")
    assert [(b.kind, b.level, b.place.block) for b in found] == [
        (BlockKind.HEADING, 1, 1),
        (BlockKind.PARAGRAPH, 0, 3),
        (BlockKind.HEADING, 2, 4),
        (BlockKind.PARAGRAPH, 0, 5),
    ]
