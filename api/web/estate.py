"""Pages on the whole estate: its numbers, lists by type, search."""

from collections.abc import Collection
from itertools import islice
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from api.http.scopes import READING
from api.http.wiring import Reader, Ready
from api.web.rendering import page
from kg.errors import NotFoundError
from kg.model import Direction, Entity, EntityId
from kg.ontology import load_ontology
from kg.store.base import GraphReader
from queries.search import search

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse, dependencies=READING)
ROWS = 50
ASKED = ("System", "Component", "Organization", "Project", "Function", "Capability", "Standard")
"""Types that people look for by name."""
Text = Annotated[str, Query(max_length=200)]
Cursor = Annotated[str, Query(max_length=400)]


@router.get("/")
def home(request: Request, ready: Ready) -> HTMLResponse:
    """The estate in numbers."""
    numbers = ready.inventory()
    types = load_ontology().entity_types
    counts = [(types[t].label.zh, numbers.counts[t], t) for t in types if numbers.counts.get(t)]
    assets = sum(count for _, count in numbers.by_status)
    newest = ready.context().newest
    return page(request, "home.html", numbers=numbers, counts=counts, assets=assets, newest=newest)


@router.get("/list/{entity_type}")
def listing(request: Request, ready: Ready, entity_type: str, cursor: Cursor = "") -> HTMLResponse:
    """All entities of a type by id, page by page. Raises: NotFoundError for a type that is not known."""
    if entity_type not in load_ontology().entity_types:
        raise NotFoundError(f"没有「{entity_type[:40]}」这一类条目")
    after = EntityId(cursor) if cursor else None
    found = list(islice(ready.reader.entities(entity_type=entity_type, after=after), ROWS + 1))
    shown = found[:ROWS]
    return page(
        request,
        "listing.html",
        entity_type=entity_type,
        rows=shown,
        belongs=belongs(ready.reader, [one.id for one in shown]),
        total=ready.inventory().counts.get(entity_type, 0),
        further=shown[-1].id if len(found) > ROWS else "",
    )


@router.get("/search")
def search_page(
    request: Request, reader: Reader, q: Text = "", kind: Text = "", cursor: Cursor = ""
) -> HTMLResponse:
    """Hits of a search."""
    found = (
        search(reader, q, entity_type=kind or None, limit=ROWS, cursor=cursor or None) if q.strip() else None
    )
    hits = found.items if found else ()
    return page(
        request,
        "search.html",
        q=q,
        kind=kind,
        kinds=ASKED,
        hits=hits,
        belongs=belongs(reader, [hit.id for hit in hits]),
        further=found.next if found else None,
    )


def belongs(reader: GraphReader, ids: Collection[EntityId]) -> dict[EntityId, Entity]:
    """The owner of each system, and the system of each function, by id; the first where there are more."""
    found = reader.relations(ids, types=["OWNS", "PROVIDES"], direction=Direction.IN)
    ends: dict[EntityId, EntityId] = {}
    for relation in found:
        ends.setdefault(relation.target, relation.source)
    holders = reader.get(sorted(set(ends.values())))
    return {target: holders[source] for target, source in ends.items() if source in holders}
