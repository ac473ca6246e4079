"""Files with a mark of state secrets are refused wherever it stands; nothing of them is kept or told."""

import json
import logging
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment

from ingest.archive import Archive
from ingest.discovery import discover
from ingest.documents.reader import read_document
from ingest.documents.sandbox import Sandbox
from ingest.pipeline import run
from ingest.reading import Options
from kg.errors import DocumentError
from kg.store import open_store
from tests.unit.ingest.documents.ofd.pages import NAMESPACE, ofd
from tests.unit.ingest.documents.ofd.pages import text as ofd_text
from tests.unit.ingest.documents.oldoffice import record, sheet_records, xls
from tests.unit.ingest.documents.samples import Printer, paragraph, part, write_word

BODY = "本项目建设云江市水务平台。"
OLD_WORD = Path(__file__).parents[3] / "data" / "office" / "proposal.doc"
INNER = ("文件标注为内部或工作秘密，请按规定控制知悉范围",)


def write(folder: Path, text: str, name: str = "方案.txt") -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


@pytest.mark.parametrize(
    "mark",
    [
        "机密★10年",
        "绝 密 ★ 长期",
        "秘密",
        "秘密★6个月",
        "【机密】",
        "密级：秘密　编号：12",
        "机密☆3年",
        "秘密 5年",
        "机密级",
        "絕密⭐長期",
        "机密✩5年",
    ],
)
def test_mark_on_the_first_page_is_refused_without_quoting_it(tmp_path: Path, mark: str) -> None:
    with pytest.raises(DocumentError, match="国家秘密") as caught:
        read_document(write(tmp_path, f"云江市文件\n{mark}\n{BODY}"))
    assert BODY not in str(caught.value)
    assert caught.value.__context__ is None or BODY not in str(caught.value.__context__)


@pytest.mark.parametrize(
    "name", ["机密.txt", "【秘密】方案.txt", "方案（绝密）.txt", "机密★5年 方案.txt", "方案_秘密_终稿.txt"]
)
def test_mark_in_the_file_name_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(DocumentError, match="国家秘密"):
        read_document(write(tmp_path, BODY, name))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("商业秘密保护系统.txt", BODY),
        ("机密文件交换系统建设方案.txt", BODY),
        ("方案.txt", "供应商应保守秘密，商业秘密3年内不得披露。"),
        ("方案.txt", "加强国家秘密管理，不得处理机密级以上信息。"),
        ("方案.txt", "密级：公开"),
        ("方案.txt", "数据分为公开、内部、秘密三类。"),
        ("方案.txt", "应用系统的机密性、完整性和可用性"),
    ],
)
def test_talk_of_secrets_is_no_mark(tmp_path: Path, name: str, text: str) -> None:
    assert read_document(write(tmp_path, text, name)).unread == ()


@pytest.mark.parametrize(
    "mark", ["内部资料", "内部资料 注意保存", "内部文件，严禁外传", "工作秘密★1年", "密级：内部", "（内部）"]
)
def test_inner_marks_are_flagged_and_read(tmp_path: Path, mark: str) -> None:
    assert read_document(write(tmp_path, f"{mark}\n{BODY}")).unread == INNER


def test_inner_mark_in_the_file_name_is_flagged(tmp_path: Path) -> None:
    assert read_document(write(tmp_path, BODY, "内部资料-方案.txt")).unread == INNER
    assert read_document(write(tmp_path, BODY, "内部控制系统方案.txt")).unread == ()


def secret_header(folder: Path, _: Printer) -> Path:
    return write_word(folder / "a.docx", paragraph(BODY), header1=part("hdr", paragraph("机密★10年")))


def secret_watermark(folder: Path, _: Printer) -> Path:
    shape = '<v:textpath xmlns:v="urn:schemas-microsoft-com:vml" string="机密"/>'
    art = f"<w:p><w:r><w:pict>{shape}</w:pict></w:r></w:p>"
    return write_word(folder / "a.docx", paragraph(BODY), header1=part("hdr", art))


def secret_box(folder: Path, _: Printer) -> Path:
    box = f"<w:p><w:r><w:txbxContent>{paragraph('秘密★3年')}</w:txbxContent></w:r></w:p>"
    return write_word(folder / "a.docx", box + paragraph(BODY))


def secret_cover(folder: Path, _: Printer) -> Path:
    rows = "".join(
        f"<w:tr><w:tc>{paragraph(name)}</w:tc><w:tc>{paragraph(value)}</w:tc></w:tr>"
        for name, value in (("项目名称", "水务"), ("单位", "水务局"), ("密级", "秘密"))
    )
    return write_word(folder / "a.docx", f"<w:tbl>{rows}</w:tbl>" + paragraph(BODY))


def secret_annex(_: Path, printer: Printer) -> Path:
    return printer.text(BODY).page().text("附件").page().text("绝密★长期", BODY).save()


def secret_running_head(_: Path, printer: Printer) -> Path:
    return printer.text(BODY).page().text(BODY).save(head="机密★5年")


def secret_title_of_a_sheet(folder: Path, _: Printer) -> Path:
    book = openpyxl.Workbook()
    book["Sheet"]["C2"] = "秘密★1年"
    book["Sheet"]["A9"] = BODY
    book.save(folder / "a.xlsx")
    return folder / "a.xlsx"


def secret_printed_header(folder: Path, _: Printer) -> Path:
    book = openpyxl.Workbook()
    book["Sheet"]["A1"] = BODY
    header = book["Sheet"].oddHeader
    assert header is not None
    header.right.text = "机密★3年"
    book.save(folder / "a.xlsx")
    return folder / "a.xlsx"


def secret_old_header(folder: Path, _: Printer) -> Path:
    text = "&R机密★3年"
    head = record(0x0014, len(text).to_bytes(2, "little") + b"\1" + text.encode("utf-16-le"))
    cells = sheet_records({(0, 0): BODY})
    (folder / "a.xls").write_bytes(xls(("清单", False, cells[:-4] + head + cells[-4:])))
    return folder / "a.xls"


def secret_page(folder: Path, _: Printer) -> Path:
    return write(folder, f"<html><body><div>机密★3年</div><p>{BODY}</p></body></html>", "a.html")


def secret_drawing(folder: Path, _: Printer) -> Path:
    book = openpyxl.Workbook()
    book["Sheet"]["A1"] = BODY
    book.save(folder / "a.xlsx")
    drawing = "http://schemas.openxmlformats.org/drawingml/2006/main"
    with zipfile.ZipFile(folder / "a.xlsx", "a") as package:
        text = "<a:p><a:r><a:t>机密</a:t></a:r><a:r><a:t>★10年</a:t></a:r></a:p>"
        package.writestr("xl/drawings/drawing1.xml", f'<x xmlns:a="{drawing}">{text}</x>')
    return folder / "a.xlsx"


def secret_comment(folder: Path, _: Printer) -> Path:
    book = openpyxl.Workbook()
    book["Sheet"]["A1"] = BODY
    book["Sheet"]["A1"].comment = Comment("秘密★1年", "甲")
    book.save(folder / "a.xlsx")
    return folder / "a.xlsx"


def secret_title(folder: Path, _: Printer) -> Path:
    book = openpyxl.Workbook()
    book["Sheet"]["A1"] = BODY
    book.properties.title = "【秘密】水务平台"
    book.save(folder / "a.xlsx")
    return folder / "a.xlsx"


def secret_cell(folder: Path, _: Printer) -> Path:
    book = openpyxl.Workbook()
    book["Sheet"]["A1"] = BODY
    book["Sheet"]["D40"] = "机密★3年"
    book.save(folder / "a.xlsx")
    return folder / "a.xlsx"


def secret_title_of_a_page(folder: Path, _: Printer) -> Path:
    return write(folder, f"<html><title>机密★3年</title><body><p>{BODY}</p></body></html>", "a.html")


def secret_properties(folder: Path, printer: Printer) -> Path:
    return printer.text(BODY).save(title="机密★10年 水务平台")


def secret_note_over_a_page(folder: Path, _: Printer) -> Path:
    signs = ofd_text("机", 1, 1) + ofd_text("密", 9, 1)
    over = f"<ofd:Annot><ofd:Appearance>{signs}</ofd:Appearance></ofd:Annot>"
    parts = {"Doc_0/Annots/P0/Annotation.xml": f"<ofd:PageAnnot {NAMESPACE}>{over}</ofd:PageAnnot>"}
    return ofd(folder / "a.ofd", ofd_text(BODY, 20, 40), parts=parts)


def secret_template(folder: Path, _: Printer) -> Path:
    return ofd(folder / "a.ofd", ofd_text(BODY, 20, 40), template=ofd_text("秘密★1年", 20, 10))


def secret_old_word(folder: Path, _: Printer) -> Path:
    head = "某市居家养老服务平台建设方案（送审稿）"
    data = OLD_WORD.read_bytes()
    assert data.count(head.encode("utf-16-le")) == 1
    marked = "机密★10年".ljust(len(head))
    (folder / "a.doc").write_bytes(data.replace(head.encode("utf-16-le"), marked.encode("utf-16-le")))
    return folder / "a.doc"


EVERYWHERE = [
    secret_header,
    secret_watermark,
    secret_box,
    secret_cover,
    secret_annex,
    secret_running_head,
    secret_title_of_a_sheet,
    secret_printed_header,
    secret_old_header,
    secret_page,
    secret_drawing,
    secret_comment,
    secret_title,
    secret_cell,
    secret_title_of_a_page,
    secret_properties,
    secret_note_over_a_page,
    secret_template,
    secret_old_word,
]


@pytest.mark.parametrize("made", EVERYWHERE)
def test_mark_is_found_wherever_a_kind_of_file_may_carry_it(
    tmp_path: Path, printer: Printer, made: Callable[[Path, Printer], Path]
) -> None:
    with pytest.raises(DocumentError, match="国家秘密"):
        read_document(made(tmp_path, printer))


def test_printed_header_of_a_sheet_is_read_without_its_codes(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book["Sheet"]["A1"] = BODY
    header, footer = book["Sheet"].oddHeader, book["Sheet"].oddFooter
    assert header is not None
    assert footer is not None
    header.center.text, footer.center.text = "内部资料", "第 &P 页，共 &N 页"
    book.save(tmp_path / "a.xlsx")
    document = read_document(tmp_path / "a.xlsx")
    assert [block.text for block in document.blocks] == ["Sheet", "内部资料"]
    assert document.unread == INNER


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("【机密】.jsonl", '{"kind":"entity","id":"s","type":"System","name":"水务平台"}'),
        ("a.jsonl", '{"kind":"entity","id":"s","type":"System","name":"机密★10年 水务平台"}'),
        ("publiccode.yml", "# 秘密★1年\nname: 水务平台"),
        ("a.json", '{"name":"【机密】水务平台","functions":["水质监测"]}'),
        ("a.json", '{"name":"水务平台","密级":"秘密","functions":["水质监测"]}'),
        ("a.json", '{"name":"水务平台","functions":["机密★10年"]}'),
    ],
)
def test_marked_files_of_data_are_refused_as_well(tmp_path: Path, name: str, text: str) -> None:
    with open_store("memory:") as store:
        report = run([write(tmp_path, text, name)], store, archive=None, options=Options(today="2026-03-01"))
        assert list(store.entities()) == []
    assert [row.reason for row in report.rejected] == ["文件带有国家秘密标志，不予读取和保存"]


def test_data_on_grades_is_no_mark_and_inner_names_are_flagged(tmp_path: Path) -> None:
    told = {"name": "定密系统", "properties": {"description": "密级：秘密"}}
    text = json.dumps({"kind": "entity", "id": "s", "type": "System", **told}, ensure_ascii=False)
    with open_store("memory:") as store:
        report = run(
            [write(tmp_path, text, "内部资料.jsonl")],
            store,
            archive=None,
            options=Options(today="2026-03-01"),
        )
    assert report.status == "complete"
    assert [note.text for note in report.warnings] == list(INNER)


@pytest.mark.parametrize("folder", ["绝密★长期", "【机密】材料", "2026/机密"])
def test_files_in_a_marked_folder_are_refused(tmp_path: Path, folder: str) -> None:
    (tmp_path / folder).mkdir(parents=True)
    path = write(tmp_path / folder, BODY)
    top = tmp_path / folder.split("/", maxsplit=1)[0]
    assert [bool(one.refused) for one in (*discover([top]), *discover([path]))] == [True, True]
    assert [one.refused for one in discover([write(tmp_path, BODY)])] == [None]


def test_nothing_of_a_marked_file_is_stored_archived_or_logged(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    path = write(tmp_path, f"机密★10年\n{BODY}")
    archive, sandbox = tmp_path / "archive", Sandbox()
    with open_store("memory:") as store:
        report = run(
            [path], store, archive=Archive(archive), options=Options(today="2026-03-01"), read=sandbox.read
        )
        kept = list(store.entities())
    sandbox.close()
    assert kept == []
    assert not archive.exists() or list(archive.rglob("*")) == []
    assert "国家秘密" in str(report.to_json())
    assert BODY[:8] not in str(report.to_json()) + caplog.text
