"""Questions to the graph in Cypher, for architects: named, documented, with parameters."""

from queries.cypher.library import Named, Parameter, load_library

__all__ = ["Named", "Parameter", "load_library"]
