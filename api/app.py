"""The web application: JSON routes under /api/v1 and pages for people."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

import api
from api.bootstrap import journal, ring
from api.graph import Graph
from api.http.access import Access
from api.http.caching import engine_mark
from api.http.crowd import Crowd
from api.http.description import describe
from api.http.guard import Guard
from api.http.heads import Heads
from api.http.judges import Judges, judge_here
from api.http.limits import BodyLimits
from api.http.metrics import Measured, Metrics
from api.http.problems import handle_problems
from api.http.queue import CheckQueue
from api.http.rates import Rates
from api.http.sessions import Attempts, Sessions
from api.http.uploads import Shelf
from api.release import engine_version
from api.routers import ROUTERS
from api.settings import Settings
from api.web.routes import PAGES

FILES = Path(api.__file__).parent / "web" / "static"


def create_app(
    settings: Settings | None = None, *, graph: Graph | None = None, judges: Judges | None = None
) -> FastAPI:
    """The application over the store of the settings.

    With API keys set every route asks for one, pages for a login; without, only this machine is answered.
    Papers are checked by `judges`, in this process where there are none.
    """
    chosen = settings or Settings()
    app = FastAPI(
        title="复用图谱",
        version=engine_version(),
        description="发现重复建设，推荐可复用的系统和组件，回答影响面。",
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/v1/openapi.json",
        lifespan=_closing,
    )
    _furnish(app, chosen, graph or Graph(chosen), judges=judges)
    handle_problems(app)
    describe(app, [route for router in ROUTERS for route in router.routes])
    for router in (*ROUTERS, *PAGES):
        app.include_router(router)
    app.mount("/static", StaticFiles(directory=FILES), name="static")
    # The last added is the outermost.
    app.add_middleware(BodyLimits)
    app.add_middleware(Heads)
    app.add_middleware(
        Guard, access=app.state.access, rates=app.state.rates, local_rates=app.state.local_rates
    )
    app.add_middleware(Crowd, most=chosen.requests)
    app.add_middleware(Measured, metrics=app.state.metrics)
    return app


def _furnish(app: FastAPI, settings: Settings, graph: Graph, *, judges: Judges | None) -> None:
    """What the routes find in `app.state`."""
    app.state.settings = settings
    app.state.graph = graph
    app.state.mark = engine_mark(settings)
    app.state.shelf = Shelf()
    app.state.metrics = Metrics()
    app.state.journal = journal(settings)
    app.state.rates = Rates(settings.rate)
    app.state.local_rates = Rates(settings.local_rate)
    app.state.checks = CheckQueue(
        at_once=settings.checks, most=settings.checks_waiting, seconds=settings.check_seconds
    )
    app.state.judges = judges
    app.state.judge = judges or judge_here(graph)
    app.state.sessions = Sessions()
    app.state.attempts = Attempts()
    app.state.access = Access(ring(settings), app.state.sessions)


@asynccontextmanager
async def _closing(app: FastAPI) -> AsyncIterator[None]:
    yield
    app.state.checks.close()
    if app.state.judges:
        app.state.judges.close()
    app.state.graph.close()
