"""The graph as GraphML, for yEd, Gephi, igraph and networkx."""

from collections.abc import Iterator, Mapping
from typing import TextIO
from xml.sax.saxutils import escape, quoteattr

from kg.exchange.chosen import given_relations
from kg.exchange.flat import Flat, attributes, columns, written, xml_text
from kg.model import Entity, Relation
from kg.store.base import Counts, GraphReader

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'


def write_graphml(reader: GraphReader, out: TextIO, *, include_derived: bool = False) -> Counts:
    """Writes nodes with type, name and properties and edges with type and properties; returns their number.

    Reads the graph twice, once for the kinds of its attributes, and holds none of it in memory.
    """
    nodes = columns(reader.entities())
    edges = columns(given_relations(reader, include_derived=include_derived))
    out.write(HEAD)
    out.writelines(_keys("node", nodes))
    out.writelines(_keys("edge", edges))
    out.write('<graph edgedefault="directed">\n')
    counted = [0, 0]
    for counted[0], entity in enumerate(reader.entities(), start=1):
        out.write(_node(entity, nodes))
    relations = given_relations(reader, include_derived=include_derived)
    for counted[1], relation in enumerate(relations, start=1):
        out.write(_edge(relation, edges))
    out.write("</graph>\n</graphml>\n")
    return Counts(*counted)


def _keys(domain: str, names: Mapping[str, str]) -> Iterator[str]:
    for number, (name, kind) in enumerate(names.items()):
        key = quoteattr(f"{domain[0]}{number}")
        yield f'<key id={key} for="{domain}" attr.name={quoteattr(xml_text(name))} attr.type="{kind}"/>\n'


def _node(entity: Entity, names: Mapping[str, str]) -> str:
    data = _data("n", attributes(entity), names)
    return f"<node id={quoteattr(xml_text(entity.id))}>{data}</node>\n"


def _edge(relation: Relation, names: Mapping[str, str]) -> str:
    source, target = quoteattr(xml_text(relation.source)), quoteattr(xml_text(relation.target))
    return f"<edge source={source} target={target}>{_data('e', attributes(relation), names)}</edge>\n"


def _data(prefix: str, values: Mapping[str, Flat], names: Mapping[str, str]) -> str:
    keys = {name: f"{prefix}{number}" for number, name in enumerate(names)}
    return "".join(
        f'<data key="{keys[name]}">{escape(written(value), {chr(13): "&#13;"})}</data>'
        for name, value in values.items()
        if name in keys
    )
