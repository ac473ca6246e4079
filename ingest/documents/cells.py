"""Cell values as the one text they are compared by."""

import math
from datetime import date, datetime, time, timedelta

from ingest.documents.limits import limits


def cell_text(value: object) -> str:
    """12.0 → "12", dates → ISO, booleans → "是"/"否", None → "". Longer cells are cut at the limit."""
    match value:
        case None:
            return ""
        case bool():
            return "是" if value else "否"
        case float():
            return _number(value)
        case datetime():
            midnight = value.time() == time(0)
            return value.date().isoformat() if midnight else value.isoformat(" ", "seconds")
        case date() | time() | timedelta():
            return str(value)
        case _:
            return str(value).strip()[: limits().cell_chars]


def _number(value: float) -> str:
    if not math.isfinite(value):
        return ""
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    return format(value, ".15g")
