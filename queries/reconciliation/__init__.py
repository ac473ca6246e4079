"""Dependencies held against what was measured: what is missing on either side, single points, cycles."""

from queries.reconciliation.report import Reconciliation, reconcile

__all__ = ["Reconciliation", "reconcile"]
