import asyncio
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from starlette.types import Message, Receive, Scope, Send

from api.http.limits import BodyLimits
from api.http.uploads import shown_name

PROPOSALS = Path(__file__).resolve().parents[3] / "examples" / "proposals"
SAME = PROPOSALS / "1-重复建设.docx"
PAGE = {"Accept": "text/html"}


def test_an_uploaded_proposal_gets_a_report_that_can_be_read_again(client: TestClient) -> None:
    answer = client.post("/api/v1/checks", files={"file": (SAME.name, SAME.read_bytes())})
    assert answer.status_code == 201
    assert answer.json()["verdict"] == "不予立项"
    assert answer.json()["file"] == SAME.name
    assert client.get(answer.headers["location"]).json() == answer.json()


def test_a_report_can_be_had_as_page_word_and_data(client: TestClient) -> None:
    moved = client.post(
        "/check", files={"file": (SAME.name, SAME.read_bytes())}, headers=PAGE, follow_redirects=False
    )
    assert moved.status_code == 303
    place = moved.headers["location"]
    assert "不予立项" in client.get(place).text
    page = client.get(f"{place}/report.html")
    assert "不予立项" in page.text
    assert "style-src 'sha256-" in page.headers["content-security-policy"]
    assert client.get(f"{place}/report.docx").content.startswith(b"PK")
    assert client.get(f"{place}/report.json").json()["verdict"] == "不予立项"


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("../../etc/申报.txt", "申报.txt"),
        ("C:\\Users\\张三\\申报.txt", "申报.txt"),
        ("申\u202e报\x07.txt", "申报.txt"),
        ("甲" * 500 + ".txt", "甲" * 116 + ".txt"),
    ],
)
def test_the_name_of_an_upload_is_shown_and_is_no_path(client: TestClient, sent: str, shown: str) -> None:
    assert shown_name(sent) == shown
    answer = client.post("/api/v1/checks", files={"file": (sent, b"nothing here")})
    assert answer.json()["verdict"] is None
    assert answer.json()["file"] == answer.json()["proposal"]["name"] + ".txt"


@pytest.mark.parametrize("name", ["", "..", "/", "\x00", "\u202e"])
def test_a_name_that_shows_nothing_is_a_problem(name: str) -> None:
    assert shown_name(name) == ""


def test_a_file_marked_secret_by_its_name_is_refused_unread(client: TestClient) -> None:
    answer = client.post("/api/v1/checks", files={"file": ("【机密】申报.docx", SAME.read_bytes())}).json()
    assert answer["verdict"] is None
    assert answer["candidates"] == []
    assert "国家秘密" in str(answer["reasons"])


def test_one_file_at_a_time(client: TestClient) -> None:
    two = [("file", ("a.txt", b"a")), ("file", ("b.txt", b"b"))]
    assert client.post("/api/v1/checks", files=two).status_code == 400
    assert client.post("/api/v1/checks", files={"other": ("a.txt", b"a")}).status_code == 422
    assert client.post("/api/v1/checks", data={"file": "text"}).status_code == 422
    assert client.post("/api/v1/checks", content=b"--x").status_code == 422
    assert client.post("/api/v1/checks", files={"file": ("a.txt", b"")}).status_code == 422


def test_a_person_is_told_on_the_page(client: TestClient) -> None:
    answer = client.post("/check", files={"file": ("a.txt", b"")}, headers=PAGE)
    assert answer.status_code == 422
    assert "上传的文件是空的" in answer.text


def test_a_body_that_announces_too_much_is_refused_at_once(client: TestClient) -> None:
    answer = client.post("/api/v1/checks", content=b"x", headers={"Content-Length": "999999999999"})
    assert answer.status_code == 413
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_body_that_grows_too_large_is_ended(client: TestClient) -> None:
    piece = b"x" * (1 << 20)
    answer = client.post(
        "/api/v1/recommendations",
        content=(piece for _ in range(4)),
        headers={"Content-Type": "application/json"},
    )
    assert answer.status_code == 413


def test_a_body_that_does_not_come_is_not_waited_for() -> None:
    statuses: list[int] = []

    async def reading(scope: Scope, receive: Receive, send: Send) -> None:
        while (await receive()).get("more_body"):
            pass

    async def never() -> Message:
        await asyncio.sleep(60)
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        statuses.append(message["status"])

    scope: Scope = {"type": "http", "path": "/check", "method": "POST", "headers": []}
    with pytest.raises(Exception, match="408"):
        asyncio.run(BodyLimits(reading, pause=0.02)(scope, never, send))
    assert statuses == []
