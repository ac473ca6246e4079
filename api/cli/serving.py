"""Answers over HTTP: serve."""

import multiprocessing
import threading
from typing import Annotated

import typer

from api.addresses import is_local
from api.apart import begin_apart
from api.bootstrap import journal, kept_beside, ring
from api.cli.answers import print_message
from api.cli.options import Store
from api.cli.session import settings_of
from api.graph import Graph
from api.settings import Settings

IDLE = 15
"""Seconds a connection may stay open between requests."""
GRACE = 10
"""Seconds that running requests get when the server is stopped."""
YIELDING = 15
"""Niceness of the comparison of the whole estate: everybody who waits for an answer goes first."""


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("serve", help="网页与 HTTP 接口")(serve_command)


def serve_command(
    *,
    host: Annotated[
        str, typer.Option("--host", help="监听地址；非本机地址须先有密钥（kg keys add）")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="端口")] = 8000,
    store: Store = "",
) -> None:
    """Serves until interrupted; the first question finds everything prepared."""
    # The web framework is slow to import, and other commands do without.
    import uvicorn
    from threadpoolctl import threadpool_limits

    from api.app import create_app
    from api.http.judges import Judges

    settings = settings_of(store)
    if not is_local(host) and not ring(settings).keyed:
        raise typer.BadParameter(
            "监听非本机地址须先用 kg keys add 建立密钥，或设置环境变量 KG_API_KEYS", param_hint="--host"
        )
    # Many requests at a time keep the processors busy; threads inside one answer would wait for each other.
    threadpool_limits(limits=1)
    graph = Graph(settings)
    with graph.view() as view:
        view.context()
        view.snapshot()
    threading.Thread(target=_compare, args=(graph, settings), daemon=True).start()
    judges = Judges(settings, processes=settings.checks)
    judges.warm()
    if journal(settings) is None:
        print_message("注意：未设审计日志，写入和查重不留记录；请用环境变量 KG_AUDIT_FILE 指明")
    print_message(f"复用图谱：http://{host}:{port}/")
    uvicorn.run(
        create_app(settings, graph=graph, judges=judges),
        host=host,
        port=port,
        log_level="warning",
        server_header=False,
        timeout_keep_alive=IDLE,
        timeout_graceful_shutdown=GRACE,
    )


def _compare(graph: Graph, settings: Settings) -> None:
    """Finds the overlaps before anybody asks for them; what takes long runs in another process."""
    if kept_beside(settings, "overlaps"):
        apart = multiprocessing.get_context("spawn").Process(target=_keep, args=(settings,), daemon=True)
        apart.start()
        apart.join()
    with graph.view() as view:
        view.overlaps()


def _keep(settings: Settings) -> None:
    """Leaves the overlaps beside the store file."""
    begin_apart(niceness=YIELDING)
    with Graph(settings).view() as view:
        view.overlaps()
