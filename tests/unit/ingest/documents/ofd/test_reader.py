"""OFD files are read as lines and tables, and nothing in them reaches beyond them."""

import zipfile
from pathlib import Path

import pytest

from ingest.documents.blocks import BlockKind
from ingest.documents.reader import read_document
from kg.errors import DocumentError
from tests.unit.ingest.documents.ofd.pages import NAMESPACE, line, ofd, table, text

ROWS = [["序号", "功能", "金额"], ["1", "床位登记", "30"], ["2", "补贴审核", "50"]]


def told(path: Path) -> list[tuple[int, str]]:
    return [(one.level, one.text) for one in read_document(path).blocks if one.kind is not BlockKind.TABLE]


def test_lines_are_read_from_top_to_bottom_and_left_to_right(tmp_path: Path) -> None:
    content = text("南宁市民政局", 62, 30) + text("一、项目概况", 20, 20) + text("建设单位：", 20, 30)
    document = read_document(ofd(tmp_path / "a.ofd", content, text("二、建设内容", 20, 20)))
    found = [(one.level, one.text, one.place.page) for one in document.blocks]
    assert found == [(1, "一、项目概况", 1), (0, "建设单位： 南宁市民政局", 1), (1, "二、建设内容", 2)]
    assert document.media == "ofd"


def test_ruled_tables_are_read_on_their_grid_with_merges(tmp_path: Path) -> None:
    rows = [*ROWS, ["合计", "<", "80"]]
    content = text("功能清单", 20, 20) + table(rows, 20, 40) + text("以上为全部功能。", 20, 90)
    document = read_document(ofd(tmp_path / "a.ofd", content))
    [found] = [one for one in document.blocks if one.rows]
    assert [row.cells for row in found.rows] == [
        ("序号", "功能", "金额"),
        ("1", "床位登记", "30"),
        ("2", "补贴审核", "50"),
        ("合计", "合计", "80"),
    ]
    assert found.rows[3].across == (1,)
    assert [one.text for one in document.blocks if not one.rows] == ["功能清单", "以上为全部功能。"]


def test_cells_merged_downwards_are_repeated(tmp_path: Path) -> None:
    rows = [["子系统", "功能"], ["机构监管", "床位登记"], ["^", "床位查询"]]
    document = read_document(ofd(tmp_path / "a.ofd", table(rows, 20, 40)))
    assert [(row.cells, row.down) for row in document.blocks[0].rows][2] == (("机构监管", "床位查询"), (0,))


def test_templates_are_part_of_each_page_and_their_marks_count(tmp_path: Path) -> None:
    pages = [text("一、项目概况", 20, 40), text("二、建设内容", 20, 40)]
    head = text("建设方案送审稿", 20, 10)
    assert (0, "建设方案送审稿") in told(ofd(tmp_path / "a.ofd", *pages, template=head))
    with pytest.raises(DocumentError, match="国家秘密"):
        read_document(ofd(tmp_path / "b.ofd", *pages, template=text("机密★10年", 20, 10)))


def test_signs_are_placed_by_steps_and_matrix(tmp_path: Path) -> None:
    turned = text("第二行", 0, 0, more='CTM="1 0 0 1 20 60"')
    grouped = (
        '<ofd:TextObject ID="1" Size="4" Boundary="20 50 40 4"><ofd:TextCode X="0" Y="3" DeltaX="g 2 4">'
        "第一。</ofd:TextCode></ofd:TextObject>"
    )
    assert [words for _, words in told(ofd(tmp_path / "a.ofd", turned + grouped))] == ["第一。", "第二行"]


@pytest.mark.parametrize(
    ("parts", "reason"),
    [
        ({"OFD.xml": f"<ofd:OFD {NAMESPACE}/>"}, "文件已损坏，无法打开；请用原软件打开，另存为 pdf"),
        ({"OFD.xml": "<ofd:OFD"}, "文件已损坏"),
        ({"Doc_0/Document.xml": '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc">]><x>&e;</x>'}, "DOCTYPE"),
        (
            {"OFD.xml": f"<ofd:OFD {NAMESPACE}><ofd:DocBody><ofd:DocRoot>../../etc/passwd</ofd:DocRoot>"
             "</ofd:DocBody></ofd:OFD>"},
            "文件已损坏",
        ),
        ({"Doc_0/Pages/P0/Content.xml": "<a>" * 300 + "</a>" * 300}, "嵌套"),
        ({"../x.xml": "<a/>"}, "包外"),
        ({"Doc_0/Pages/P0/Content.xml": f"<ofd:Page {NAMESPACE}>{'<a/>' * 500_000}</ofd:Page>"}, "过多|过大"),
        ({"Doc_0/Pages/P0/Content.xml": f"<ofd:Page {NAMESPACE}/>"}, "没有可读的文字"),
    ],
)  # fmt: skip
def test_hostile_and_damaged_files_are_refused(tmp_path: Path, parts: dict[str, str], reason: str) -> None:
    with pytest.raises(DocumentError, match=reason):
        read_document(ofd(tmp_path / "a.ofd", text("正文", 20, 20), parts=parts))


def test_a_page_of_endless_numbers_is_read_or_refused(tmp_path: Path) -> None:
    mad = (
        '<ofd:TextObject Size="1e999" Boundary="1 2" CTM="1 0 0 1"><ofd:TextCode X="inf" Y="-1e99" '
        'DeltaX="g 999999999 1e400">文字</ofd:TextCode></ofd:TextObject>'
    )
    assert told(ofd(tmp_path / "a.ofd", mad)) == [(0, "文字")]


@pytest.mark.slow
def test_a_drawing_of_many_lines_is_read_as_text(tmp_path: Path) -> None:
    lines = "".join(line(10, n / 100, 100, 0) for n in range(20_100))
    document = read_document(ofd(tmp_path / "a.ofd", lines + text("图例", 20, 20)))
    assert document.unread == ("第1页线条过多，表格未能按表读取，已按文字读取",)


def test_seals_and_pictures_are_told(tmp_path: Path) -> None:
    image = '<ofd:ImageObject ID="5" Boundary="0 0 10 10" ResourceID="1"/>'
    path = ofd(tmp_path / "a.ofd", text("正文", 20, 20) + image)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("Doc_0/Signs/Sign_0/Seal.esl", b"x")
    assert read_document(path).unread == ("含图片，图片中的文字未读", "含电子签章，未验证")


def test_a_file_of_a_real_writer_is_read_with_its_table() -> None:
    document = read_document(Path(__file__).parents[4] / "data" / "office" / "proposal.ofd")
    texts = [(one.level, one.text) for one in document.blocks if not one.rows]
    assert texts[:2] == [(0, "居家养老服务平台建设方案"), (1, "一、项目概况")]
    assert texts[2][1].endswith("支撑养老服务监管工作。")
    assert texts[3:] == [(1, "二、建设内容"), (0, "本项目复用统一身份认证平台。")]
    [table] = [one for one in document.blocks if one.rows]
    assert [row.cells for row in table.rows] == [
        ("序号", "功能", "金额（万元）"),
        ("1", "床位登记", "30"),
        ("2", "补贴审核", "50"),
        ("合计", "合计", "80"),
    ]
