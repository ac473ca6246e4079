"""Every page in Chromium: accessible to all, quiet, and asking nothing of anybody else."""

from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from tests.browser.conftest import HOSTILE, ODD, Site
from tests.browser.visiting import DESK, PHONE, accessibility, visit

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.slow
Id = Callable[[str], str]
PAGES = [
    "/",
    "/list/System",
    "/list/Organization",
    "/search",
    "/search?q=养老",
    "/search?q=没有这样的东西",
    "/overlaps",
    "/recommend?text=给群众发短信提醒、统一登录",
    "/check",
    "/docs",
    "/login",
    "/nowhere",
    "/entity/{示例省统一身份认证平台}",
    "/impact/{示例省统一身份认证平台}",
    "/depends/{云江市校园安全业务系统}",
    "/entity/{示例省大数据发展局}",
    "/overlaps?entity={云江市居家养老服务综合服务平台}",
]


@pytest.fixture(scope="module")
def address(site: Site, chromium: "Browser") -> Id:
    """The address of a page; a name in braces stands for the id of what is called so."""

    def found(path: str) -> str:
        head, brace, rest = path.partition("{")
        if not brace:
            return site.url + path
        name = rest.rstrip("}")
        with visit(chromium) as made:
            made.page.goto(f"{site.url}/api/v1/search?q={quote(name)}")
            hits = made.page.evaluate("JSON.parse(document.body.innerText).items")
        return f"{site.url}{head}{quote(hits[0]['id'], safe='')}"

    return found


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_a_page_is_accessible_and_asks_nothing_of_others(
    site: Site, chromium: "Browser", address: Id, path: str, size: dict[str, int]
) -> None:
    with visit(chromium, size=size) as made:
        made.page.goto(address(path))
        assert accessibility(made.page) == []
        assert made.leave_the_host(site.url) == []
        assert [said for said in made.complaints if "404 (Not Found)" not in said or path != "/nowhere"] == []
        wide = made.page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, "the page is wider than the window"


@pytest.mark.parametrize("path", PAGES)
def test_a_page_works_without_scripts(site: Site, chromium: "Browser", address: Id, path: str) -> None:
    target = address(path)
    with visit(chromium, scripts=False) as made:
        made.page.goto(target)
        assert made.page.locator("h1").inner_text().strip()
        assert made.page.locator("script").count() == 0


@pytest.mark.parametrize(
    "path", ["/", "/search?q=养老", "/overlaps", "/check", "/entity/{示例省统一身份认证平台}"]
)
def test_everything_on_a_page_is_reached_by_keyboard(
    site: Site, chromium: "Browser", address: Id, path: str
) -> None:
    with visit(chromium) as made:
        page = made.page
        page.goto(address(path))
        wanted = page.evaluate(
            """() => [...document.querySelectorAll('a[href],button,input,select,textarea,summary')]
            .filter(e => e.type !== 'hidden' && e.checkVisibility())
            .map((e, n) => (e.dataset.tested = n, n))"""
        )
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        reached = []
        for _ in range(len(wanted) + 5):
            reached.append(page.evaluate("Number(document.activeElement.dataset.tested ?? -1)"))
            outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert reached[-1] < 0 or outline != "none", "the focus is not seen"
            page.keyboard.press("Tab")
        assert set(wanted) <= set(reached)


def test_a_search_by_keyboard_alone_leads_to_the_evidence(site: Site, chromium: "Browser") -> None:
    with visit(chromium) as made:
        page = made.page
        page.goto(site.url)
        page.get_by_label("搜索系统、组件、单位").focus()
        page.keyboard.type("统一身份认证平台")
        page.keyboard.press("Enter")
        page.wait_for_url("**/search?q=*")
        page.get_by_role("link", name="示例省统一身份认证平台", exact=True).focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**/entity/*")
        assert "可复用组件目录.xlsx" in page.locator("main").inner_text()


def test_a_page_prints_without_its_navigation(site: Site, chromium: "Browser") -> None:
    with visit(chromium) as made:
        made.page.goto(f"{site.url}/overlaps")
        made.page.emulate_media(media="print")
        assert not made.page.locator("header.top").is_visible()
        assert made.page.locator("table").first.is_visible()


@pytest.mark.parametrize(
    "path", ["/entity/hostile", "/impact/hostile", "/search?q=img", "/list/System?cursor=h"]
)
def test_no_word_of_the_data_runs_or_becomes_an_element(site: Site, chromium: "Browser", path: str) -> None:
    with visit(chromium) as made:
        made.page.goto(site.url + path)
        assert HOSTILE in made.page.locator("main").inner_text()
        assert made.page.title() != "owned"
        assert made.page.locator("img").count() == 0
        assert made.complaints == []


def test_an_id_of_any_signs_keeps_its_address(site: Site, chromium: "Browser") -> None:
    with visit(chromium) as made:
        page = made.page
        page.goto(f"{site.url}/search?q=编号特别的系统")
        page.get_by_role("link", name="编号特别的系统", exact=True).click()
        assert page.locator("code").inner_text() == ODD
        page.get_by_role("link", name="它依赖什么").click()
        assert "编号特别的系统的依赖" in page.locator("h1").inner_text()
        page.goto(f"{site.url}/api/v1/entities/{quote(ODD, safe='')}")
        assert page.evaluate("JSON.parse(document.body.innerText).id") == ODD


def test_requests_can_be_tried_in_the_browser(site: Site, chromium: "Browser") -> None:
    with visit(chromium) as made:
        page = made.page
        page.goto(f"{site.url}/docs/try")
        page.locator(".opblock-summary-path", has_text="/health").click()
        page.get_by_role("button", name="Execute").click()
        page.locator(".responses-table.live-responses-table").wait_for()
        assert '"status": "ok"' in page.locator(".live-responses-table").inner_text()
        assert accessibility(page, leaving_out="#try") == []
        assert made.leave_the_host(site.url) == []
        assert made.complaints == []


def test_without_scripts_the_page_to_try_leads_to_the_page_to_read(site: Site, chromium: "Browser") -> None:
    with visit(chromium, scripts=False) as made:
        made.page.goto(f"{site.url}/docs/try")
        made.page.locator("noscript a, p.error a").first.click()
        assert made.page.url == f"{site.url}/docs"
