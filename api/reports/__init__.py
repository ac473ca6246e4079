"""Decision papers: the report of a duplicate check as JSON, as a page to print, and as a Word document."""

from api.reports.writing import write_reports

__all__ = ["write_reports"]
