"""One drawing as one file: nothing is fetched, no word of the data becomes markup, same graph, same bytes."""

import base64
import hashlib
import json
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from api.labels import step_label, type_label
from kg.model import Entity, Modality, Relation
from queries.neighbourhood import Drawing

LIBRARY = "templates/lib/vis-9.1.2/vis-network.min.js"
SHAPES = {
    "Organization": ("box", "#e8edf3", "#5b6b7d"),
    "System": ("dot", "#2f6db5", "#1d4a80"),
    "Component": ("diamond", "#c9822b", "#8a5613"),
    "Project": ("triangle", "#6a5aa8", "#463a78"),
    "Capability": ("hexagon", "#3c8d63", "#246042"),
}
OTHER = ("dot", "#8a94a0", "#5d6670")
OPTIONS = {
    "layout": {"randomSeed": 7, "improvedLayout": False},
    "physics": {
        "solver": "forceAtlas2Based",
        "forceAtlas2Based": {"springLength": 90, "avoidOverlap": 0.4},
        "stabilization": {"iterations": 250},
    },
    "interaction": {"hover": True, "tooltipDelay": 120, "keyboard": True},
}


def drawing_page(drawing: Drawing, title: str) -> bytes:
    """The page as UTF-8."""
    nodes, edges = _network(drawing)
    data = {"nodes": nodes, "edges": edges, "options": OPTIONS}
    page = (
        _environment()
        .get_template("drawing.html")
        .render(
            title=title,
            data=data,
            drawing=drawing,
            nonce=_nonce(title, data),
            library=_library(),
            legend=_legend(drawing),
            rows=_rows(drawing),
        )
    )
    return page.encode("utf-8")


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("api.drawing", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def _library() -> Markup:
    """The drawing library as shipped with pyvis; it holds no end of a script element."""
    text = files("pyvis").joinpath(LIBRARY).read_text("utf-8")
    if "</script" in text.lower():
        raise ValueError("the library would end its own script element")
    return Markup(text)


def _nonce(title: str, data: dict[str, Any]) -> str:
    """Depends on the content alone, so that the same drawing is the same file."""
    digest = hashlib.sha256(json.dumps([title, data], sort_keys=True).encode()).digest()
    return base64.urlsafe_b64encode(digest[:18]).decode()


def _network(drawing: Drawing) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    from pyvis.network import Network  # takes over a second to import

    network = Network(directed=True, cdn_resources="in_line")
    for entity in drawing.entities:
        network.add_node(entity.id, **_node(entity))
    for relation in drawing.relations:
        network.add_edge(relation.source, relation.target, **_edge(relation))
    return network.nodes, network.edges


def _node(entity: Entity) -> dict[str, Any]:
    shape, fill, line = SHAPES.get(entity.type, OTHER)
    return {
        "label": _short(entity.name),
        "title": f"{type_label(entity.type)}：{entity.name}",
        "shape": shape,
        "color": {"background": fill, "border": line},
        "size": 16,
        "font": {"strokeWidth": 4, "strokeColor": "#ffffff", "size": 14},
    }


def _edge(relation: Relation) -> dict[str, Any]:
    planned = relation.modality is not Modality.FACT
    return {
        "title": step_label(relation.type) + ("（规划）" if relation.modality is Modality.PLAN else ""),
        "dashes": planned,
        "color": "#7d8896" if relation.type == "OWNS" else "#2f6db5",
        "arrows": "to",
    }


def _short(name: str, size: int = 14) -> str:
    return name if len(name) <= size else f"{name[: size - 1]}…"


def _legend(drawing: Drawing) -> list[tuple[str, str]]:
    present = sorted({entity.type for entity in drawing.entities})
    return [(type_label(name), SHAPES.get(name, OTHER)[2]) for name in present]


def _rows(drawing: Drawing) -> list[tuple[str, str, str]]:
    """Every relation drawn, in words: what a reader without the picture needs."""
    names = {entity.id: entity.name for entity in drawing.entities}
    return [(names[one.source], step_label(one.type), names[one.target]) for one in drawing.relations]
