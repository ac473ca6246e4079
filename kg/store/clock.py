"""The clock of the run table, and the day on which a person decides."""

from datetime import UTC, datetime


def today() -> str:
    """The day in UTC, ISO 8601."""
    return now()[:10]


def now() -> str:
    """The time in UTC, ISO 8601, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")
