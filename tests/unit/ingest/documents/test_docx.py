"""Word files: what a reader of the printed page sees, and nothing that the page does not show."""

import zipfile
from pathlib import Path

import docx
import pytest

from ingest.documents.blocks import Block, BlockKind
from ingest.documents.reader import read_document
from ingest.documents.wordxml import STRICT, WORD
from kg.errors import DocumentError
from tests.unit.ingest.documents.samples import paragraph, part, write_word


def blocks(folder: Path, body: str, **parts: str) -> tuple[Block, ...]:
    return read_document(write_word(folder / "a.docx", body, **parts)).blocks


def texts(folder: Path, body: str, **parts: str) -> list[str]:
    return [block.text for block in blocks(folder, body, **parts)]


def level(index: int, form: str, pattern: str, more: str = "") -> str:
    return f'<w:lvl w:ilvl="{index}">{more}<w:numFmt w:val="{form}"/><w:lvlText w:val="{pattern}"/></w:lvl>'


def numbering(*levels: str, lists: str = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>') -> str:
    return part("numbering", f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>{lists}')


def listed(text: str, index: int = 0, key: str = "1") -> str:
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{index}"/><w:numId w:val="{key}"/></w:numPr>')


def style(key: str, name: str, more: str = "") -> str:
    return f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/>{more}</w:style>'


def styled(text: str, key: str) -> str:
    return paragraph(text, f'<w:pStyle w:val="{key}"/>')


def table(*rows: str) -> str:
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"


def cell(inner: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def test_automatic_numbers_are_part_of_the_text_and_make_headings(tmp_path: Path) -> None:
    body = listed("概述") + listed("目标", 1) + listed("范围", 1) + listed("内容") + listed("系统", 1)
    found = blocks(
        tmp_path, body, numbering=numbering(level(0, "chineseCounting", "%1、"), level(1, "decimal", "%1.%2"))
    )
    assert [block.text for block in found] == [
        "一、 概述",
        "一.1 目标",
        "一.2 范围",
        "二、 内容",
        "二.1 系统",
    ]
    assert found[0].kind is BlockKind.HEADING


@pytest.mark.parametrize(
    ("form", "pattern", "shown"),
    [
        ("chineseCountingThousand", "第%1章", "第一章"),
        ("japaneseCounting", "（%1）", "（一）"),
        ("decimal", "%1.", "1."),
        ("decimalEnclosedCircleChinese", "%1", "①"),
        ("upperRoman", "%1.", "I."),
        ("lowerLetter", "%1)", "a)"),
        ("chineseLegalSimplified", "%1、", "壹、"),
    ],
)
def test_each_form_of_number_is_written_as_shown(tmp_path: Path, form: str, pattern: str, shown: str) -> None:
    assert texts(tmp_path, listed("总则"), numbering=numbering(level(0, form, pattern))) == [f"{shown} 总则"]


def test_bullets_have_no_number_and_still_count_nothing_above_them(tmp_path: Path) -> None:
    levels = numbering(level(0, "decimal", "%1."), level(1, "bullet", "·"))
    assert texts(tmp_path, listed("甲") + listed("乙", 1) + listed("丙"), numbering=levels) == [
        "1. 甲",
        "乙",
        "2. 丙",
    ]


def test_numbers_start_where_the_list_says_and_begin_anew_in_a_restarted_one(tmp_path: Path) -> None:
    lists = (
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    )
    levels = numbering(level(0, "decimal", "%1.", '<w:start w:val="5"/>'), lists=lists)
    body = listed("甲") + listed("乙") + listed("丙", key="2") + listed("丁", key="2")
    assert texts(tmp_path, body, numbering=levels) == ["5. 甲", "6. 乙", "1. 丙", "2. 丁"]


def test_legal_numbering_shows_digits_for_chapters_counted_in_characters(tmp_path: Path) -> None:
    levels = numbering(level(0, "chineseCounting", "第%1章"), level(1, "decimal", "%1.%2", "<w:isLgl/>"))
    assert texts(tmp_path, listed("总则") + listed("范围", 1), numbering=levels) == [
        "第一章 总则",
        "1.1 范围",
    ]


def test_style_gives_heading_level_and_number_also_through_the_style_it_is_based_on(tmp_path: Path) -> None:
    styles = part(
        "styles",
        style("1", "heading 1", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>')
        + style("a", "方案标题", '<w:basedOn w:val="1"/>')
        + style("b", "环", '<w:basedOn w:val="b"/>'),
    )
    found = blocks(
        tmp_path,
        styled("概述", "1") + styled("目标", "a") + styled("正文段落。", "b"),
        styles=styles,
        numbering=numbering(level(0, "decimal", "%1")),
    )
    assert [(b.level, b.text) for b in found] == [(1, "1 概述"), (1, "2 目标"), (0, "正文段落。")]


def test_paragraph_may_leave_the_list_of_its_style(tmp_path: Path) -> None:
    styles = part("styles", style("1", "heading 1", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'))
    body = paragraph("附录", '<w:pStyle w:val="1"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    assert texts(tmp_path, body, styles=styles, numbering=numbering(level(0, "decimal", "%1"))) == ["附录"]


def test_bold_line_is_a_heading_below_the_numbered_one_above_it(tmp_path: Path) -> None:
    body = (
        paragraph("三、建设内容")
        + paragraph("应用系统", run="<w:b/>")
        + paragraph("受理登记。", run="<w:b/>")
        + paragraph("不是标题", run='<w:b w:val="0"/>')
        + paragraph("支撑平台", run="<w:b/>")
    )
    assert [b.level for b in blocks(tmp_path, body)] == [1, 2, 0, 0, 2]


def test_lines_of_a_table_of_contents_are_not_read_twice(tmp_path: Path) -> None:
    styles = part("styles", style("TOC1", "toc 1") + style("1", "heading 1"))
    body = styled("一、概述 1", "TOC1") + styled("一、概述", "1")
    assert texts(tmp_path, body, styles=styles) == ["一、概述"]


def test_revisions_are_read_as_accepted_and_said(tmp_path: Path) -> None:
    body = (
        "<w:p><w:r><w:t>建设</w:t></w:r><w:del><w:r><w:delText>两</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>三</w:t></w:r></w:ins><w:r><w:t>个系统</w:t></w:r></w:p>"
        "<w:ins>" + paragraph("新增一段") + "</w:ins>"
        "<w:p><w:moveFrom><w:r><w:t>移走</w:t></w:r></w:moveFrom></w:p>"
        "<w:p><w:moveTo><w:r><w:t>移来</w:t></w:r></w:moveTo></w:p>"
    )
    document = read_document(write_word(tmp_path / "a.docx", body))
    assert [block.text for block in document.blocks] == ["建设三个系统", "新增一段", "移来"]
    assert document.unread == ("含未接受的修订，已按接受全部修订后的文字读取",)


def test_row_deleted_in_a_revision_is_not_read(tmp_path: Path) -> None:
    gone = "<w:trPr><w:del/></w:trPr>" + cell(paragraph("作废"))
    (block,) = blocks(tmp_path, table(cell(paragraph("甲")), gone, cell(paragraph("乙"))))
    assert [(row.cells, row.place.row) for row in block.rows] == [(("甲",), 1), (("乙",), 2)]


def test_text_boxes_are_read_once_behind_the_paragraph_they_hang_on(tmp_path: Path) -> None:
    box = f"<w:txbxContent>{paragraph('框内')}</w:txbxContent>"
    drawn = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    )
    body = f"<w:p><w:r><w:t>框外</w:t>{drawn}</w:r></w:p>" + paragraph("之后")
    assert texts(tmp_path, body) == ["框外", "框内", "之后"]


def test_boxes_and_tables_inside_cells_follow_their_table(tmp_path: Path) -> None:
    box = f"<w:p><w:r><w:txbxContent>{paragraph('框内')}</w:txbxContent></w:r></w:p>"
    inner = table(cell(paragraph("里")))
    found = blocks(tmp_path, table(cell(paragraph("外") + inner + box)))
    assert [block.rows[0].cells if block.rows else block.text for block in found] == [
        ("外",),
        ("里",),
        "框内",
    ]


def test_content_controls_and_links_hide_nothing(tmp_path: Path) -> None:
    body = (
        f"<w:sdt><w:sdtContent>{paragraph('控件内')}</w:sdtContent></w:sdt>"
        "<w:p><w:hyperlink><w:r><w:t>链接</w:t></w:r></w:hyperlink>"
        "<w:r><w:instrText>PAGE</w:instrText></w:r></w:p>"
        + table(f"<w:sdt><w:sdtContent>{cell(paragraph('格'))}</w:sdtContent></w:sdt>")
    )
    found = blocks(tmp_path, body)
    assert [block.text or block.rows[0].cells for block in found] == ["控件内", "链接", ("格",)]


def test_header_comes_first_footer_last_and_page_numbers_not_at_all(tmp_path: Path) -> None:
    assert texts(
        tmp_path,
        paragraph("正文"),
        header1=part("hdr", paragraph("内部资料")),
        header2=part("hdr", paragraph("内部资料")),
        footer1=part("ftr", paragraph("第 3 页") + paragraph("联系电话见附件")),
        footnotes=part("footnotes", f"<w:footnote>{paragraph('脚注说明')}</w:footnote>"),
    ) == ["内部资料", "正文", "联系电话见附件", "脚注说明"]


def test_cells_skipped_at_the_start_of_a_row_keep_its_columns_in_place(tmp_path: Path) -> None:
    indented = '<w:trPr><w:gridBefore w:val="1"/></w:trPr>' + cell(paragraph("乙"))
    (block,) = blocks(tmp_path, table(cell(paragraph("甲")) + cell(paragraph("金额")), indented))
    assert block.rows[1].cells == ("", "乙")


def test_merge_over_rows_and_columns_shows_its_first_text(tmp_path: Path) -> None:
    wide = '<w:gridSpan w:val="2"/>'
    (block,) = blocks(
        tmp_path,
        table(
            cell(paragraph("模块"), wide + '<w:vMerge w:val="restart"/>') + cell(paragraph("1")),
            cell(paragraph("藏着"), wide + "<w:vMerge/>") + cell(paragraph("2")),
        ),
    )
    assert [(row.cells, row.down, row.across) for row in block.rows] == [
        (("模块", "模块", "1"), (), (1,)),
        (("模块", "模块", "2"), (0, 1), ()),
    ]


def test_strict_files_are_read_like_the_others(tmp_path: Path) -> None:
    path = write_word(tmp_path / "a.docx", table(cell(paragraph("甲"), '<w:gridSpan w:val="2"/>')))
    strict = {"http": STRICT[1:-1], "usual": WORD[1:-1]}
    with zipfile.ZipFile(path) as package:
        xml = package.read("word/document.xml").decode().replace(strict["usual"], strict["http"])
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("word/document.xml", xml)
    assert read_document(path).blocks[0].rows[0].cells == ("甲", "甲")


def test_file_of_a_word_processor_is_read_with_its_headings_and_lists(tmp_path: Path) -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "页眉文字"
    document.add_heading("建设内容", 2)
    document.add_paragraph("第一项", style="List Number")
    document.add_paragraph("第二项", style="List Number")
    document.save(str(tmp_path / "a.docx"))
    found = read_document(tmp_path / "a.docx").blocks
    assert [(b.level, b.text) for b in found] == [
        (0, "页眉文字"),
        (2, "建设内容"),
        (0, "1. 第一项"),
        (0, "2. 第二项"),
    ]


def test_macros_pictures_and_comments_are_told_and_not_read(tmp_path: Path) -> None:
    path = write_word(tmp_path / "a.docm", paragraph("正文"), vbaProject="x", comments=part("comments", ""))
    assert read_document(path).unread == ("含宏，未读取也未执行", "含批注，未读取")


def test_file_of_pictures_only_is_refused_not_empty(tmp_path: Path) -> None:
    path = write_word(tmp_path / "a.docx", "<w:p><w:r><w:drawing/></w:r></w:p>", **{"media/image1": "x"})
    with pytest.raises(DocumentError, match="没有可读的文字") as caught:
        read_document(path)
    assert "图片" in str(caught.value)
