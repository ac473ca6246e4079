"""Word 97 files as a word processor writes them are read like the docx of the same content."""

import random
import struct
from contextlib import suppress
from pathlib import Path

import pytest

from ingest.documents.blocks import BlockKind, Document
from ingest.documents.ole import Container
from ingest.documents.reader import read_document
from ingest.documents.word97.header import PIECES, read_header
from ingest.documents.word97.pieces import read_text
from ingest.documents.word97.rows import row_of
from kg.errors import DocumentError
from tests.unit.ingest.documents.oldoffice import ole, sheet_records, xls

FILES = Path(__file__).parents[4] / "data" / "office"
PROPOSAL = FILES / "proposal.doc"


@pytest.fixture(scope="module")
def document() -> Document:
    return read_document(PROPOSAL)


def test_text_is_read_with_its_headings_and_without_what_was_deleted(document: Document) -> None:
    told = [(block.level, block.text) for block in document.blocks if block.kind is not BlockKind.TABLE]
    assert told == [
        (0, "某市居家养老服务平台建设方案（送审稿）"),
        (0, "居家养老服务平台建设方案"),
        (1, "项目概况"),
        (0, "项目名称：居家养老服务平台"),
        (0, "建设单位：南宁市民政局"),
        (0, "总投资：120万元隐藏的文字"),
        (1, "建设内容"),
        (2, "功能清单"),
        (0, "本项目复用统一身份认证平台。"),
        (0, "第一项"),
        (0, "Résumé – “quotes” 中文，𠮷字。"),
    ]
    assert document.unread == (
        "自动编号未读，标题层级按样式和文字判断",
        "含未接受的修订，已按接受全部修订后的文字读取",
    )


def test_tables_are_read_on_their_grid_with_merges(document: Document) -> None:
    [table] = [block for block in document.blocks if block.kind is BlockKind.TABLE]
    assert [(row.cells, row.down, row.across) for row in table.rows] == [
        (("子系统", "模块", "功能", "金额（万元）"), (), ()),
        (("机构监管", "床位管理", "床位动态登记", "30"), (), ()),
        (("机构监管", "床位管理", "床位查询", "20"), (0, 1), ()),
        (("机构监管", "补贴管理", "补贴发放审核", "50"), (0,), ()),
        (("公共支撑", "统一身份认证", "统一身份认证", "20"), (), ()),
        (("合计", "合计", "合计", "120"), (), (1, 2)),
    ]
    assert table.rows[2].place.row == 3


@pytest.mark.parametrize(
    ("source", "suffix"), [("proposal.doc", ".wps"), ("census.xls", ".et"), ("census.xls", ".xls")]
)
def test_files_of_wps_are_read_where_they_hold_the_same_format(
    tmp_path: Path, source: str, suffix: str
) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_bytes((FILES / source).read_bytes())
    assert read_document(path).blocks == read_document(FILES / source).blocks


def test_one_wrong_name_is_told_the_right_one(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(PROPOSAL.read_bytes())
    with pytest.raises(DocumentError, match=r"实际为 doc；请把扩展名改为 \.doc"):
        read_document(path)


@pytest.mark.parametrize(
    ("version", "flags", "reason"),
    [(0xC1, 0x0100, "文件已加密"), (0x65, 0, "Word 95 或更早版本"), (0xC1, 0, "文件已损坏")],
)
def test_locked_and_older_documents_are_refused(
    tmp_path: Path, version: int, flags: int, reason: str
) -> None:
    head = struct.pack("<HH6xH", 0xA5EC, version, flags).ljust(1024, b"\0")
    path = tmp_path / "a.doc"
    path.write_bytes(ole(WordDocument=head))
    with pytest.raises(DocumentError, match=reason):
        read_document(path)


def test_a_workbook_named_as_a_document_is_told_so(tmp_path: Path) -> None:
    path = tmp_path / "a.doc"
    path.write_bytes(xls(("清单", False, sheet_records({(0, 0): "系统名称"}))))
    with pytest.raises(DocumentError, match="实际为 xls"):
        read_document(path)


def test_damaged_bytes_give_a_document_or_a_refusal(tmp_path: Path) -> None:
    whole, chance, path = PROPOSAL.read_bytes(), random.Random(7), tmp_path / "a.doc"
    for _ in range(120):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 12)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        path.write_bytes(data[: chance.choice((len(data), chance.randrange(1, len(data))))])
        with suppress(DocumentError):
            assert read_document(path).blocks


def test_pieces_that_claim_more_text_than_there_are_bytes_are_refused() -> None:
    header = read_header(Container(PROPOSAL.read_bytes()))
    start = struct.unpack_from("<I", header.text, 0x9A + 8 * PIECES)[0]
    tables = bytearray(header.tables)
    struct.pack_into("<II", tables, start + 5, 0, 1 << 30)
    with pytest.raises(DocumentError):
        read_text(type(header)(header.text, bytes(tables), header.counts))


def test_a_row_whose_description_does_not_fit_counts_its_cells() -> None:
    assert row_of(["a", "b"], b"\x09\x00").edges == [0, 1000, 2000]
