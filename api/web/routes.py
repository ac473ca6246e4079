"""All pages, in the order in which addresses are tried."""

from api.web import capabilities, checking, docs, entity, estate, login, reuse

PAGES = (
    estate.router,
    entity.router,
    reuse.router,
    capabilities.router,
    checking.router,
    login.router,
    docs.router,
)
