"""What two records are compared by: words, codes, numbers and values."""

import re

CODE = re.compile(r"[a-z0-9](?:[a-z0-9]|[-/.](?=[a-z0-9]))*")
JOINTS = re.compile(r"[-/.]")
NUMBER = re.compile(r"\d+(?:\.\d+)?")
NOT_A_NUMBER = re.compile(r"[^\d.]")
SHORTEST, SHORTEST_DIGITS, LONGEST_VALUE = 4, 5, 14


def codes(text: str) -> frozenset[str]:
    """Model numbers and codes: letters with digits of four and more signs, digits alone of five and more.

    A code with joints (ps-lx350h) counts whole and in its parts.
    """
    found = set[str]()
    for token in CODE.findall(text):
        found.update(part for part in (JOINTS.sub("", token), *JOINTS.split(token)) if _is_code(part))
    return frozenset(found)


def numbers(text: str) -> frozenset[str]:
    """Every number in a text, as written."""
    return frozenset(NUMBER.findall(text))


def value(text: str) -> float | None:
    """The one number that a cell says; None where it says none, or much else."""
    if len(text) > LONGEST_VALUE or not any(c.isdigit() for c in text):
        return None
    try:
        return float(NOT_A_NUMBER.sub("", text))
    except ValueError:
        return None


def _is_code(part: str) -> bool:
    if len(part) < SHORTEST or not any(c.isdigit() for c in part):
        return False
    return any(c.isalpha() for c in part) or len(part) >= SHORTEST_DIGITS
