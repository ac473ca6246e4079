"""Words that stand somewhere on a page put together as lines and tables in reading order."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from ingest.documents.cellboxes import Box, box_rows
from ingest.documents.pages import Part
from ingest.documents.recognition import Word

APART = 1.2
"""Gap between two words of a line, in heights of its signs, from which a blank stands between them."""
INSIDE = 0.6
"""Heights of its signs by which a word reaches into a cell before it counts as standing there as well."""
NARROW = 0.5
"""Width of a Latin letter or a digit, in that of a Chinese sign."""
SAME_LINE = 0.5
"""Share of its height by which a word may stand above or below the line it belongs to."""


def laid_out(grids: Iterable[Sequence[Box]], words: Sequence[Word], *, page: int) -> list[Part]:
    """Lines and tables from top to bottom, of the words on a page and the cells of its tables."""
    tables = [(_frame(cells), cells) for cells in grids]
    free = [word for word in words if not any(_within(word, frame) for frame, _ in tables)]
    parts: list[Part] = []
    for frame, cells in tables:
        inside = [part for word in words if _within(word, frame) for part in _parted(word, cells)]
        texts = {cell: "\n".join(_lines(word for word in inside if _within(word, cell))) for cell in cells}
        if not any(texts.values()):
            continue
        above = [word for word in free if word.y < frame[1]]
        free = [word for word in free if word.y >= frame[1]]
        parts += [Part(tuple(_lines(above))), Part(rows=box_rows(texts, page=page))]
    return [*parts, Part(tuple(_lines(free)))]


def _frame(cells: Sequence[Box]) -> Box:
    lefts, tops, rights, bottoms = zip(*cells, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def _within(word: Word, box: Box) -> bool:
    return box[0] <= word.x < box[2] and box[1] <= word.y < box[3]


def _parted(word: Word, cells: Sequence[Box]) -> list[Word]:
    """The word in the parts that stand in different cells: narrow columns are recognised as one run."""
    crossed = [box[0] for box in cells if box[1] <= word.y < box[3]]
    least = INSIDE * word.height
    cuts = sorted({x for x in crossed if word.left + least < x < word.right - least})
    if not cuts:
        return [word]
    places = list(_places(word))
    edges = [float("-inf"), *cuts, float("inf")]
    parts: list[Word] = []
    for left, right in pairwise(edges):
        text = "".join(sign for sign, x in places if left <= x < right).strip()
        start, end = max(left, word.left), min(right, word.right)
        if text:
            parts.append(replace(word, text=text, x=(start + end) / 2, width=end - start))
    return parts


def _places(word: Word) -> Iterator[tuple[str, float]]:
    """Each sign with where its middle stands, taking Latin letters and digits for half as wide as others."""
    widths = [NARROW if sign.isascii() else 1.0 for sign in word.text]
    scale, at = word.width / sum(widths), word.left
    for sign, width in zip(word.text, widths, strict=True):
        yield sign, at + width * scale / 2
        at += width * scale


def _lines(words: Iterable[Word]) -> list[str]:
    """The words of each line from left to right, lines from top to bottom."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda word: (word.y, word.x)):
        if lines and word.y - lines[-1][-1].y <= SAME_LINE * min(word.height, lines[-1][-1].height):
            lines[-1].append(word)
        else:
            lines.append([word])
    return [_line(sorted(line, key=lambda word: word.x)) for line in lines]


def _line(words: Sequence[Word]) -> str:
    text = words[0].text
    for before, word in pairwise(words):
        text += (" " if word.left - before.right > APART * word.height else "") + word.text
    return text
