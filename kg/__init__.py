"""A knowledge graph of information systems: what exists, who says so, and what could be reused."""

from kg.store import open_store

__all__ = ["open_store"]
