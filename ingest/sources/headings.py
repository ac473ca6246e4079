"""Headers by the words inside them: which field a header means that is no alias of any."""

import re
from collections.abc import Iterator, Sequence

from pydantic import BaseModel, ConfigDict, Field

CONJUNCTION = re.compile(r"(?<!涉)及(?!时)|(?<!参)与|和|或|[、/／;；,，+＋&]")
"""What joins the parts of a header that names several things; 涉及, 及时 and 参与 are words."""
QUESTION = re.compile(r"是否|有无|能否")
FIGURES = re.compile(r"\d{2}|[。！？]")
"""What no header holds beside its words: a longer figure, the end of a sentence."""


class Head(BaseModel):
    """One way to word a field: a word of `words` in the header, beside one of `beside` where any are named.

    `beside` stands in order of preference: of two columns that mean the field the better one is read.
    `asked` headers may be questions (是否接入共享平台): their cells answer with names.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    field: str
    words: tuple[str, ...] = Field(min_length=1)
    beside: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    asked: bool = False

    def fit(self, header: str) -> tuple[int, int, int] | None:
        """End and length of the last word found and the place of what stands beside it; None when unfit."""
        found = [(at + len(word), len(word)) for word in self.words if (at := header.rfind(word)) >= 0]
        if not found or any(word in header for word in self.without):
            return None
        if not self.beside:
            return (*max(found), 0)
        places = [number for number, word in enumerate(self.beside) if word in header]
        return (*max(found), places[0]) if places else None


def parts_of(header: str) -> Iterator[str]:
    """The parts of a header that joins several things (主要功能及建设内容); nothing for one thing."""
    parts = [part for part in CONJUNCTION.split(header) if part]
    if len(parts) > 1:
        yield from parts


def headed(header: str, heads: Sequence[Head], *, never: Sequence[str]) -> tuple[str, int] | None:
    """The field that the last telling word of a header means, and its place in the order of preference.

    In Chinese the head of a compound stands last: 系统功能建设单位 is a unit. Of words that end at one place
    the longer one tells, then the earlier rule. None for headers holding a word of `never`.
    """
    if FIGURES.search(header) or any(word in header for word in never):
        return None
    asked = bool(QUESTION.search(header))
    fits = [
        (fit[0], fit[1], -number, head.field, fit[2])
        for number, head in enumerate(heads)
        if (head.asked or not asked) and (fit := head.fit(header)) is not None
    ]
    if not fits:
        return None
    *_, field, place = max(fits)
    return field, place
