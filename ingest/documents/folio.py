"""Page numbers as they are printed at the edges of pages."""

import re

PAGE_NUMBER = re.compile(
    r"^[—\-–·\s]*(?:第|page)?\s*\d{1,4}\s*(?:页|of\s*\d+)?\s*(?:[/，,]?\s*共?\s*\d+\s*页?)?[—\-–·\s]*$",
    re.IGNORECASE,
)


def is_page_number(line: str) -> bool:
    """Whether a line is a page number and nothing else: "— 3 —", "第 3 页 共 9 页", "3/9", "Page 3 of 9"."""
    return bool(PAGE_NUMBER.match(line))
