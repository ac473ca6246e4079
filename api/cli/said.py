"""What a caller says of a load, checked before anything is read."""

from collections.abc import Callable

import typer

from kg.errors import ValidationError
from kg.registry import find_region, region
from kg.values import last_day, parse_date, parse_period


def said_date(text: str) -> str:
    """The day as ISO date, of a year or month the last one. Raises: BadParameter when it is no date."""
    return last_day(_read(parse_date, text)) if text else ""


def said_period(text: str) -> str:
    """The same text. Raises: BadParameter when it names no period."""
    if text:
        _read(parse_period, text)
    return text


def said_region(text: str) -> str:
    """The same text. Raises: BadParameter for a code that no division has; names may be unknown."""
    if text.isdigit() and region(text) is None:
        raise typer.BadParameter(f"没有这个区划代码：{text}")
    return text


def unknown_region(text: str) -> str | None:
    """What to tell the caller of a name that no division has; None when it is known or not given."""
    if not text or text.isdigit() or find_region(text):
        return None
    return f"区划「{text}」不在行政区划代码表中，按原文记录"


def _read(parse: Callable[[str], object], text: str) -> str:
    try:
        found = parse(text)
    except ValidationError as error:
        raise typer.BadParameter(str(error)) from error
    return str(found)
