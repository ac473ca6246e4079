"""Finds the organ that speaks in a text (我局, 本委), which names itself in the title or under the text."""

import re
from collections.abc import Iterator, Sequence

from ingest.extract.model import Label, Mention

_SELF = re.compile(
    r"(?:(?<![一-龥])|(?<=[由经和与对向]))(?P<self>[我本](?P<last>[厅局委办署院]))(?![办直属内机信系系发])"
)
_ADDRESSED = re.compile(r"[“”]?：\s*(?:\n|$)")
_SIGNED = re.compile(r"\s*(?:（[^（）\n]{0,10}）)?\s*(?:20\d{2} ?年[\d 月日]{0,10})?\s*")
_LAST = {"委": ("委", "委员会"), "办": ("办", "办公室")}


def selves(text: str, mentions: Sequence[Mention]) -> Iterator[tuple[int, int, Mention]]:
    """Yields where the issuer speaks of itself, and the organ it is, where the text names it.

    That is the organ that signs, else the first of that last word that is not addressed (市数据局：).
    """
    organs = [item for item in mentions if item.label is Label.DEPARTMENT]
    taken = {at for item in organs for at in range(item.start, item.end)}
    known: dict[str, Mention | None] = {}
    for hit in _SELF.finditer(text) if organs else ():
        begin, end = hit.span("self")
        last = hit["last"]
        if last not in known:
            known[last] = _issuer(text, organs, _LAST.get(last, (last,)))
        organ = known[last]
        if organ is not None and taken.isdisjoint(range(begin, end)):
            yield begin, end, organ


def _issuer(text: str, organs: Sequence[Mention], ends: tuple[str, ...]) -> Mention | None:
    fitting = [item for item in organs if item.text.endswith(ends)]
    signed = [item for item in fitting[-1:] if _SIGNED.fullmatch(text, item.end)]
    first = [item for item in fitting if not _ADDRESSED.match(text, item.end)]
    return next(iter([*signed, *first]), None)
