"""Which part of the graph a caller wants drawn."""

from api.graph import View
from kg.errors import ValidationError
from kg.model import Entity
from queries.naming import meant
from queries.neighbourhood import Drawing, around, most_connected, of_department


def chosen_part(graph: View, *, root: str = "", department: str = "", depth: int = 1) -> tuple[Drawing, str]:
    """The drawing and its title; without a root the most connected things.

    Raises:
        NotFoundError: nothing has this id or name.
        ValidationError: the department is no organization.
    """
    if root:
        found = _entity(graph, root)
        return around(graph.reader, [found.id], snapshot=graph.snapshot(), depth=depth), f"{found.name}的周围"
    if department:
        unit = _entity(graph, department)
        if unit.type != "Organization":
            raise ValidationError(f"「{unit.name}」不是单位")
        drawing = of_department(graph.reader, unit.id, snapshot=graph.snapshot(), depth=depth)
        return drawing, f"{unit.name}的系统与复用"
    return most_connected(graph.reader), "系统与复用总图"


def _entity(graph: View, asked: str) -> Entity:
    found = meant(graph.reader, asked).id
    return graph.reader.get([found])[found]
