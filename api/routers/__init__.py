"""The HTTP routes under /api/v1, one file per family."""

from api.routers import capabilities, catalog, checks, decisions, graph, health, reach, reuse, reviews

ROUTERS = (
    health.router,
    graph.router,
    reach.router,
    catalog.router,
    checks.router,
    reuse.router,
    capabilities.router,
    reviews.router,
    decisions.router,
)

__all__ = ["ROUTERS"]
