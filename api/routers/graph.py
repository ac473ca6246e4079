"""Search, entities with their evidence, relations, dependencies and impact."""

from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import JSONResponse, RedirectResponse, Response

from api.wiring import Reader, Ready
from kg.model import Direction, EntityId
from queries.dependencies import Question, dependencies
from queries.entity import show
from queries.naming import meant
from queries.search import search

router = APIRouter(tags=["graph"])
Text = Annotated[str, Query(min_length=1, max_length=200)]
Depth = Annotated[int | None, Query(ge=1, le=50)]


@router.get("/search", summary="按名称、别名或片段查找")
def search_route(
    reader: Reader,
    q: Text,
    type: Annotated[str | None, Query(max_length=40)] = None,  # noqa: A002 - the name of the parameter
    limit: Annotated[int, Query(ge=1, le=200)] = 10,
    cursor: Annotated[str | None, Query(max_length=40)] = None,
) -> dict[str, Any]:
    """Best hits first, an exact name before all others; `next` is the cursor of the following page."""
    return search(reader, q, entity_type=type, limit=limit, cursor=cursor).to_json()


@router.get("/entities/{entity_id:path}", summary="一个条目及其依据")
def entity_route(reader: Reader, entity_id: str) -> Response:
    """The entity with the claims behind every value; a merged id is redirected for ever (308)."""
    canonical = reader.canonical(EntityId(entity_id))
    if canonical != entity_id:
        return RedirectResponse(f"/api/v1/entities/{canonical}", status_code=308)
    shown = show(reader, canonical).to_json()
    return JSONResponse(shown, headers={"ETag": f'"{reader.version()}"'})


@router.get("/relations", summary="一个条目的关系")
def relations_route(reader: Reader, entity: Text) -> dict[str, Any]:
    """Every relation at the entity, with evidence."""
    shown = show(reader, meant(reader, entity).id).to_json()
    return {"items": shown["relations"], "next": None}


@router.get("/dependencies", summary="依赖什么，或被谁依赖")
def dependencies_route(
    reader: Reader,
    ready: Ready,
    entity: Text,
    direction: Direction = Direction.OUT,
    depth: Depth = None,
) -> dict[str, Any]:
    """Everything reached, each with one path and the evidence of every step."""
    question = Question(direction, depth, False)  # noqa: FBT003 - facts only
    found = dependencies(reader, meant(reader, entity).id, snapshot=ready.snapshot(), question=question)
    return found.to_json()


@router.get("/impact", summary="变更或停用会影响谁")
def impact_route(
    reader: Reader, ready: Ready, entity: Text, depth: Depth = None, *, planned: bool = False
) -> dict[str, Any]:
    """Everything affected, grouped by department; plans only when asked for."""
    question = Question(Direction.IN, depth, planned)
    found = dependencies(reader, meant(reader, entity).id, snapshot=ready.snapshot(), question=question)
    return found.to_json()
