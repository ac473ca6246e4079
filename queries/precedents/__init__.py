"""Precedents: modules like those of a proposal in projects that were decided, and how they were decided."""

from queries.precedents.decided import Decided, Outcome
from queries.precedents.finding import Asked, find_precedents
from queries.precedents.library import Library, load_library
from queries.precedents.telling import Found, ModulePrecedents, Precedent, Unlike

__all__ = [
    "Asked",
    "Decided",
    "Found",
    "Library",
    "ModulePrecedents",
    "Outcome",
    "Precedent",
    "Unlike",
    "find_precedents",
    "load_library",
]
