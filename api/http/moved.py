"""Sends callers from the id of a merged entity to the id under which it is shown."""

from urllib.parse import quote, urlencode

from fastapi import Request
from fastapi.responses import RedirectResponse

from kg.model import EntityId
from kg.store.canonical import CanonicalReader


def moved_path(reader: CanonicalReader, entity_id: str, *, request: Request) -> RedirectResponse | None:
    """308 to the same route for the canonical id in the path; None when the id is canonical itself."""
    canonical = reader.canonical(EntityId(entity_id))
    if canonical == entity_id:
        return None
    route = request.scope["path"].removesuffix(entity_id)
    query = request.url.query
    return RedirectResponse(f"{route}{quote(canonical, safe='')}{'?' + query if query else ''}", 308)


def moved_query(reader: CanonicalReader, entity: str, *, request: Request) -> RedirectResponse | None:
    """308 to the same question with the canonical id as `entity`; None when the id is canonical itself."""
    canonical = reader.canonical(EntityId(entity))
    if canonical == entity:
        return None
    kept = [(name, value) for name, value in request.query_params.multi_items() if name != "entity"]
    return RedirectResponse(f"{request.scope['path']}?{urlencode([('entity', canonical), *kept])}", 308)
