"""Hostile and damaged files end in a refusal with a remedy, never in another exception."""

import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.documents.reader import read_document
from kg.errors import DocumentError

HEAD = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
TAIL = "</w:body></w:document>"


def write_docx(path: Path, body: str, before: str = "") -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", before + HEAD + body + TAIL)
    return path


@pytest.mark.parametrize(
    ("body", "before", "reason"),
    [
        (
            '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="200000000"/></w:tcPr></w:tc></w:tr></w:tbl>',
            "",
            "跨列",
        ),
        ("<w:tbl><w:tr><w:tc>" * 3000 + "</w:tc></w:tr></w:tbl>" * 3000, "", "嵌套"),
        ("<w:p>&x;</w:p>", '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>', "DOCTYPE"),
        ("<w:p><w:r><w:t>" + "a" * 30_000_000 + "</w:t></w:r></w:p>", "", "压缩"),
        ("<w:p>", "", "损坏"),
    ],
)
def test_hostile_docx_is_refused(tmp_path: Path, body: str, before: str, reason: str) -> None:
    with pytest.raises(DocumentError, match=reason) as caught:
        read_document(write_docx(tmp_path / "a.docx", body, before))
    assert caught.value.file == "a.docx"
    assert caught.value.remedy


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.txt", b"", "为空"),
        ("a.docx", b"plain words", "内容不是"),
        ("a.docx", b"%PDF-1.7 x", "不符"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptionInfo".encode("utf-16-le"), "加密"),
        ("a.wps", b"x", "不支持"),
        ("a.pdf", b"%PDF-1.7 broken", "损坏"),
        ("机密.txt", b"x", "国家秘密"),
        ("a.txt", "机密★3年\n正文".encode(), "国家秘密"),
    ],
)
def test_unreadable_file_is_refused_with_its_reason(
    tmp_path: Path, name: str, data: bytes, reason: str
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(DocumentError, match=reason):
        read_document(path)


def test_far_cell_does_not_cost_a_dense_grid(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book["Sheet"]["A1"] = "名称"
    book["Sheet"]["XFD1048576"] = "x"
    book.save(tmp_path / "far.xlsx")
    document = read_document(tmp_path / "far.xlsx")
    assert [row.cells for row in document.blocks[0].rows] == [("名称",)]
    assert document.unread == ("工作表“Sheet”XFD1048576等1个单元格超出行列上限，未读",)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    data=st.binary(max_size=300), suffix=st.sampled_from(["docx", "xlsx", "xls", "pdf", "csv", "html", "md"])
)
def test_any_bytes_give_a_document_or_a_refusal(tmp_path: Path, data: bytes, suffix: str) -> None:
    path = tmp_path / f"a.{suffix}"
    path.write_bytes(data)
    try:
        document = read_document(path)
    except DocumentError as error:
        told = error.remedy
    else:
        told = document.sha256
    assert told
