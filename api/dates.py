"""Dates that callers give."""

import re
from datetime import date

from kg.errors import ValidationError


def iso_date(text: str) -> str:
    """The same date when it is a day of the calendar, as 2024-12-31. Raises: ValidationError."""
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
            return date.fromisoformat(text).isoformat()
    except ValueError:
        pass
    raise ValidationError(f"日期应写作 2024-12-31，而不是「{text}」")
