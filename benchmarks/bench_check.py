"""Opens, checks and recommends at 20,000 systems: cold start, papers of a hundred pages, clients of a server.

Run: python -m benchmarks.bench_check [FOLDER]; the estate is generated and loaded into FOLDER where it is not
there yet (some minutes). Figures of wall time hold for a machine that does nothing else.
"""

import itertools
import json
import os
import random
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from benchmarks.bench_census import RESULTS
from benchmarks.generated_estate import generated
from benchmarks.long_papers import proposal, write_docx
from benchmarks.machine import machine
from benchmarks.measure_recommendation import needs
from benchmarks.stored_estate import SYSTEMS, write_estate
from examples.generate.vocabulary import domains

FUNCTIONS, SOURCES = 200, 14
PAPERS, CLIENTS, ROUNDS = 6, 20, 15
PAUSE = 1.0
BARS = {"check_seconds": 5.0, "recommendation_p95_ms": 300.0}
KG = [sys.executable, "-c", "from api.cli import main; main()"]
OPENED = re.compile(r"http://[\d.]+:(\d+)/")
ABSENT = (
    "需要卫星测控任务编排和轨道计算",
    "建设博物馆藏品三维数字化与修复档案",
    "需要远洋渔船配额交易",
    "希望有一个同声传译会议设备租借",
    "核电站燃料棒寿命评估",
    "需要影视剧本题材审读",
    "珊瑚礁白化遥感识别",
    "需要航空发动机叶片探伤",
    "古籍版本比对和缺字补录",
    "高铁道岔磨耗预测",
)
"""Needs for which a province's generated lines of business have nothing."""


def stored(folder: Path) -> Path:
    """The store of the estate, loaded where it is not there yet."""
    store = folder / "kg.db"
    if not store.exists():
        write_estate(folder / "files")
        _kg("ingest", str(folder / "files"), "--dated", "2026-01-01", store=store)
    return store


def papers(folder: Path) -> list[Path]:
    """Papers of a hundred pages and 200 functions, drawn from several systems each."""
    estate = sorted(generated(SYSTEMS).descriptions, key=lambda one: one.id)
    made = []
    for number in range(PAPERS):
        chosen = random.Random(number).sample(estate, SOURCES)
        functions = list(dict.fromkeys(item.text for one in chosen for item in one.items))[:FUNCTIONS]
        path = folder / f"{number:02d}.docx"
        unit = chosen[0].department
        write_docx(path, proposal(f"{chosen[0].name}{number}期建设项目", unit, functions))
        made.append(path)
    return made


def opened(store: Path) -> dict[str, float]:
    """Seconds, processor seconds and peak memory of a process that prepares the estate, or maps it."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.bench_check", "--open", str(store)],
        capture_output=True,
        text=True,
        check=True,
    )
    told: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return told


def open_once(store: Path) -> None:
    """Prints what `opened` tells."""
    from api.graph import Graph
    from api.settings import Settings

    begun, spent = time.perf_counter(), time.process_time()
    with Graph(Settings(store=f"sqlite:///{store.absolute()}")).view() as view:
        view.context()
    told = {"seconds": time.perf_counter() - begun, "processor_seconds": time.process_time() - spent}
    told["memory_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps({name: round(value, 2) for name, value in told.items()}))


@contextmanager
def served(store: Path) -> Iterator[int]:
    """The port of a server over the store, in a process of its own."""
    port = 20_000 + os.getpid() % 20_000
    command = [*KG, "serve", "--port", str(port), "--store", f"sqlite:///{store.absolute()}"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr is not None
        try:
            while not OPENED.search(line := server.stderr.readline()):
                assert line or server.poll() is None, "the server has ended"
            _answering(port)
            yield port
        finally:
            server.terminate()


def _answering(port: int) -> None:
    for _ in range(600):
        try:
            if _asked(port, "GET", "/api/v1/health")[0] == 200:
                return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError("the server does not answer")


def _asked(
    port: int, method: str, path: str, *, body: bytes = b"", media: str = "application/json"
) -> tuple[int, bytes]:
    connection = HTTPConnection("127.0.0.1", port, timeout=120)
    try:
        connection.request(method, path, body or None, {"Content-Type": media} if body else {})
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def checked(port: int, paper: Path) -> float:
    """Seconds until the report on the paper is there."""
    edge = "paper"
    head = (
        f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="{paper.name}"\r\n'
        "Content-Type: application/octet-stream\r\n\r\n"
    )
    body = head.encode() + paper.read_bytes() + f"\r\n--{edge}--\r\n".encode()
    begun = time.perf_counter()
    status, answer = _asked(
        port, "POST", "/api/v1/checks", body=body, media=f"multipart/form-data; boundary={edge}"
    )
    assert status == 201, answer[:300]
    return time.perf_counter() - begun


def fresh_needs() -> Iterator[str]:
    """Sentences that no server was told before, in this run or an earlier one: words newly put together.

    Answers are remembered and so are vectors; what is told anew is the slowest there is.
    """
    chance, told = random.Random(time.time_ns()), set[str]()
    while True:
        domain = chance.choice(domains())
        one, two = chance.sample([wording for _, wording in domain.functions], 2)
        begun = chance.choice(("需要", "拟建设", "计划开展", "希望统一")) + domain.object
        wish = chance.choice(("支持", "实现", "重点解决"))
        text = f"{begun}，{wish}{one}、{two}，第{chance.randrange(10**6)}号"
        if text not in told:
            told.add(text)
            yield text


def recommended(port: int, texts: Sequence[str], taken: list[float], *, pause: float = 0.0) -> None:
    """Asks one need after the other over one connection; adds the seconds that each took."""
    connection = HTTPConnection("127.0.0.1", port, timeout=120)
    for text in texts:
        begun = time.perf_counter()
        connection.request(
            "POST",
            "/api/v1/recommendations",
            json.dumps({"text": text}),
            {"Content-Type": "application/json"},
        )
        answer = connection.getresponse()
        answer.read()
        assert answer.status == 200
        taken.append(time.perf_counter() - begun)
        time.sleep(pause)
    connection.close()


def crowd(port: int, *, pause: float = 0.0) -> list[float]:
    """Seconds of each answer where 20 clients ask at once, each one need after the other, none told before.

    `pause` are the seconds a client takes to read an answer.
    """
    texts, taken = fresh_needs(), list[float]()
    shares = [list(itertools.islice(texts, ROUNDS)) for _ in range(CLIENTS)]
    threads = [
        threading.Thread(target=recommended, args=(port, share, taken), kwargs={"pause": pause})
        for share in shares
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return taken


def crowd_beside_checks(
    port: int, made: Sequence[Path], *, pause: float = 0.0
) -> tuple[list[float], list[float]]:
    """The same while papers are checked one after the other; and the seconds of these checks."""
    checks: list[float] = []
    done = threading.Event()

    def check_on() -> None:
        for number in range(1000):
            checks.append(checked(port, made[number % len(made)]))
            if done.is_set():
                return

    beside = threading.Thread(target=check_on)
    beside.start()
    taken = crowd(port, pause=pause)
    done.set()
    beside.join()
    return taken, checks


def answered(port: int) -> dict[str, float]:
    """Share of needs answered, how often first by a unit of that line of business, and the rate of none."""
    firsts = []
    for domain in domains():
        for text in list(needs(domain))[:3]:
            items = _recommendation(port, text)
            firsts.append(None if not items else str(items[0]["department"]).endswith(domain.department))
    given = [first for first in firsts if first is not None]
    nothing = [not _recommendation(port, text) for text in ABSENT]
    return {
        "needs": len(firsts),
        "answered": round(len(given) / len(firsts), 3),
        "first_of_a_unit_of_the_line": round(sum(given) / max(1, len(given)), 3),
        "absent_needs": len(nothing),
        "none": round(sum(nothing) / len(nothing), 3),
    }


def _recommendation(port: int, text: str) -> list[dict[str, Any]]:
    _, body = _asked(port, "POST", "/api/v1/recommendations", body=json.dumps({"text": text}).encode())
    items: list[dict[str, Any]] = json.loads(body)["items"]
    return items


def spread(seconds: Sequence[float], *, scale: float = 1.0) -> dict[str, float]:
    """Median, 95th percentile and number."""
    ordered = sorted(seconds)
    late = ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]
    return {
        "n": len(ordered),
        "p50": round(statistics.median(ordered) * scale, 2),
        "p95": round(late * scale, 2),
    }


def _kg(*arguments: str, store: Path) -> None:
    command = [*KG, *arguments, "--store", f"sqlite:///{store.absolute()}"]
    subprocess.run(command, check=True, capture_output=True)


def measured(store: Path, folder: Path) -> dict[str, Any]:
    """All figures."""
    kept = store.with_name(f"{store.name}.estate")
    made = papers(folder)
    kept.unlink(missing_ok=True)
    result: dict[str, Any] = {"prepared": opened(store), "mapped": opened(store)}
    result["kept_mb"] = kept.stat().st_size >> 20
    with served(store) as port:
        checked(port, made[0])
        crowd(port)
        result["check_seconds"] = spread([checked(port, paper) for paper in made])
        result["recommendation_ms"] = spread(crowd(port), scale=1000)
        beside, checks = crowd_beside_checks(port, made)
        result["recommendation_ms_beside_checks"] = spread(beside, scale=1000)
        result["check_seconds_beside_clients"] = spread(checks)
        paused, _ = crowd_beside_checks(port, made, pause=PAUSE)
        result["recommendation_ms_beside_checks_pausing"] = spread(paused, scale=1000)
        result["answers"] = answered(port)
    return result


def main(arguments: Sequence[str]) -> int:
    """Measures, prints and writes the result file; 1 when a bar is missed."""
    if arguments[:1] == ["--open"]:
        open_once(Path(arguments[1]))
        return 0
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(arguments[0]) if arguments else Path(scratch)
        result = measured(stored(folder), Path(scratch))
    told = {"bench": "check", "machine": machine(), "systems": SYSTEMS, "clients": CLIENTS, **result}
    told |= {"bars": BARS, "load_average": round(os.getloadavg()[0], 1)}
    (RESULTS / "check.json").write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", "utf-8")
    print(json.dumps(told, ensure_ascii=False))
    beside = told["recommendation_ms_beside_checks"]["p95"]
    late = told["check_seconds"]["p95"] > BARS["check_seconds"] or beside > BARS["recommendation_p95_ms"]
    return int(late)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
