"""The duplicate check (查重): a proposal against the estate, module by module, with rule and reason."""

from queries.check.report import Report


__all__ = ["Report"]
