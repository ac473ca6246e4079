"""The duplicate check (查重): a proposal against the estate, module by module, with rule and reason."""

from queries.check.context import CheckContext, prepare
from queries.check.keeping import Kept
from queries.check.report import Report, Verdict
from queries.check.service import check

__all__ = ["CheckContext", "Kept", "Report", "Verdict", "check", "prepare"]
