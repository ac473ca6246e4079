"""Which delivery a row belongs to: unit and period, from the row, the titles or the caller."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.sources.base import Context
from kg.errors import ValidationError
from kg.values import parse_date, parse_period

UNIT_TITLE = re.compile(
    r"(?:填报|报送|上报|申报)单位\s*(?:[（(](?:盖章|公章)[）)])?\s*[:：]\s*([^\s:：（(，,；;]+)"
)
PERIOD_TITLE = re.compile(
    r"(?:填报周期|填报期|普查批次|统计期|普查年度|填报时间|报送时间)\s*[:：]\s*([^\s，,；;]+)"
)
PERIOD_IN_TITLE = re.compile(r"((?:19|20)\d{2}\s*年(?:度|上半年|下半年|第[一二三四]季度)?)")


@dataclass(frozen=True, slots=True)
class Reported:
    """Reporting unit, period and date of a row's delivery; unit and period None when unknown."""

    unit: str | None
    period: str | None
    said_on: str

    def key(self, source: str, document: str) -> str:
        """The delivery's key: unit and period where both are known, else the document."""
        if self.unit and self.period:
            return f"{source}:{self.unit}:{self.period}"
        return f"{source}:{document}"


def reported(context: Context, titles: Sequence[str], *, unit: str = "", period: str = "") -> Reported:
    """Who reported a row for which period; the row's own cells come first, then titles, folder, caller.

    What the caller names outranks all. The date is the caller's, else the period's end, else today.
    """
    title = "\n".join(titles)
    stated_unit = context.reporter or unit or _found(UNIT_TITLE, title)
    stated_period = context.period or period or _found(PERIOD_TITLE, title) or _found(PERIOD_IN_TITLE, title)
    canonical = _period(stated_period)
    end = canonical.split("/")[1] if canonical else ""
    return Reported(stated_unit or None, canonical or None, context.dated or end or context.today)


def _found(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return found[1].strip() if found else ""


def _period(text: str) -> str:
    if not text:
        return ""
    try:
        start, end = parse_period(text)
    except ValidationError:
        try:
            start = end = parse_date(text)
        except ValidationError:
            return ""
    return f"{start}/{end}"
