"""From the upload of a proposal to its report, as a person does it."""

from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2
import pytest

from tests.browser.conftest import KEY, ROOT, Site
from tests.browser.visiting import accessibility, visit

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.slow
PROPOSALS = ROOT / "examples" / "proposals"


def upload(page: "Page", site: Site, file: Path) -> None:
    page.goto(f"{site.url}/check")
    page.get_by_label("申报材料").set_input_files(file)
    page.get_by_role("button", name="开始查重").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/check/*")


@pytest.mark.parametrize("scripts", ["with scripts", "without scripts"])
def test_an_upload_leads_to_the_conclusion_and_the_report(
    site: Site, chromium: "Browser", scripts: str
) -> None:
    with visit(chromium, scripts=scripts == "with scripts") as made:
        page = made.page
        upload(page, site, PROPOSALS / "1-重复建设.docx")
        assert page.locator(".verdict").inner_text() == "不予立项"
        page.get_by_role("link", name="打开完整报告").click()
        page.wait_for_url("**/report.html")
        assert page.locator(".verdict").inner_text() == "不予立项"
        assert made.leave_the_host(site.url) == []
        assert made.complaints == []


def test_conclusion_and_report_are_accessible(site: Site, chromium: "Browser") -> None:
    with visit(chromium) as made:
        upload(made.page, site, PROPOSALS / "3-重建共享组件.docx")
        assert accessibility(made.page) == []
        made.page.get_by_role("link", name="打开完整报告").click()
        made.page.wait_for_url("**/report.html")
        assert accessibility(made.page) == []


def test_word_and_data_can_be_downloaded(site: Site, chromium: "Browser") -> None:
    with visit(chromium) as made:
        upload(made.page, site, PROPOSALS / "5-全新需求.pdf")
        for name, ending, start in (("下载 Word", "docx", b"PK"), ("下载 JSON", "json", b"{")):
            with made.page.expect_download() as download:
                made.page.get_by_role("link", name=name).click()
            assert download.value.suggested_filename == f"report.{ending}"
            assert Path(download.value.path()).read_bytes().startswith(start)


def test_the_report_stands_alone_and_prints(site: Site, chromium: "Browser", tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    with visit(chromium) as made:
        upload(made.page, site, PROPOSALS / "1-重复建设.docx")
        answer = made.page.request.get(f"{made.page.url}/report.html")
        file.write_bytes(answer.body())
    with visit(chromium) as made:
        made.page.goto(file.as_uri())
        assert made.requests == [file.as_uri()]
        assert made.complaints == []
        styled = made.page.evaluate("getComputedStyle(document.querySelector('.verdict')).borderTopWidth")
        assert styled != "0px"
        printed = pypdfium2.PdfDocument(made.page.pdf(format="A4"))
    text = "".join(page.get_textpage().get_text_bounded() for page in printed)
    assert "不予立项" in text
    assert "复核依据" in text


def test_what_cannot_be_judged_is_said_on_the_page(site: Site, chromium: "Browser", tmp_path: Path) -> None:
    empty, prose = tmp_path / "空.txt", tmp_path / "说明.txt"
    empty.write_bytes(b"")
    prose.write_text("这里没有功能清单。", "utf-8")
    with visit(chromium) as made:
        made.page.goto(f"{site.url}/check")
        made.page.get_by_label("申报材料").set_input_files(empty)
        made.page.get_by_role("button", name="开始查重").click()
        assert "上传的文件是空的" in made.page.locator("main").inner_text()
        upload(made.page, site, prose)
        assert made.page.locator(".verdict").inner_text() == "未作结论"
        assert accessibility(made.page) == []


def test_a_person_logs_in_uploads_and_leaves(locked: Site, chromium: "Browser") -> None:
    with visit(chromium) as made:
        page = made.page
        page.goto(f"{locked.url}/check")
        assert page.url == f"{locked.url}/login?to=%2Fcheck"
        page.get_by_label("访问密钥").fill("错的")
        page.keyboard.press("Enter")
        assert "密钥不对" in page.get_by_role("alert").inner_text()
        assert accessibility(page) == []
        page.get_by_label("访问密钥").fill(KEY)
        page.keyboard.press("Enter")
        page.wait_for_url("**/check")
        (cookie,) = page.context.cookies()
        assert (cookie.get("httpOnly"), cookie.get("sameSite")) == (True, "Strict")
        upload(page, locked, PROPOSALS / "2-换壳申报.docx")
        assert page.locator(".verdict").inner_text()
        page.get_by_role("button", name="退出").click()
        page.goto(f"{locked.url}/overlaps")
        assert "/login" in page.url
