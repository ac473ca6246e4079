"""Capabilities of the estate: what its systems do, how many of them, and what reviewers say of that."""

from queries.capabilities.changing import joined, named_capability, parted, renamed
from queries.capabilities.gathering import Gathered, gathered, grouped
from queries.capabilities.ledger import Capability, Ledger
from queries.capabilities.overlay import WithCapabilities

__all__ = [
    "Capability",
    "Gathered",
    "Ledger",
    "WithCapabilities",
    "gathered",
    "grouped",
    "joined",
    "named_capability",
    "parted",
    "renamed",
]
