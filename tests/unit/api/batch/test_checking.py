import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from api.batch.checking import Checked, check_batch
from api.batch.desk import Estate
from api.batch.folder import folder_name
from api.batch.writing import write_batch
from kg.matching.encoder.lexical import LexicalEncoder
from kg.store.memory import MemoryStore
from queries.check import prepare
from tests.unit.queries.small_estate import CARE, SCHOOL, filled, system

HEATING = ("热源运行监测", "住户室温采集", "管网漏气预警", "居民燃气检查", "停供通知发布", "能耗分析报表")
Write = Callable[..., Path]


@pytest.fixture(scope="module")
def estate() -> Estate:
    store: MemoryStore = filled(
        [system("养老服务管理系统", "甲市民政局", CARE), system("学籍平台", "甲市教育局", SCHOOL)]
    )
    return Estate(store, prepare(store, LexicalEncoder("test"), engine="1"))


@pytest.fixture
def written(tmp_path: Path) -> Write:
    """Writes a proposal as a filled form."""

    def write(
        file: str, *functions: str, name: str = "供热监管平台", department: str = "甲市城市管理局"
    ) -> Path:
        path = tmp_path / "in" / file
        path.parent.mkdir(parents=True, exist_ok=True)
        lines = [{"text": text, "amount": 100_000} for text in functions or HEATING]
        form = {"name": name, "department": department, "period": "2026", "functions": lines}
        path.write_text(json.dumps(form, ensure_ascii=False), "utf-8")
        return path

    return write


def by_file(done: Checked) -> dict[str, Any]:
    return {report["file"]: report for report in done.reports}


def bytes_below(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_one_broken_file_among_many_stops_no_other(estate: Estate, written: Write) -> None:
    good = written("一.json", *CARE, name="养老服务管理系统", department="甲市民政局")
    (good.parent / "坏.docx").write_bytes(b"PK\x03\x04 cut")
    found = by_file(check_batch([good.parent], estate))
    assert found["一.json"]["verdict"] == "不予立项"
    assert found["坏.docx"]["verdict"] is None
    assert "已损坏" in found["坏.docx"]["reasons"][0]["text"]


def test_a_zip_holds_proposals_and_a_zip_in_it_is_refused(estate: Estate, written: Write) -> None:
    one = written("一.json")
    packed = one.parent / "包.zip"
    with zipfile.ZipFile(packed, "w") as target:
        target.write(one, "城管/方案.json")
        target.writestr("内.zip", b"PK\x05\x06" + bytes(18))
    one.unlink()
    found = by_file(check_batch([packed], estate))
    assert set(found) == {"包.zip!/城管/方案.json", "包.zip!/内.zip"}
    assert found["包.zip!/城管/方案.json"]["verdict"] == "通过"
    assert "压缩包内的压缩包不读取" in found["包.zip!/内.zip"]["reasons"][0]["text"]


def test_two_files_of_one_name_have_reports_of_their_own(
    estate: Estate, written: Write, tmp_path: Path
) -> None:
    written("甲/方案.json")
    written("乙/方案.json", *SCHOOL, name="学籍平台", department="甲市教育局")
    done = check_batch([tmp_path / "in"], estate, out=tmp_path / "out")
    assert [report["file"] for report in done.reports] == ["乙/方案.json", "甲/方案.json"]
    assert len(list((tmp_path / "out").glob("*/report.json"))) == 2


def test_what_is_finished_on_the_same_basis_is_not_checked_again(
    estate: Estate, written: Write, tmp_path: Path
) -> None:
    folder, out = written("一.json").parent, tmp_path / "out"
    written("二.json", *SCHOOL, name="学籍平台二", department="甲市教育局")
    first = check_batch([folder], estate, out=out)
    before = bytes_below(out)
    times = {path: path.stat().st_mtime_ns for path in out.rglob("report.json")}
    again = check_batch([folder], estate, out=out)
    assert (first.again, again.again) == (0, 2)
    assert again.to_json() == json.loads(json.dumps(first.to_json()))
    assert bytes_below(out) == before
    assert times == {path: path.stat().st_mtime_ns for path in out.rglob("report.json")}


def test_after_an_interruption_only_the_rest_is_checked(
    estate: Estate, written: Write, tmp_path: Path
) -> None:
    folder, out = written("一.json").parent, tmp_path / "out"
    written("二.json", *SCHOOL)
    written("三.json", *CARE)
    whole = bytes_below_after(estate, folder, tmp_path / "whole")

    def stop(_stage: str, done: int, _total: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        check_batch([folder], estate, out=out, told=stop)
    assert len(list(out.glob("*/report.json"))) == 2
    assert check_batch([folder], estate, out=out).again == 2
    assert bytes_below(out) == whole


def bytes_below_after(estate: Estate, folder: Path, out: Path) -> dict[str, bytes]:
    check_batch([folder], estate, out=out)
    return bytes_below(out)


def test_a_changed_file_a_changed_estate_and_half_a_report_are_checked_anew(
    estate: Estate, written: Write, tmp_path: Path
) -> None:
    folder, out = written("一.json").parent, tmp_path / "out"
    check_batch([folder], estate, out=out)
    written("一.json", *SCHOOL)
    assert check_batch([folder], estate, out=out).again == 0
    other = prepare(estate.reader, LexicalEncoder("test"), engine="2")
    assert check_batch([folder], Estate(estate.reader, other), out=out).again == 0
    (report,) = out.rglob("report.json")
    report.write_text(report.read_text("utf-8")[:-40], "utf-8")
    assert check_batch([folder], Estate(estate.reader, other), out=out).again == 0
    assert json.loads(report.read_text("utf-8"))["verdict"]


def test_what_an_earlier_batch_was_to_refuse_is_known_when_it_comes_back(
    estate: Estate, written: Write, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    old = written("旧.json", *CARE, name="养老服务管理系统", department="甲市民政局")
    written("别.json", *HEATING)
    check_batch([old.parent], estate, out=out)
    old.unlink()
    written("新.json", *CARE[::-1], name="颐康云应用", department="甲市大数据局")
    groups = check_batch([old.parent], estate, out=out).season["groups"]
    assert [(g["kind"], [m["file"] for m in g["members"]]) for g in groups] == [
        ("returned", ["新.json", "旧.json"])
    ]


def test_one_file_has_the_report_of_one_and_no_summary(
    estate: Estate, written: Write, tmp_path: Path
) -> None:
    done = check_batch([written("一.json")], estate, out=tmp_path / "out")
    assert not done.batch
    assert "reports" not in done.to_json()
    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        "report.json",
        "report.html",
        "report.docx",
    }


def test_groups_stand_beside_the_reports(estate: Estate, written: Write) -> None:
    written("一.json")
    folder = written("二.json", *HEATING[::-1], name="暖相随驾驶舱", department="甲市大数据局").parent
    told = check_batch([folder], estate).to_json()
    assert [one["file"] for one in told["reports"]] == ["一.json", "二.json"]
    (group,) = told["groups"]
    assert (group["number"], group["kind"], group["money"]) == (1, "same_need", 1_200_000)
    assert [set(m) >= {"file", "name", "department"} for m in group["members"]] == [True, True]


@pytest.fixture
def attacked(estate: Estate, written: Write, tmp_path: Path) -> Path:
    """The folder of a batch whose names are formulas and markup."""
    attack = '=HYPERLINK("http://x")<script>alert(1)</script>'
    written("=1+1.json", name=attack)
    folder = written("二.json", *HEATING[::-1], name=f"+{attack}", department="甲市大数据局").parent
    done = check_batch([folder], estate, out=tmp_path / "out")
    write_batch(done.reports, done.season, tmp_path / "out")
    return tmp_path / "out"


def test_no_text_of_the_summary_is_run(attacked: Path) -> None:
    from openpyxl import load_workbook

    book = load_workbook(attacked / "summary.xlsx")
    assert book.sheetnames == ["材料", "分组"]
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert [cell.value for cell in book["材料"]["B"]] == ["文件", "'=1+1.json", "二.json"]
    assert book["分组"].max_row == 3


def test_the_page_of_groups_runs_nothing_and_fetches_nothing(attacked: Path) -> None:
    from lxml import html

    page = html.fromstring((attacked / "groups.html").read_text("utf-8"))
    assert not page.xpath("//script | //link | //img | //@src")
    assert "HYPERLINK" in str(page.xpath("string()"))


def test_the_same_batch_gives_the_same_bytes(estate: Estate, written: Write, tmp_path: Path) -> None:
    written("一.json")
    folder = written("二.json", *HEATING[::-1], name="暖相随驾驶舱", department="甲市大数据局").parent
    made = []
    for name in ("a", "b"):
        done = check_batch([folder], estate, out=tmp_path / name)
        write_batch(done.reports, done.season, tmp_path / name)
        made.append(bytes_below(tmp_path / name))
    assert made[0] == made[1]
    assert {"summary.xlsx", "groups.json", "groups.html"} <= made[0].keys()


@pytest.mark.parametrize(
    "document", ["../../etc/passwd", "a.zip!/CON .docx", "甲\x00乙\u202e.docx", "." * 300, ""]
)
def test_a_folder_is_named_so_that_every_system_takes_it(document: str) -> None:
    name = folder_name(document)
    assert not set(name) & set('<>:"/\\|?*\x00')
    assert name.strip(" .") == name
    assert len(name.encode()) < 255
