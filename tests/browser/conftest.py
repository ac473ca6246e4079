"""A real Chromium before a real `kg serve` on the sample estate; nothing else can be reached."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.error import URLError

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).resolve().parents[2]
KEY = "一把只在测试里用的密钥"
HOSTILE = "<img src=x onerror=document.title='owned'><script>document.title='owned'</script>"
ODD = "系统/50%2F?a#b"
NOWHERE = [
    "--no-sandbox",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    "--proxy-server=http://127.0.0.1:9",
]
"""Every name is unknown and every other address goes to a port where nobody listens."""


@dataclass(frozen=True)
class Site:
    """Where the server answers."""

    url: str


def kg(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-c", "from api.cli import main; main()", *map(str, arguments)]


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("browser")
    hostile = folder / "hostile.jsonl"
    rows = [
        {"kind": "entity", "id": "hostile", "type": "System", "name": HOSTILE},
        {"kind": "entity", "id": ODD, "type": "System", "name": "编号特别的系统"},
        {"kind": "relation", "source": ODD, "type": "DEPENDS_ON", "target": "hostile"},
    ]
    hostile.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), "utf-8")
    url = f"sqlite:///{folder}/kg.db"
    command = kg("ingest", ROOT / "examples" / "estate", hostile, "--store", url)
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return url


@contextmanager
def served(store: str, *, keys: str = "") -> Iterator[Site]:
    """`kg serve` until it is no longer needed."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = os.environ | {"KG_API_KEYS": keys}
    server = subprocess.Popen(kg("serve", "--port", str(port), "--store", store), cwd=ROOT, env=environment)
    try:
        _await(f"http://127.0.0.1:{port}/static/style.css", server)
        yield Site(f"http://127.0.0.1:{port}")
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(timeout=30)


def _await(url: str, server: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + 300
    while time.monotonic() < end:
        assert server.poll() is None, "kg serve ended"
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except URLError:
            time.sleep(0.2)
    raise AssertionError("kg serve does not answer")


@pytest.fixture(scope="session")
def site(store: str) -> Iterator[Site]:
    with served(store) as found:
        yield found


@pytest.fixture(scope="session")
def locked(store: str) -> Iterator[Site]:
    with served(store, keys=KEY) as found:
        yield found


@pytest.fixture(scope="module")
def chromium() -> "Iterator[Browser]":
    from playwright.sync_api import sync_playwright

    program = shutil.which("chromium") or shutil.which("google-chrome")
    assert program, "these tests need Chromium: run `make browser`"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=NOWHERE)
        yield browser
        browser.close()
