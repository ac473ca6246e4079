"""The graph in and out of files: native JSONL both ways, networkx, GraphML, GEXF and CSV."""

from kg.exchange.facts import encode_fact, parse_line
from kg.exchange.jsonl import write_jsonl

__all__ = ["encode_fact", "parse_line", "write_jsonl"]
