"""All pages, in the order in which addresses are tried."""

from api.web import checking, docs, entity, estate, login, reuse

PAGES = (estate.router, entity.router, reuse.router, checking.router, login.router, docs.router)
