"""The graph as GEXF 1.3, for Gephi."""

from collections.abc import Iterator, Mapping
from typing import TextIO
from xml.sax.saxutils import quoteattr

from kg.exchange.chosen import given_relations
from kg.exchange.flat import Flat, attributes, columns, written, xml_text
from kg.model import Entity, Relation
from kg.store.base import Counts, GraphReader

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<gexf xmlns="http://gexf.net/1.3" version="1.3">\n'
    '<graph defaultedgetype="directed" mode="static">\n'
)


def write_gexf(reader: GraphReader, out: TextIO, *, include_derived: bool = False) -> Counts:
    """Writes nodes labelled by name and edges labelled by type, with all properties; returns their number.

    Holds none of the graph in memory and carries no date, so equal graphs give equal files.
    """
    nodes = columns(reader.entities())
    edges = columns(given_relations(reader, include_derived=include_derived))
    out.write(HEAD)
    out.writelines(_declared("node", nodes))
    out.writelines(_declared("edge", edges))
    counted = [0, 0]
    out.write("<nodes>\n")
    for counted[0], entity in enumerate(reader.entities(), start=1):
        out.write(_node(entity, nodes))
    out.write("</nodes>\n<edges>\n")
    relations = given_relations(reader, include_derived=include_derived)
    for counted[1], relation in enumerate(relations, start=1):
        out.write(_edge(counted[1], relation, edges))
    out.write("</edges>\n</graph>\n</gexf>\n")
    return Counts(*counted)


def _declared(domain: str, names: Mapping[str, str]) -> Iterator[str]:
    yield f'<attributes class="{domain}" mode="static">\n'
    for number, (name, kind) in enumerate(names.items()):
        yield f'<attribute id="{number}" title={quoteattr(xml_text(name))} type="{kind}"/>\n'
    yield "</attributes>\n"


def _node(entity: Entity, names: Mapping[str, str]) -> str:
    head = f"<node id={quoteattr(xml_text(entity.id))} label={quoteattr(xml_text(entity.name))}>"
    return f"{head}{_values(attributes(entity), names)}</node>\n"


def _edge(number: int, relation: Relation, names: Mapping[str, str]) -> str:
    source, target = quoteattr(xml_text(relation.source)), quoteattr(xml_text(relation.target))
    head = f'<edge id="{number}" source={source} target={target} label={quoteattr(relation.type)}>'
    return f"{head}{_values(attributes(relation), names)}</edge>\n"


def _values(values: Mapping[str, Flat], names: Mapping[str, str]) -> str:
    keys = {name: number for number, name in enumerate(names)}
    rows = (
        f'<attvalue for="{keys[name]}" value={quoteattr(written(value))}/>'
        for name, value in values.items()
        if name in keys
    )
    return f"<attvalues>{''.join(rows)}</attvalues>"
