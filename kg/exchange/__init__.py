"""The graph in and out of files: native JSONL both ways, networkx, GraphML, GEXF and CSV."""

from kg.exchange.csv import write_csv
from kg.exchange.facts import encode_fact, parse_line
from kg.exchange.gexf import write_gexf
from kg.exchange.graphml import write_graphml
from kg.exchange.jsonl import write_jsonl
from kg.exchange.network import to_networkx

__all__ = [
    "encode_fact",
    "parse_line",
    "to_networkx",
    "write_csv",
    "write_gexf",
    "write_graphml",
    "write_jsonl",
]
