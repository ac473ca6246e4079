"""Counts what the server does, in the text format of Prometheus."""

import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from threading import Lock

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.http.queue import Load

SECONDS = (0.01, 0.05, 0.1, 0.3, 0.5, 1.0, 5.0, 30.0, 120.0)
"""Upper bounds of the histogram; bars are .05 s for lists, .1 impact, .3 recommendations, 5 checks."""
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class Metrics:
    """Requests by route and status, their duration, and checks by verdict. Safe to share between threads."""

    def __init__(self) -> None:
        self._requests: Counter[tuple[str, str, int]] = Counter()
        self._within: Counter[tuple[str, str, float]] = Counter()
        self._seconds: dict[tuple[str, str], float] = {}
        self._verdicts: Counter[str] = Counter()
        self._lock = Lock()

    def answered(self, method: str, route: str, *, status: int, seconds: float) -> None:
        """Counts one request."""
        with self._lock:
            self._requests[method, route, status] += 1
            self._seconds[method, route] = self._seconds.get((method, route), 0.0) + seconds
            self._within.update((method, route, bound) for bound in SECONDS if seconds <= bound)

    def judged(self, verdict: str | None) -> None:
        """Counts one check."""
        with self._lock:
            self._verdicts[verdict or "none"] += 1

    def text(self, facts: Mapping[str, int], *, version: int, engine: str, queue: Load, limited: int) -> str:
        """All numbers, with those of the graph, of the queue of checks and of the rate limits given."""
        with self._lock:
            requests, verdicts = sorted(self._requests.items()), sorted(self._verdicts.items())
            within, seconds = dict(self._within), dict(self._seconds)
        known = [({"type": name}, count) for name, count in sorted(facts.items())]
        asked = [({"method": m, "route": r, "status": str(s)}, count) for (m, r, s), count in requests]
        given = [({"verdict": name}, count) for name, count in verdicts]
        refused = [({"reason": "full"}, queue.refused), ({"reason": "timeout"}, queue.timed_out)]
        lines = [
            *_family("kg_info", "gauge", "Version of the engine", samples=[({"version": engine}, 1)]),
            *_family("kg_graph_version", "gauge", "Version of the graph", samples=[({}, version)]),
            *_family("kg_facts", "gauge", "Open facts by type", samples=known),
            *_family("kg_http_requests_total", "counter", "Requests answered", samples=asked),
            *_family(
                "kg_rate_limited_total", "counter", "Requests over a rate limit", samples=[({}, limited)]
            ),
            *_family("kg_checks_total", "counter", "Checks by verdict", samples=given),
            *_family("kg_checks_running", "gauge", "Checks at work", samples=[({}, queue.running)]),
            *_family("kg_checks_waiting", "gauge", "Checks in the queue", samples=[({}, queue.waiting)]),
            *_family("kg_checks_refused_total", "counter", "Checks turned away", samples=refused),
            *_histogram(requests, within, seconds),
        ]
        return "\n".join(lines) + "\n"


class Measured:
    """Counts every request of the application under the route that answered it."""

    def __init__(self, app: ASGIApp, *, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started, status = time.monotonic(), 500
        method = scope["method"] if scope["method"] in METHODS else "other"

        async def noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, noted)
        finally:
            seconds = time.monotonic() - started
            self._metrics.answered(method, _route(scope), status=status, seconds=seconds)


def _route(scope: Scope) -> str:
    """The pattern of the route, so that ids make no series of their own."""
    return getattr(scope.get("route"), "path", "other")


def _family(
    name: str, kind: str, told: str, *, samples: Iterable[tuple[Mapping[str, str], float]]
) -> list[str]:
    return [f"# HELP {name} {told}", f"# TYPE {name} {kind}", *(_line(name, *sample) for sample in samples)]


def _histogram(
    requests: Iterable[tuple[tuple[str, str, int], int]],
    within: Mapping[tuple[str, str, float], int],
    seconds: Mapping[tuple[str, str], float],
) -> Iterator[str]:
    """The time to answer by route."""
    name = "kg_http_request_seconds"
    totals: Counter[tuple[str, str]] = Counter()
    for (method, route, _), count in requests:
        totals[method, route] += count
    yield from (f"# HELP {name} Time to answer", f"# TYPE {name} histogram")
    for (method, route), total in sorted(totals.items()):
        labels = {"method": method, "route": route}
        for bound in SECONDS:
            yield _line(f"{name}_bucket", labels | {"le": str(bound)}, within.get((method, route, bound), 0))
        yield _line(f"{name}_bucket", labels | {"le": "+Inf"}, total)
        yield _line(f"{name}_sum", labels, round(seconds[method, route], 6))
        yield _line(f"{name}_count", labels, total)


def _line(name: str, labels: Mapping[str, str], value: float) -> str:
    shown = ",".join(f'{label}="{_escaped(text)}"' for label, text in labels.items())
    return f"{name}{{{shown}}} {value}" if shown else f"{name} {value}"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace('"', '\\"')
