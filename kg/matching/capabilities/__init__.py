"""Capabilities: the functions of a whole estate in groups that mean the same, each with an id that stays."""

from kg.matching.capabilities.file import load_grouping, save_grouping
from kg.matching.capabilities.grouping import Grouping, regrouped
from kg.matching.capabilities.naming import naming
from kg.matching.capabilities.wordings import Wording, counted_wordings, folded

__all__ = [
    "Grouping",
    "Wording",
    "counted_wordings",
    "folded",
    "load_grouping",
    "naming",
    "regrouped",
    "save_grouping",
]
