"""Facts that a proposal states beside a label: in lines, in tables of labels and values, in sentences."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import zip_longest

from ingest.documents.blocks import BlockKind, Row
from ingest.proposal.head.known import TIES, composed, label_of
from ingest.proposal.money.figures import yuan
from ingest.proposal.sections import Placed, bare, unquoted
from ingest.proposal.tables.columns import is_label, unit_of
from ingest.proposal.tables.grids import Grid, GridKind
from ingest.proposal.tables.lines import place_of
from ingest.proposal.wording import any_of, facts, ties
from ingest.ticks import ticked
from kg.matching.proposal import Fact

BELOW = 60
"""Signs of a value that stands on the line below its label, or below a heading that is one."""
LONGEST = 200
"""Signs of a value; longer texts are chapters."""
ASIDE = 2000
"""What is added to the rank of what chapters on the present state tell."""
OTHER = re.compile(r"^([^：:，。；]{2,24})[：:](.+)$")
"""A line of one label that the pattern of all labels does not find whole (建设（使用）单位及联系人)."""
SAID = 1000
"""Rank of what sentences tell without a label."""
BLANKS = re.compile(r"^[\s_＿—\-…]+|[\s_＿…]+$")
SEAL = re.compile(r"[（(]\s*(?:盖章|公章|签章|加盖公章|签字|盖\s*章)\s*[）)]")
GAP = re.compile(r"\s{2,}|\t|\s+(?=[^\s：:，。]{2,10}[：:])")
"""What ends a value: a gap, or another label behind a space."""

PIECE = re.compile(r"\n|(?<=[。；;])\s*(?=[^：:，。；\n]{2,20}[：:])")
"""Where another label may begin within a cell."""


@dataclass(frozen=True, slots=True)
class Stated:
    """A fact with the rank of its label: 0 for the most telling wording of its kind."""

    rank: int
    fact: Fact


def labelled(blocks: Iterable[Placed], tables: Iterable[Grid]) -> Iterator[Stated]:
    """Facts of lines and sentences in order, then those of tables; `budget` values carry their unit."""
    label = ""
    for one in blocks:
        if one.block.kind is BlockKind.TABLE:
            label = ""
            continue
        told = list(_of_line(one.block.text, one.place))
        if label and not told and one.block.kind is BlockKind.PARAGRAPH and len(one.block.text) <= BELOW:
            told = list(_fact(label, one.block.text, one.place))
        yield from map(_behind, told) if _is_aside(one) else (*told, *_of_prose(one))
        label = bare(one.block.text) if label_of(bare(one.block.text)) else ""
    for grid in tables:
        yield from _of_grid(grid)


@cache
def _label() -> re.Pattern[str]:
    """A known label of a line with its bracketed note.

    Lines that a reader ran together leave no gap before a label; then it must be long and end with a colon.
    """
    every = tuple(word for words in facts().facts.values() for word in words)
    long = tuple(word for word in every if len(word) >= len("总投资") and not word.isascii())
    note = r"\s*[（(【][^）)】]{1,12}[）)】]"
    return re.compile(
        rf"(?:^|(?<=[\s，。；;、|｜（(【]))(?P<label>{any_of(every).pattern}|{composed()})"
        rf"(?P<note>{note})?\s*(?:[：:]|\s{{2,}}|\t)"
        rf"|(?<![代原非子共各])(?P<inner>{any_of(long).pattern})(?P<aside>{note})?\s*[：:]",
        re.IGNORECASE,
    )


def before_label(text: str) -> str:
    """What stands before the first label of a line; the whole line when it has none."""
    found = _label().search(text)
    return text[: found.start()].strip() if found else text


@cache
def _sentence() -> re.Pattern[str]:
    words = any_of(tuple(word for words in facts().facts.values() for word in words)).pattern
    words = f"{words}|{composed()}"
    value = r"\s*(?P<value>[^，。；;\n]{2,60})"
    told = facts().prose.replace("{label}", f"(?P<label>{words})").replace("{value}", value)
    return re.compile(rf"(?:^|(?<=[，。；;\s]))(?:其中)?{told}", re.IGNORECASE)


def _balanced(value: str) -> str:
    """A value up to the bracket that was opened before it."""
    depth = 0
    for position, char in enumerate(value):
        depth += (char in "（(【") - (char in "）)】")
        if depth < 0:
            return value[:position]
    return value


def _of_line(line: str, place: str) -> Iterator[Stated]:
    text = bare(line)
    hits = list(_label().finditer(text))
    for hit, following in zip_longest(hits, hits[1:]):
        end = following.start() if following else len(text)
        label = (hit["label"] or hit["inner"]) + (hit["note"] or hit["aside"] or "")
        value = _ended(label, text[hit.end() : end]).rstrip("，、,")
        yield from _fact(label, _balanced(GAP.split(value.strip())[0]), place)
    other = OTHER.match(text) if not hits else None
    if other and label_of(other[1]):
        yield from _fact(other[1], GAP.split(_ended(other[1], other[2]).strip())[0], place)
    if not hits:
        for hit in _sentence().finditer(text):
            yield from _fact(hit["label"], hit["value"], place)


def _ended(label: str, value: str) -> str:
    """A value up to its stop; fields of systems may list several with semicolons."""
    told = label_of(label)
    stops = r"[。\n]" if told and told.kind in TIES else r"[。；;\n]"
    return re.split(stops, value)[0]


def _is_aside(one: Placed) -> bool:
    """Whether it stands in a chapter on what exists, which may tell the facts of other projects."""
    return any(word in title for title in one.titles for word in ties().skip)


def _behind(stated: Stated) -> Stated:
    return replace(stated, rank=stated.rank + ASIDE)


def _of_prose(one: Placed) -> Iterator[Stated]:
    """Facts that sentences tell without a label."""
    for rule in facts().said:
        for hit in re.finditer(rule.pattern, one.block.text):
            yield Stated(SAID, Fact(rule.kind, " ".join(hit[1].split()), one.place))


def _of_grid(grid: Grid) -> Iterator[Stated]:
    """Labels with the value to their right; where a row is all labels, the value below."""
    if grid.kind in (GridKind.FUNCTIONS, GridKind.COSTS, GridKind.PARTNERS):
        return
    for index, row in enumerate(grid.rows):
        cells = _cells(row)
        for line in _lines(row):
            yield from _of_line(line, place_of(row)) if re.search("[：:]", line) else ()
        labels = [position for position, text in enumerate(cells) if label_of(text)]
        if len(labels) > 1 and len(labels) == len(cells) and index + 1 < len(grid.rows):
            below = _cells(grid.rows[index + 1])
            for label, value in zip(cells, below, strict=False):
                yield from _fact(label, value, place_of(grid.rows[index + 1]))
            continue
        for position in labels:
            money = _money_below(grid.rows, index, position)
            if money and position + 1 < len(cells) and yuan(cells[position + 1]) is None:
                yield from _fact(cells[position], money, place_of(grid.rows[index + 1]))
            elif position + 1 < len(cells) and position + 1 not in labels:
                yield from _fact(cells[position], cells[position + 1], place_of(row))


def _money_below(rows: Sequence[Row], index: int, position: int) -> str:
    """The money below a label of it, "" where there is none."""
    told = label_of(_cells(rows[index])[position])
    below = _cells(rows[index + 1]) if index + 1 < len(rows) else []
    money = told is not None and told.kind == "budget" and position < len(below)
    return below[position] if money and yuan(below[position]) is not None else ""


def _cells(row: Row) -> list[str]:
    """The cells of a row, each merged one once, up to a line of theirs that has a label of its own."""
    cells = (cell for column, cell in enumerate(row.cells) if column not in row.across)
    return [_unlabelled(cell) for cell in cells]


def _unlabelled(cell: str) -> str:
    """The text before a line, or a sentence, that begins with another label."""
    return next(_labelled_parts(cell), "")


def _lines(row: Row) -> Iterator[str]:
    """The texts of the cells of a row, parted where one begins with a label of its own."""
    for column, cell in enumerate(row.cells):
        if column not in row.across:
            yield from _labelled_parts(cell)


def _labelled_parts(cell: str) -> Iterator[str]:
    """The parts of a cell, of which each but the first begins with a label, on one line each."""
    begun = ""
    for piece in PIECE.split(cell.strip()):
        told = OTHER.match(bare(" ".join(piece.split())))
        if begun and told and label_of(told[1]):
            yield begun
            begun = ""
        begun = " ".join(f"{begun} {piece}".split())
    yield begun


def _fact(label: str, value: str, place: str) -> Iterator[Stated]:
    told = label_of(label)
    text = unquoted(BLANKS.sub("", SEAL.sub("", ticked(value))).strip().rstrip("。；;"))
    if told is None or not text or len(text) > LONGEST or text.lower() in facts().empty or is_label(text):
        return
    if told.fits and not re.search(told.fits, text):
        return
    if told.kind == "department" and re.match(facts().unit_line, text.split()[0]):
        text = text.split()[0]
    unit = unit_of(label) if told.kind == "budget" and not unit_of(text) else ""
    yield Stated(told.rank, Fact(told.kind, text + unit, place))


def ranked(found: Sequence[Stated], kind: str) -> list[Fact]:
    """The facts of a kind, the most telling label first, of one label in the order of the file."""
    return [one.fact for one in sorted((s for s in found if s.fact.kind == kind), key=lambda s: s.rank)]
