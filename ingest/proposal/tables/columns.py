"""What the columns of a table hold, told by its header of one or two rows."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from ingest.documents.blocks import Row
from ingest.proposal.wording import any_of, facts, tables
from kg.text import simplify

LEVELS = ("system", "module", "function")
NAMES = (*LEVELS, "name", "cost")
"""Kinds of columns that name the thing of a row, the outermost first."""
LONGEST = 20
"""Signs of a header cell; longer ones are content."""
LOOSE = 2
"""Signs that may follow the telling word of a header cell."""
BRACKETS = re.compile(r"[（(【\[][^）)】\]（(【\[]{0,40}[）)】\]]")
UNIT = re.compile(r"(百万元|千万元|亿元|万元|千元|万|元)")
FIGURE = re.compile(r"[\d,，.\s%]+(?:亿元|万元|元|万)?")


@dataclass(frozen=True, slots=True)
class Header:
    """Kinds by column, the unit of money by column ("" when not told), how many rows it takes, and how many
    of its headings speak of functions in so many words.
    """

    kinds: dict[int, str]
    units: dict[int, str]
    depth: int = 1
    functional: int = 0

    def of(self, *kinds: str) -> list[int]:
        """The columns of the kinds, kinds in the order given, columns from the left."""
        return [column for kind in kinds for column in sorted(self.kinds) if self.kinds[column] == kind]

    @property
    def amount(self) -> int | None:
        """The column of the money of a row, None when there is none."""
        return next(iter(self.of("amount")), None)


def squeezed(text: str) -> str:
    """A cell without white space, widths made plain."""
    return "".join(simplify(unicodedata.normalize("NFKC", text)).split())


def unit_of(text: str) -> str:
    """The unit of money that a header or caption names, "" when none."""
    found = UNIT.search(squeezed(text).replace("单元", ""))
    return found[1] if found else ""


def header_at(rows: Sequence[Row], index: int) -> Header | None:
    """The header that starts at a row; None when the row is none."""
    first = _texts(rows[index])
    if not _is_header(first):
        return None
    kinds = {column: kind for column, text in first.items() if (kind := kind_of(text))}
    second = _texts(rows[index + 1]) if index + 1 < len(rows) else {}
    if not _continues(first, second, rows[index]):
        return _named(first, {}, kinds, depth=1)
    lower = {column: kind for column, text in second.items() if (kind := kind_of(text))}
    return _named(first, second, kinds | lower, depth=2)


def _texts(row: Row) -> dict[int, str]:
    """The cells of a row that say something, by column."""
    return {column: text for column, cell in enumerate(row.cells) if (text := squeezed(cell))}


def _is_header(texts: dict[int, str]) -> bool:
    """Whether a row names columns: short words, no figures, most of them known, one naming what a row is."""
    if len(set(texts.values())) < 2 or any(len(BRACKETS.sub("", t)) > LONGEST for t in texts.values()):
        return False
    if any(FIGURE.fullmatch(text) for text in texts.values()) or _is_pair(list(texts.values())):
        return False
    known = {text: kind for text in texts.values() if (kind := kind_of(text))}
    telling = any(kind in (*NAMES, "foreign", "partner") for kind in known.values())
    exact = sum(_is_all_heading(text) for text in known)
    return telling and exact > 1 and len(known) * 2 >= len(set(texts.values()))


@cache
def _heading_words() -> re.Pattern[str]:
    words = [word for words in tables().columns.values() for word in words]
    return any_of((*words, *tables().affixes))


def _is_all_heading(text: str) -> bool:
    """Whether a cell is made of heading words alone, so that 水位监测功能 is content and 功能名称 is not."""
    return not _heading_words().sub("", BRACKETS.sub("", text).lower())


def _is_pair(texts: list[str]) -> bool:
    """Whether the cells are labels of facts, beside their values or all above them, rather than headings."""
    labels = [is_label(text) for text in texts]
    mostly = 0 < len(labels[::2]) <= 2 * sum(labels[::2])
    beside = mostly and not any(labels[1::2]) and not all(map(_is_all_heading, texts[1::2]))
    return all(labels) or beside


@cache
def _labels() -> frozenset[str]:
    return frozenset(squeezed(word).lower() for words in facts().facts.values() for word in words)


def is_label(text: str) -> bool:
    """Whether a cell is the label of a fact of the head."""
    return BRACKETS.sub("", squeezed(text)).rstrip("：:").lower() in _labels()


def _continues(first: dict[int, str], second: dict[int, str], row: Row) -> bool:
    """Whether the second row goes on with the header: it divides merged headings or repeats them."""
    divided = [column for column in second if column in row.across or second[column] != first.get(column)]
    if not divided or not row.across or any(FIGURE.fullmatch(text) for text in second.values()):
        return False
    return all(len(text) <= LONGEST and kind_of(text) is not None for text in (second[c] for c in divided))


def _named(first: dict[int, str], second: dict[int, str], kinds: dict[int, str], *, depth: int) -> Header:
    units = {c: unit_of(second.get(c, "")) or unit_of(first.get(c, "")) for c in kinds}
    functional = sum(_is_functional(second.get(c, first.get(c, "")), kind) for c, kind in kinds.items())
    return Header(_one_amount(first | second, kinds), units, depth, functional)


def _is_functional(text: str, kind: str) -> bool:
    """Whether a heading names or explains functions by that word: 功能模块 and not 建设内容."""
    return kind in ("module", "function", "explain") and bool(
        any_of(tables().functional).search(text.lower())
    )


def _one_amount(texts: dict[int, str], kinds: dict[int, str]) -> dict[int, str]:
    """Of several columns of money the one of the sum stays; the others are parts of it."""
    money = [column for column, kind in kinds.items() if kind == "amount"]
    sums = [c for c in money if re.search(r"合计|小计|总|合价|total", texts.get(c, ""), re.IGNORECASE)]
    kept = (sums or money)[:1]
    return {c: "part" if kind == "amount" and c not in kept else kind for c, kind in kinds.items()}


@cache
def kind_of(text: str) -> str | None:
    """The kind of a header cell, None when unknown.

    The word that ends last tells most (功能说明 is an explanation), then the longest.
    """
    plain = BRACKETS.sub("", squeezed(text)).strip(":：").lower() or squeezed(text).lower()
    spaced = " ".join(BRACKETS.sub("", text).lower().split())
    best: tuple[int, int, str] | None = None
    for kind, words in tables().columns.items():
        for word in words:
            end = _end(word, spaced if word.isascii() else plain)
            if end is not None and (best is None or (end, len(word)) > best[:2]):
                best = (end, len(word), kind)
    return best[2] if best else None


def _end(word: str, text: str) -> int | None:
    """Where the word ends in the text, if it is its head; Latin words must stand alone."""
    if text == word:
        return len(text) + 1
    if word.isascii():
        hits = [hit.end() for hit in re.finditer(rf"(?<![a-z]){re.escape(word)}(?![a-z])", text)]
        return hits[-1] if hits else None
    found = text.rfind(word)
    end = found + len(word)
    return end if found >= 0 and len(word) > 1 and len(text) - end <= LOOSE else None
