"""Takes back what a run wrote: the store is then as if the run had never been."""

from ingest.undo.undoing import Undone, undo

__all__ = ["Undone", "undo"]
