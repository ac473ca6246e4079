"""Words on the picture of a page put together as lines and tables in reading order."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from ingest.documents.cellboxes import Box, box_rows
from ingest.documents.drawnlines import drawn_tables
from ingest.documents.pages import Part
from ingest.documents.recognition import Picture, Word

APART = 1.2
"""Gap between two words of a line, in heights of its signs, from which a blank stands between them."""
SAME_LINE = 0.5
"""Share of its height by which a word may stand above or below the line it belongs to."""


def printed_parts(picture: Picture, words: Sequence[Word], *, page: int) -> list[Part]:
    """Lines and tables from top to bottom, of an upright picture and the words on it."""
    tables = [(_frame(cells), cells) for cells in drawn_tables(picture)]
    free = [word for word in words if not any(_within(word, frame) for frame, _ in tables)]
    parts: list[Part] = []
    for frame, cells in tables:
        texts = {cell: _text(word for word in words if _within(word, cell)) for cell in cells}
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


def _text(words: Iterable[Word]) -> str:
    return "\n".join(_lines(words))


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
