"""Codes of standards in one spelling."""

import re
import unicodedata

DASHES = str.maketrans("—–－−", "----")
BODIES = "GB|GA|GM|DA|YD|CJ|CJJ|SL|WS|JT|HJ|MZ|LD|TD|SF|JR|XF|YY|NY|LY|WH|JY|CH|QX|SJ|DB\\d{2,6}"
NATIONAL = re.compile(
    rf"(?<![A-Z])(?P<body>{BODIES})[\s/-]*(?P<kind>[TZ])?[\s-]*(?P<number>\d+(?:\.\d+)*)"
    r"(?:\s*[-:]+\s*(?P<year>(?:19|20)\d{2})(?!\d))?"
)
GROUP = re.compile(
    r"(?<![A-Z/])T/(?P<body>[A-Z]{2,10})[\s-]*(?P<number>\d+(?:\.\d+)*)(?:-(?P<year>(?:19|20)\d{2}))?"
)
INTERNATIONAL = re.compile(
    r"(?<![A-Z])(?P<body>ISO/IEC|ISO|IEC|ITU-T|IEEE|RFC)[\s-]*(?P<number>[A-Z]?\.?\d+(?:[.-]\d{1,3})*)"
    r"(?:[:-](?P<year>(?:19|20)\d{2}))?"
)


def parse_standard(text: str) -> str:
    """The code of the first standard in one spelling: GB/T 40692-2021; the text itself when it holds none."""
    plain = unicodedata.normalize("NFKC", text).upper().translate(DASHES)
    for pattern in (GROUP, INTERNATIONAL, NATIONAL):
        found = pattern.search(plain)
        if found is not None:
            return _spelt(found)
    return text.strip()


def _spelt(found: re.Match[str]) -> str:
    parts = found.groupdict()
    body = f"T/{parts['body']}" if found.re is GROUP else parts["body"]
    kind = f"/{parts['kind']}" if parts.get("kind") else ""
    colon = ":" if found.re is INTERNATIONAL else "-"
    return f"{body}{kind} {parts['number']}" + (f"{colon}{parts['year']}" if parts["year"] else "")
