"""One person's visit: a fresh profile that notes every request, every complaint and every script error."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

DESK = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 844}
PATIENCE = 120_000
"""Milliseconds; the first check of a server waits for its overlaps."""


@dataclass
class Visit:
    """The page, and what happened on it."""

    page: "Page"
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def leave_the_host(self, base: str) -> list[str]:
        """Requests to anywhere else."""
        return [url for url in self.requests if not url.startswith((base + "/", "data:", "blob:"))]


@contextmanager
def visit(browser: "Browser", *, scripts: bool = True, size: dict[str, int] | None = None) -> Iterator[Visit]:
    context = browser.new_context(
        locale="zh-CN",
        java_script_enabled=scripts,
        viewport=size or DESK,  # type: ignore[arg-type]  # a dictionary of its form
        accept_downloads=True,
    )
    context.set_default_timeout(PATIENCE)
    made = Visit(context.new_page())
    context.on("request", lambda request: made.requests.append(request.url))
    made.page.on("pageerror", lambda error: made.complaints.append(str(error)))
    made.page.on(
        "console",
        lambda said: made.complaints.append(said.text) if said.type in {"error", "warning"} else None,
    )
    yield made
    context.close()


def accessibility(page: "Page", *, leaving_out: str = "") -> list[str]:
    """What axe finds wrong: rule, how grave, and the first place; `leaving_out` is a part of the page."""
    page.evaluate(files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8"))
    scope: Any = {"exclude": [[leaving_out]]} if leaving_out else {}
    found = page.evaluate("scope => axe.run(Object.keys(scope).length ? scope : document)", scope)
    return [f"{one['id']} ({one['impact']}): {one['nodes'][0]['html'][:200]}" for one in found["violations"]]
