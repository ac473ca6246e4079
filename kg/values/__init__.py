"""Money, dates, periods and standards as people write them, read into one form or refused with the reason."""

from kg.values.dates import last_day, parse_date, parse_period
from kg.values.money import parse_money
from kg.values.standards import parse_standard

__all__ = ["last_day", "parse_date", "parse_money", "parse_period", "parse_standard"]
