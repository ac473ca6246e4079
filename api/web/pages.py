"""The pages: the estate in numbers, search, one entity with its evidence, impact, overlaps, the check."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, UploadFile
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.concurrency import run_in_threadpool

from api.reports.page import report_page
from api.reports.words import kind
from api.routers.checks import shelf
from api.uploads import judged
from api.wiring import Reader, Ready
from kg.errors import KgError, NotFoundError
from kg.model import Direction, EntityId
from kg.ontology import load_ontology
from kg.store.base import GraphReader
from queries.dependencies import Question, dependencies
from queries.entity import Shown, show
from queries.places import place_in_words
from queries.search import search

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
TEMPLATES = Environment(
    loader=PackageLoader("api.web", "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
TEMPLATES.filters["kind"] = kind
TEMPLATES.filters["place"] = place_in_words


def page(name: str, **values: Any) -> HTMLResponse:
    """One page from its template."""
    return HTMLResponse(TEMPLATES.get_template(name).render(**values))


@router.get("/")
def home(ready: Ready) -> HTMLResponse:
    """The estate in numbers."""
    numbers = ready.inventory()
    types = load_ontology().entity_types
    counts = [(types[t].label.zh, numbers.counts[t], t) for t in types if numbers.counts.get(t)]
    return page("home.html", numbers=numbers, counts=counts)


@router.get("/search")
def search_page(reader: Reader, q: Annotated[str, Query(max_length=200)] = "") -> HTMLResponse:
    """Hits of a search."""
    found = search(reader, q, entity_type=None, limit=50).items if q.strip() else ()
    labels = {name: known.label.zh for name, known in load_ontology().entity_types.items()}
    return page("search.html", q=q, hits=found, labels=labels)


@router.get("/entity/{entity_id:path}")
def entity_page(reader: Reader, entity_id: str) -> Response:
    """One entity: values with their sources, and its relations."""
    canonical = reader.canonical(EntityId(entity_id))
    if canonical != entity_id:
        return RedirectResponse(f"/entity/{canonical}", status_code=308)
    shown = show(reader, canonical)
    return page("entity.html", entity=shown.entity, values=_values(shown), links=_links(shown))


def _values(shown: Shown) -> list[tuple[str, str, list[str]]]:
    """Label, value and sources of each property."""
    declared = load_ontology().entity_types[shown.entity.type].properties
    rows = []
    for name, value in sorted(shown.entity.properties.items()):
        label = declared[name].label.zh if name in declared else name
        said = [c for c in shown.entity.claims if c.properties.get(name) == value] or shown.entity.claims
        sources = [f"{c.document} {place_in_words(c.place)}" for c in said]
        rows.append(
            (
                label,
                "、".join(value) if isinstance(value, tuple) else str(value),
                list(dict.fromkeys(sources)),
            )
        )
    return rows


def _links(shown: Shown) -> list[tuple[str, list[tuple[str, str, list[str]]]]]:
    """Relations grouped by their label as read from this end: id, name and sources of the other end."""
    groups: dict[str, list[tuple[str, str, list[str]]]] = {}
    types = load_ontology().relation_types
    for link in shown.links:
        known = types[link.relation.type]
        label = known.label.zh if link.direction is Direction.OUT else known.inverse.zh
        other = link.other
        if other is not None:
            sources = [f"{c.document} {place_in_words(c.place)}" for c in link.relation.claims]
            groups.setdefault(label, []).append((other.id, other.name, list(dict.fromkeys(sources))))
    return sorted(groups.items())


@router.get("/impact/{entity_id:path}")
def impact_page(reader: Reader, ready: Ready, entity_id: str) -> HTMLResponse:
    """Who is affected when the entity changes or fails."""
    question = Question(Direction.IN, None, False)  # noqa: FBT003 - facts only
    found = dependencies(reader, EntityId(entity_id), snapshot=ready.snapshot(), question=question)
    return page("impact.html", found=found.to_json(), name_of=_names(reader, found.to_json()))


def _names(reader: GraphReader, found: dict[str, Any]) -> dict[str, str]:
    ids = {
        EntityId(step[end])
        for item in found["items"]
        for step in item["path"]
        for end in ("source", "target")
    }
    return {str(i): entity.name for i, entity in reader.get(sorted(ids)).items()}


@router.get("/overlaps")
def overlaps_page(ready: Ready) -> HTMLResponse:
    """The best pairs of overlapping systems."""
    return page("overlaps.html", overlaps=ready.overlaps()[:100])


@router.get("/check")
def check_page() -> HTMLResponse:
    """The upload form."""
    return page("check.html", error="")


@router.post("/check")
async def check_upload(request: Request, ready: Ready, file: UploadFile) -> Response:
    """Judges the uploaded file and leads to its report."""
    try:
        report = await run_in_threadpool(judged, file.file, file.filename or "", ready=ready)
    except KgError as error:
        return page("check.html", error=str(error))
    return RedirectResponse(f"/check/{shelf(request).keep(report)['id']}", status_code=303)


@router.get("/check/{check_id}")
def report(request: Request, check_id: str) -> HTMLResponse:
    """A decision paper. Raises: NotFoundError."""
    found = shelf(request).get(check_id)
    if found is None:
        raise NotFoundError(f"没有编号为 {check_id[:40]} 的报告")
    return HTMLResponse(report_page(found))


@router.get("/docs")
def docs(request: Request) -> HTMLResponse:
    """The HTTP interface, route by route, from its own description."""
    return page("docs.html", description=request.app.openapi())
