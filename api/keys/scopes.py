"""What a key opens: the four doors of the interface."""

from enum import StrEnum


class Scope(StrEnum):
    """One door; a key opens those it names and no other."""

    READ = "read"
    CHECK = "check"
    JUDGE = "judge"
    LOAD = "load"


LABELS = {
    Scope.READ: "查询和推荐",
    Scope.CHECK: "查重",
    Scope.JUDGE: "判定、更正和反馈",
    Scope.LOAD: "载入和撤销",
}
WRITES = frozenset({Scope.JUDGE, Scope.LOAD})
"""Doors behind which the graph is changed: they open to named keys only."""
EVERY = frozenset(Scope)
