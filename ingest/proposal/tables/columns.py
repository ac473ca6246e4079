"""What the columns of a table hold, told by its header of one or two rows."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache

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
FIGURE = re.compile(r"[\d,，.\s%]+(?:亿元|万元|元|万|人月|人天)?")
EFFORT = re.compile("人/?[月天日]")
TICK = re.compile(r"[√✓✔☑●○◎■□×✗xXyYnN/／—-]")
TRANSLATED = re.compile(r"(?<=[\u4e00-\u9fff])[A-Za-z./-]{3,}$")
"""The translation behind a heading, a label or the word of a sum (合计 Total)."""
PRESENT = re.compile(
    r"(?:现有|原有|已有|当前|目前|改造前|升级前|整合前|现状|原)(?!.*(?:改造|升级|新增)(?:功能|内容))"
)
"""What a heading begins with that tells of what exists already."""
UNITS = re.compile(r"[（(]?(?:百万元|千万元|亿元|万元|千元|元|人/?[月天日时]|工时|套|个|项|台)[)）]?")
"""Cells of a row below the headings that tells their units alone."""
SUM = re.compile(r"合计|小计|总|合价|total", re.IGNORECASE)
SEEN = 20
"""Rows below a header that are looked at."""
FIGURES = ("amount", "effort", "price", "quantity")
"""Kinds of columns that hold figures."""
HEADED = 3
"""Different headings that a row of unknown words must have to be taken for a header."""


@dataclass(frozen=True, slots=True)
class Header:
    """Kinds by column, the unit of money by column ("" when not told), how many rows it takes, and how many
    of its headings speak of functions in so many words.

    `headings` are the texts of its cells by column, `told` the kinds that its words tell, without those that
    only the looks of a column tell. `side` is the column of a label that stands beside the whole list.
    """

    kinds: dict[int, str]
    units: dict[int, str]
    depth: int = 1
    functional: int = 0
    headings: dict[int, str] = field(default_factory=dict)
    told: tuple[str, ...] = ()
    side: int | None = None

    def of(self, *kinds: str) -> list[int]:
        """The columns of the kinds, kinds in the order given, columns from the left."""
        return [column for kind in kinds for column in sorted(self.kinds) if self.kinds[column] == kind]

    @property
    def amount(self) -> int | None:
        """The column of the money of a row, None when there is none."""
        return next(iter(self.of("amount")), None)


# The cells of a wide or long table say the same over and over.
@lru_cache(maxsize=16384)
def squeezed(text: str) -> str:
    """A cell without white space, widths made plain."""
    return "".join(simplify(unicodedata.normalize("NFKC", text)).split())


def unit_of(text: str) -> str:
    """The unit of money that a header or caption names, "" when none."""
    found = UNIT.search(squeezed(text).replace("单元", ""))
    return found[1] if found else ""


def header_at(rows: Sequence[Row], index: int) -> Header | None:
    """The header that starts at a row; None when the row is none.

    One that names no thing in known words counts where its columns of figures hold figures.
    """
    first = _texts(rows[index])
    ticked = _ticked(first, rows[index + 1 : index + 1 + SEEN])
    named = {column: text for column, text in first.items() if column not in ticked}
    if not _is_header(named, top=index == 0, ticked=bool(ticked)) and not _is_headed(
        first, rows[index + 1 : index + 1 + SEEN]
    ):
        return None
    kinds = {column: kind for column, text in first.items() if (kind := kind_of(text))}
    second = _texts(rows[index + 1]) if index + 1 < len(rows) else {}
    below = rows[index + 1] if index + 1 < len(rows) else None
    if not _continues(first, second, rows[index]) and not (below and _divides(first, rows[index], below)):
        return _named(first, {}, kinds, depth=1)
    spanned = _spanned(rows[index])
    lower = {
        c: kind
        for c, text in second.items()
        if (kind := _below(text, first.get(c, ""), spanned=c in spanned))
    }
    return _named(first, second, kinds | lower, depth=2)


def _spanned(row: Row) -> set[int]:
    """The columns below a heading that spans several."""
    return {column + shift for column in row.across for shift in (-1, 0)}


def _below(text: str, above: str, *, spanned: bool) -> str | None:
    """The kind of a heading of the second row; below one of figures it is a part of them or their sum."""
    kind, upper = kind_of(text), kind_of(above)
    return upper if spanned and upper in FIGURES and kind in (None, "amount") else kind


def _texts(row: Row) -> dict[int, str]:
    """The cells of a row that say something, by column."""
    return {column: text for column, cell in enumerate(row.cells) if (text := squeezed(cell))}


def _ticked(texts: dict[int, str], below: Sequence[Row]) -> set[int]:
    """The columns that hold nothing but ticks under a heading, whatever word it is."""
    found: set[int] = set()
    for column, text in texts.items():
        cells = [one for row in below if column < len(row.cells) and (one := squeezed(row.cells[column]))]
        if cells and all(map(is_tick, cells)) and not is_tick(text) and kind_of(text) is None:
            found.add(column)
    return found


def is_tick(cell: str) -> bool:
    """Whether a cell only ticks something."""
    return bool(TICK.fullmatch(cell))


def _is_header(texts: dict[int, str], *, top: bool, ticked: bool) -> bool:
    """Whether a row names columns: short words, no figures, most of them known, one naming what a row is.

    One cell of heading words alone is enough beside columns of ticks, and at the top of a table beside others
    that have hardly a sign more.
    """
    if len(set(texts.values())) < 2 or any(len(BRACKETS.sub("", t)) > LONGEST for t in texts.values()):
        return False
    if any(FIGURE.fullmatch(text) for text in texts.values()) or _is_pair(list(texts.values())):
        return False
    known = {text: kind for text in texts.values() if (kind := kind_of(text))}
    telling = any(kind in (*NAMES, "foreign", "partner") for kind in known.values())
    exact = sum(_is_all_heading(text) for text in known)
    every = (
        top and len(set(known.values())) > 1 and all(len(_beyond(text)) <= LOOSE for text in texts.values())
    )
    every = every and len(known) == len(set(texts.values()))
    return (
        telling
        and (exact > 1 or (exact == 1 and (every or ticked)))
        and len(known) * 2 >= len(set(texts.values()))
    )


def _is_headed(texts: dict[int, str], below: Sequence[Row]) -> bool:
    """Whether a row of short words heads columns of figures that it names, though it names no thing."""
    words = list(texts.values())
    plain = all(len(text) <= LONGEST and not FIGURE.fullmatch(text) for text in words)
    kinds = [kind_of(text) for text in words]
    known = [kind for kind in kinds if kind]
    if not plain or len(set(words)) < HEADED or len(known) < 2 or _is_pair(words) or "cost" in known:
        return False
    return any(kind_of(text) in FIGURES and _has_figures(below, c) for c, text in texts.items())


def _has_figures(rows: Sequence[Row], column: int) -> bool:
    cells = [text for row in rows if column < len(row.cells) and (text := squeezed(row.cells[column]))]
    return bool(cells) and 2 * sum(bool(FIGURE.fullmatch(cell)) for cell in cells) > len(cells)


@cache
def _heading_words() -> re.Pattern[str]:
    words = [word for words in tables().columns.values() for word in words]
    return any_of((*words, *tables().affixes))


def _is_all_heading(text: str) -> bool:
    """Whether a cell is made of heading words alone, so that 水位监测功能 is content and 功能名称 is not."""
    return not _beyond(text)


def _beyond(text: str) -> str:
    """What a cell says beyond heading words."""
    return _heading_words().sub("", BRACKETS.sub("", text).lower())


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
    """Whether the second row goes on with the header: it divides merged headings, repeats them, or tells
    their units.
    """
    if second and all(UNITS.fullmatch(text) for text in second.values()):
        return True
    divided = [column for column in second if column in row.across or second[column] != first.get(column)]
    if not divided or not row.across or any(FIGURE.fullmatch(text) for text in second.values()):
        return False
    spanned = _spanned(row)
    kinds = [_below(second[c], first.get(c, ""), spanned=c in spanned) for c in divided]
    return None not in kinds and all(len(second[c]) <= LONGEST for c in divided)


def _divides(first: dict[int, str], row: Row, below: Row) -> bool:
    """Whether a row, whatever its words, only divides the merged headings above it: all others reach down
    into it.
    """
    spanned = _spanned(row)
    others = {column for column in first if column not in spanned}
    texts = [squeezed(below.cells[column]) for column in spanned if column < len(below.cells)]
    plain = all(text and len(text) <= LONGEST and not FIGURE.fullmatch(text) for text in texts)
    return bool(spanned and others) and others <= set(below.down) and plain and len(set(texts)) > 1


def _named(first: dict[int, str], second: dict[int, str], kinds: dict[int, str], *, depth: int) -> Header:
    headings = first | second
    units = {c: unit_of(second.get(c, "")) or unit_of(first.get(c, "")) for c in kinds}
    functional = sum(_is_functional(headings.get(c, ""), kind) for c, kind in kinds.items())
    wholes = {c: f"{first.get(c, '')}{second.get(c, '')}" for c in headings}
    for kind in ("amount", "effort"):
        kinds = _one(kind, wholes, kinds)
    return Header(kinds, units, depth, functional, wholes if second else first, tuple(kinds.values()))


def _is_functional(text: str, kind: str) -> bool:
    """Whether a heading names or explains functions by that word: 功能模块 and not 建设内容."""
    return kind in ("module", "function", "explain") and bool(
        any_of(tables().functional).search(text.lower())
    )


def _one(wanted: str, texts: dict[int, str], kinds: dict[int, str]) -> dict[int, str]:
    """Of several columns of one kind of figures the one of the sum stays, else the one that tells a time
    (人月 beside 功能点数); the others are parts of it.
    """
    columns = [column for column, kind in kinds.items() if kind == wanted]
    sums = [c for c in columns if SUM.search(texts.get(c, ""))]
    timed = [c for c in columns if any(unit in texts.get(c, "").lower() for unit in tables().efforts)]
    kept = (sums or timed or columns)[:1]
    return {c: "part" if kind == wanted and c not in kept else kind for c, kind in kinds.items()}


@cache
def kind_of(text: str) -> str | None:
    """The kind of a header cell, None when unknown.

    The word that ends last tells most (功能说明 is an explanation), then the longest. Where no word is known
    its unit tells (资金安排（万元）, 投入（人月）).
    """
    plain = BRACKETS.sub("", squeezed(text)).strip(":：").lower() or squeezed(text).lower()
    if PRESENT.match(plain):
        return "remark"
    spaced = " ".join(BRACKETS.sub("", text).lower().split())
    best: tuple[int, int, str] | None = None
    for kind, words in tables().columns.items():
        for word in words:
            end = _end(word, spaced if word.isascii() else plain)
            if end is not None and (best is None or (end, len(word)) > best[:2]):
                best = (end, len(word), kind)
    measured = _measured(text)
    if measured == "price" or best is None:
        return measured
    return measured if measured == "effort" and best[2] == "amount" else best[2]


def _measured(text: str) -> str | None:
    """The kind of figures that the unit in brackets tells, None without one."""
    noted = "".join(BRACKETS.findall(squeezed(text)))
    effort = bool(EFFORT.search(noted))
    if unit_of(noted):
        return "price" if effort else "amount"
    return "effort" if effort else None


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
