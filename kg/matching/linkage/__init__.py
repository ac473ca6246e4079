"""The same record in two tables, found without labels: a scorer that trains itself on the clearest pairs."""

from kg.matching.linkage.linking import Linked, link, link_within
from kg.matching.linkage.table import Table

__all__ = ["Linked", "Table", "link", "link_within"]
