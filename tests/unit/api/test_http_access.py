from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.graph import Graph
from api.http.sessions import LIFE, Attempts, Sessions
from api.settings import Settings

HERE = "http://127.0.0.1:8000"
LOCAL = ("127.0.0.1", 50000)
PAGE = {"Accept": "text/html"}


@pytest.fixture(scope="module")
def local(configured: Settings, graph: Graph) -> Iterator[TestClient]:
    with TestClient(create_app(configured, graph=graph), base_url=HERE, client=LOCAL) as opened:
        yield opened


@pytest.fixture
def locked(configured: Settings, graph: Graph) -> Iterator[TestClient]:
    keyed = configured.model_copy(update={"api_keys": Settings(api_keys="first,第二把").api_keys})  # type: ignore[arg-type]  # as the environment gives it
    with TestClient(
        create_app(keyed, graph=graph), base_url=HERE, client=LOCAL, follow_redirects=False
    ) as opened:
        yield opened


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost", "LOCALHOST:8000", "[::1]:8000", "127.9.9.9"])
def test_without_keys_this_machine_is_answered(local: TestClient, host: str) -> None:
    assert local.get("/api/v1/health", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "10.0.0.5:8000", "", "[", "localhost.evil"]
)
def test_without_keys_a_name_that_was_bent_to_this_machine_is_refused(local: TestClient, host: str) -> None:
    answer = local.get("/api/v1/health", headers={"Host": host})
    assert answer.status_code == 403
    assert answer.json()["status"] == 403


def test_without_keys_other_machines_are_refused(configured: Settings, graph: Graph) -> None:
    with TestClient(create_app(configured, graph=graph), base_url=HERE, client=("192.0.2.7", 1)) as client:
        assert client.get("/api/v1/systems").status_code == 403
        assert client.get("/", headers=PAGE).status_code == 403
        assert client.get("/static/style.css").status_code == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:9999"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": HERE},
    ],
)
def test_what_another_site_makes_a_browser_send_is_refused(
    local: TestClient, headers: dict[str, str]
) -> None:
    assert local.post("/api/v1/recommendations", json={"text": "短信"}, headers=headers).status_code == 403
    assert local.post("/check", files={"file": ("a.txt", b"x")}, headers=headers).status_code == 403


@pytest.mark.parametrize("headers", [{}, {"Origin": HERE, "Sec-Fetch-Site": "same-origin"}])
def test_what_this_machine_sends_itself_is_answered(local: TestClient, headers: dict[str, str]) -> None:
    assert local.post("/api/v1/recommendations", json={"text": "短信"}, headers=headers).status_code == 200


@pytest.mark.parametrize(
    "path", ["/api/v1/health", "/api/v1/openapi.json", "/api/v1/metrics", "/api/v1/nothing"]
)
def test_with_keys_set_every_route_asks_for_one(locked: TestClient, path: str) -> None:
    answer = locked.get(path)
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"]
    assert locked.get(path, headers={"X-API-Key": "wrong"}).status_code == 401
    assert locked.get(path, headers={"X-API-Key": "first"}).status_code != 401
    assert locked.get(path, headers={"Authorization": "Bearer first"}).status_code != 401


def test_keys_may_be_of_any_letters(locked: TestClient) -> None:
    headers = {b"X-API-Key": "第二把".encode()}
    assert locked.get("/api/v1/health", headers=headers).status_code == 200


def test_a_browser_is_led_to_the_login_and_back(locked: TestClient) -> None:
    asked = locked.get("/overlaps?kind=same", headers=PAGE)
    assert asked.status_code == 303
    assert asked.headers["location"] == "/login?to=%2Foverlaps%3Fkind%3Dsame"
    assert 'value="/overlaps?kind=same"' in locked.get(asked.headers["location"]).text
    entered = locked.post("/login", data={"key": "first", "to": "/overlaps?kind=same"})
    assert entered.headers["location"] == "/overlaps?kind=same"
    cookie = entered.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert locked.get("/overlaps", headers=PAGE).status_code == 200
    assert locked.get("/api/v1/health").status_code == 200
    locked.post("/logout")
    assert locked.get("/overlaps", headers=PAGE).status_code == 303


def test_a_session_is_no_way_in_for_other_sites(locked: TestClient) -> None:
    locked.post("/login", data={"key": "first"})
    foreign = {"Origin": "https://evil.example"}
    assert locked.post("/check", files={"file": ("a.txt", b"x")}, headers=foreign).status_code == 403
    assert locked.post("/login", data={"key": "first"}, headers=foreign).status_code == 403


@pytest.mark.parametrize("to", ["https://evil.example/", "//evil.example", "/\\evil.example", ""])
def test_the_login_leads_nowhere_else(locked: TestClient, to: str) -> None:
    assert locked.post("/login", data={"key": "first", "to": to}).headers["location"] == "/"


def test_too_many_wrong_keys_make_the_caller_wait(locked: TestClient) -> None:
    tried = [locked.post("/login", data={"key": f"wrong {n}"}).status_code for n in range(11)]
    assert tried == [403] * 10 + [429]
    assert locked.post("/login", data={"key": "first"}).status_code == 429
    assert locked.get("/api/v1/health", headers={"X-API-Key": "first"}).status_code == 200


@pytest.mark.parametrize("cookie", ["", "x", "9999999999.a.b", "9999999999..", "第"])
def test_a_cookie_made_elsewhere_opens_nothing(locked: TestClient, cookie: str) -> None:
    assert (
        locked.get("/api/v1/health", headers={b"Cookie": f"kg_session={cookie}".encode()}).status_code == 401
    )


def test_a_session_runs_out() -> None:
    now = 1000.0
    sessions = Sessions(clock=lambda: now)
    token = sessions.token("ab12")
    now += LIFE - 1
    assert sessions.mark(token) == "ab12"
    now += 2
    assert sessions.mark(token) == ""
    assert Sessions().mark(token) == ""


def test_attempts_are_forgiven_after_a_minute() -> None:
    now = 0.0
    attempts = Attempts(clock=lambda: now)
    for _ in range(10):
        attempts.failed("one")
    assert attempts.exhausted("one")
    assert not attempts.exhausted("another")
    now = 61.0
    assert not attempts.exhausted("one")


def test_every_answer_tells_browsers_to_run_nothing(local: TestClient) -> None:
    for path in (
        "/",
        "/api/v1/health",
        "/api/v1/entities/nothing",
        "/nowhere",
        "/docs/try",
        "/static/style.css",
    ):
        headers = local.get(path).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        # "no-referrer" would make browsers send forms with the origin "null".
        assert headers["referrer-policy"] == "same-origin"
