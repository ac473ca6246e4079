"""Questions to the graph in Cypher, for architects: named, documented, with parameters."""

from queries.cypher.library import Named, load_library

__all__ = ["Named", "load_library"]
