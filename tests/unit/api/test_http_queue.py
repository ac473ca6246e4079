import asyncio
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.audit.verify import read_log, verify
from api.graph import Graph
from api.http.problems import ProblemError
from api.http.queue import CheckQueue, Load
from api.http.rates import Rates
from api.settings import Settings

FILE = {"file": ("申报.txt", "某系统建设方案".encode())}
HERE = "http://127.0.0.1:8000"
LOCAL = ("127.0.0.1", 50000)


@pytest.fixture
def gate() -> Iterator[threading.Event]:
    event = threading.Event()
    yield event
    event.set()


def test_so_many_run_so_many_wait_and_the_rest_is_told_when_to_come_back(gate: threading.Event) -> None:
    queue = CheckQueue(at_once=2, most=3, seconds=30)

    async def crowd() -> list[object]:
        tasks = [asyncio.create_task(queue.run(gate.wait)) for _ in range(7)]
        while queue.load().running < 2 or queue.load().refused < 2:
            await asyncio.sleep(0.01)
        assert queue.load() == Load(running=2, waiting=3, refused=2, timed_out=0)
        gate.set()
        return list(await asyncio.gather(*tasks, return_exceptions=True))

    outcomes = asyncio.run(crowd())
    refused = [one for one in outcomes if isinstance(one, ProblemError)]
    assert outcomes.count(True) == 5
    assert [one.status_code for one in refused] == [503, 503]
    assert all(one.headers and int(one.headers["Retry-After"]) >= 1 for one in refused)
    queue.close()


def test_nobody_is_kept_longer_than_agreed_and_what_runs_keeps_its_place(gate: threading.Event) -> None:
    queue = CheckQueue(at_once=1, most=5, seconds=0.1)

    async def impatient() -> list[object]:
        return list(await asyncio.gather(*(queue.run(gate.wait) for _ in range(3)), return_exceptions=True))

    outcomes = asyncio.run(impatient())
    assert [one.status_code for one in outcomes if isinstance(one, ProblemError)] == [503] * 3
    assert queue.load() == Load(running=1, waiting=0, refused=0, timed_out=3)
    gate.set()
    assert asyncio.run(queue.run(lambda: "next")) == "next"
    queue.close()


def test_what_goes_wrong_in_the_work_is_told_to_the_caller() -> None:
    queue = CheckQueue(at_once=1, most=0, seconds=5)
    with pytest.raises(ZeroDivisionError):
        asyncio.run(queue.run(lambda: 1 // 0))
    assert asyncio.run(queue.run(lambda: 1)) == 1
    queue.close()
    assert asyncio.run(queue.run(lambda: 2)) == 2
    queue.close()


def test_a_caller_may_burst_and_then_ask_at_the_rate() -> None:
    now = 0.0
    rates = Rates(2.0, clock=lambda: now)
    assert [rates.wait("a") for _ in range(9)] == [0] * 8 + [1]
    assert rates.wait("b") == 0
    now = 0.5
    assert [rates.wait("a"), rates.wait("a")] == [0, 1]
    assert rates.refused() == 2
    now = 100.0
    assert [rates.wait("a") for _ in range(9)] == [0] * 8 + [1]


def test_a_slow_rate_says_how_long_to_wait_and_none_waits_for_nothing() -> None:
    slow = Rates(0.1, clock=lambda: 0.0)
    assert [slow.wait("a"), slow.wait("a")] == [0, 10]
    free = Rates(0.0)
    assert {free.wait("a") for _ in range(100)} == {0}


def test_too_many_requests_of_an_address_are_told_to_wait(configured: Settings, graph: Graph) -> None:
    chosen = configured.model_copy(update={"local_rate": 1.0})
    with TestClient(create_app(chosen, graph=graph), base_url=HERE, client=LOCAL) as client:
        answers = [client.get("/api/v1/systems") for _ in range(6)]
        assert [answer.status_code for answer in answers[:4]] == [200] * 4
        assert answers[-1].status_code == 429
        assert answers[-1].headers["content-type"] == "application/problem+json"
        assert int(answers[-1].headers["retry-after"]) >= 1
        page = client.get("/", headers={"Accept": "text/html"})
        assert page.status_code == 429
        assert "请求过于频繁" in page.text
        assert page.headers["retry-after"]


def test_each_key_has_its_own_rate(configured: Settings, graph: Graph) -> None:
    keyed = {"rate": 0.5, "api_keys": Settings(api_keys="one,two").api_keys}  # type: ignore[arg-type]  # as the environment gives it
    app = create_app(configured.model_copy(update=keyed), graph=graph)
    with TestClient(app, base_url=HERE, client=LOCAL) as client:
        asked = [client.get("/api/v1/systems", headers={"X-API-Key": "one"}).status_code for _ in range(3)]
        assert asked == [200, 200, 429]
        assert client.get("/api/v1/systems", headers={"X-API-Key": "two"}).status_code == 200


def test_a_server_that_is_full_refuses_checks_and_answers_questions(
    configured: Settings, graph: Graph, gate: threading.Event
) -> None:
    app = create_app(configured.model_copy(update={"checks": 1, "checks_waiting": 0}), graph=graph)
    with TestClient(app, base_url=HERE, client=LOCAL) as client, ThreadPoolExecutor(1) as other:
        busy = other.submit(asyncio.run, app.state.checks.run(gate.wait))
        while not app.state.checks.load().running:
            time.sleep(0.01)
        refused = client.post("/api/v1/checks", files=FILE)
        assert refused.status_code == 503
        assert int(refused.headers["retry-after"]) >= 1
        page = client.post("/check", files=FILE, headers={"Accept": "text/html"})
        assert page.status_code == 503
        assert "排队已满" in page.text
        assert client.get("/api/v1/systems").status_code == 200
        metrics = client.get("/api/v1/metrics").text
        assert "kg_checks_running 1" in metrics
        assert 'kg_checks_refused_total{reason="full"} 2' in metrics
        gate.set()
        assert busy.result()


def test_every_check_is_told_to_the_audit_log(configured: Settings, graph: Graph, tmp_path: Path) -> None:
    log = tmp_path / "audit.jsonl"
    app = create_app(configured.model_copy(update={"audit_file": log}), graph=graph)
    with TestClient(app, base_url=HERE, client=LOCAL) as client:
        report = client.post("/api/v1/checks", files=FILE).json()
    (told,) = read_log(log)
    assert (told["what"], told["who"], told["via"]) == ("check", "本机", "http")
    assert told["inputs"] == [report["basis"]["input_sha256"]]
    assert told["outcome"] == "无结论"
    assert "申报" not in log.read_text("utf-8")
    assert verify(log).fault is None


def test_a_check_that_cannot_be_told_is_not_given_out(
    configured: Settings, graph: Graph, tmp_path: Path
) -> None:
    app = create_app(configured.model_copy(update={"audit_file": tmp_path / "gone" / "log"}), graph=graph)
    with TestClient(app, base_url=HERE, client=LOCAL) as client:
        answer = client.post("/api/v1/checks", files=FILE)
    assert answer.status_code == 500
    assert "审计日志" in answer.json()["detail"]
    assert "verdict" not in answer.json()


def test_more_requests_than_agreed_are_told_to_come_back_and_the_watch_still_sees(
    configured: Settings, graph: Graph, gate: threading.Event
) -> None:
    app = create_app(configured.model_copy(update={"requests": 1}), graph=graph)
    entered = threading.Event()

    @app.get("/slow")
    def slow() -> bool:
        entered.set()
        return gate.wait(30)

    with TestClient(app, base_url=HERE, client=LOCAL) as client, ThreadPoolExecutor(1) as other:
        held = other.submit(client.get, "/slow")
        assert entered.wait(30)
        refused = client.get("/api/v1/systems")
        assert refused.status_code == 503
        assert refused.headers["retry-after"] == "1"
        assert refused.headers["content-type"] == "application/problem+json"
        assert client.get("/api/v1/health").status_code == 200
        gate.set()
        assert held.result().status_code == 200
        assert client.get("/api/v1/systems").status_code == 200
