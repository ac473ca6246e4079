"""The HTTP routes under /api/v1, one file per family."""

from api.routers import catalog, checks, decisions, graph, health, reuse, reviews

ROUTERS = (
    health.router,
    graph.router,
    catalog.router,
    checks.router,
    reuse.router,
    reviews.router,
    decisions.router,
)

__all__ = ["ROUTERS"]
