"""What of a text is no prose: addresses, paths, names of fields, code."""

import re

TOKEN = re.compile(r"\S+")
WORD = re.compile(r"\w+")
CODE = re.compile(r"`[^`\n]*`")
DOTTED = re.compile(r"\.\w")


def prose_of(text: str) -> str:
    """The text with spaces in place of addresses, paths, code and names with underscores; offsets stay.

    Takes time in proportion to the text, whatever stands in it.
    """
    plain = CODE.sub(_blank, text) if "`" in text else text
    if "_" in plain:
        plain = WORD.sub(lambda found: _blank(found) if "_" in found[0] else found[0], plain)
    if "/" in plain or "@" in plain:
        plain = TOKEN.sub(lambda found: _blank(found) if _is_address(found[0]) else found[0], plain)
    return plain


def _is_address(token: str) -> bool:
    if "://" in token:
        return True
    at = max(token.find("@"), token.find("/"))
    return at > 0 and DOTTED.search(token, at) is not None


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])
