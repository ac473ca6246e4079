"""Finds standards, and the titles of documents, in which no names of things stand."""

import re
from collections.abc import Iterator

from ingest.extract.mentions import mention
from ingest.extract.model import Label, Mention
from ingest.extract.words import Words

_CODED = (
    r"(?:(?:GB|DB\d{2,6}|YD|GA|GM|WS|JR|AQ|NY|JT|MZ|LY|CJ|JGJ|DL|TD|CH|SF|WH|XF|YY|SB|HJ|LS|QX|SL)(?:/[TZ])?|[A-Z]{2,3}/[TZ]|T/[A-Z]{2,8})"
    r" ?\d{3,6}(?:\.\d{1,2})?(?:[-—]\d{4})?"
)
_CODE = re.compile(rf"(?<![A-Za-z]){_CODED}")
_TITLE = re.compile(rf"《[^《》\n]{{4,40}}》(?P<code>(?:（{_CODED}）|{_CODED}))?")
_UNQUOTED = re.compile(
    rf"(?:遵循|遵照|符合|按照|依据|执行|参照|满足|达到)(?P<name>[一-龥]{{4,24}}(?:标准|规范|要求|指南)（{_CODED}）)"
)
_STANDARD_WORD = re.compile(r"规范|标准|要求|指南|导则|规程|技术")
_FOLLOWED = re.compile(
    r"(?:符合|遵循|遵照|满足|按照|依据|执行|参照|达到)[^，。；《》]{0,24}(?:《[^《》]{2,40}》[、和及与]?){0,6}$"
)
_STANDARD_REACH = 60


def standards(words: Words) -> Iterator[Mention]:
    """Yields coded standards, and normative documents with a code or told to be followed."""
    text = words.text
    for hit in _TITLE.finditer(text):
        followed = _STANDARD_WORD.search(hit.group()) and _FOLLOWED.search(
            text, max(0, hit.start() - _STANDARD_REACH), hit.start()
        )
        if hit["code"] or followed:
            yield mention(text, hit.span(), Label.STANDARD, rule="standard.title")
    for pattern, group in ((_UNQUOTED, "name"), (_CODE, 0)):
        for hit in pattern.finditer(text):
            yield mention(text, hit.span(group), Label.STANDARD, rule="standard.code")


def titles(text: str) -> frozenset[int]:
    """Returns the places inside 《》, where the names of documents stand and no names of things."""
    return frozenset(at for hit in _TITLE.finditer(text) for at in range(hit.start() + 1, hit.end()))
