"""Stores of the graph: one port, several backends, chosen by URL."""

from kg.store.opening import open_console, open_store

__all__ = ["open_console", "open_store"]
