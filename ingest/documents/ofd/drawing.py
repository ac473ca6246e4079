"""What is drawn on a page of an OFD document: words with their places, straight lines. Source: GB/T 33190."""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from ingest.documents.recognition import Word

NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,3})?")
COMMAND = re.compile(r"([MSLQBAC])([^MSLQBAC]*)")
STRAIGHT = 0.5
"""Millimetres by which the ends of a line may lie beside each other."""
SIZE = 3.5
"""Millimetres of a sign of which no size is told: ten points."""
NARROW = 0.5
"""Width of a Latin letter or a digit, in that of a Chinese sign."""
MOST_LINES = 20_000
"""Lines on a page from which it is a drawing; looking for tables in it takes minutes."""
Matrix = tuple[float, float, float, float, float, float]
PLAIN: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(slots=True)
class Drawing:
    """Words and lines in millimetres from the upper left corner; lines as (x, y, x, y), `images` counted."""

    words: list[Word] = field(default_factory=list)
    lines: list[tuple[float, float, float, float]] = field(default_factory=list)
    images: int = 0

    def take(self, root: etree._Element) -> None:
        """Adds what a page, a template or a block holds."""
        for element in root.iter():
            name = etree.QName(element).localname if isinstance(element.tag, str) else ""
            if name == "TextObject":
                self.words += _words(element)
            elif name == "PathObject" and len(self.lines) <= MOST_LINES:
                self.lines += _lines(element)
            elif name == "ImageObject":
                self.images += 1


def _words(element: etree._Element) -> Iterator[Word]:
    left, top, _, high = _box(element)
    # Some writers spell the size in small letters; without any, the sign fills its box.
    matrix, size = _matrix(element), _number(element.get("Size") or element.get("size"), high or SIZE)
    x = y = 0.0
    for code in element.iterchildren("{*}TextCode"):
        x, y = _number(code.get("X"), x), _number(code.get("Y"), y)
        text = "".join(map(str, code.itertext()))
        wide = _width(text, code.get("DeltaX"), size)
        if not text.strip():
            continue
        (begin, base), (end, _) = _placed(matrix, x, y), _placed(matrix, x + wide, y)
        tall = size * math.hypot(matrix[2], matrix[3])
        middle = left + (begin + end) / 2
        yield Word(text.strip(), middle, top + base - tall / 3, max(abs(end - begin), 0.1), max(tall, 0.1))


def _width(text: str, deltas: str | None, size: float) -> float:
    """How far a text reaches: the steps between its signs, and the last sign itself."""
    steps = _steps(deltas or "", len(text) - 1)
    if not steps:
        return sum(size * (NARROW if sign.isascii() else 1.0) for sign in text)
    steps += [steps[-1]] * (len(text) - 1 - len(steps))
    return sum(steps) + size * (NARROW if text[-1].isascii() else 1.0)


def _steps(text: str, most: int) -> list[float]:
    """The steps of a list in which `g 3 5` stands for three times 5."""
    found: list[float] = []
    told = iter(text.split())
    for one in told:
        if one == "g":
            count, step = _number(next(told, None), 0.0), _number(next(told, None), 0.0)
            found += [step] * min(max(int(count), 0), most)
        else:
            found.append(_number(one, 0.0))
        if len(found) >= most:
            break
    return found[: max(most, 0)]


def _lines(element: etree._Element) -> Iterator[tuple[float, float, float, float]]:
    """The upright and level lines of a path, and the sides of what it fills."""
    left, top, _, _ = _box(element)
    matrix = _matrix(element)
    data = next(("".join(map(str, one.itertext())) for one in element.iterchildren("{*}AbbreviatedData")), "")
    at = start = (0.0, 0.0)
    for command, rest in COMMAND.findall(data):
        values = [float(number) for number in NUMBER.findall(rest)]
        points = list(zip(values[-2:-1], values[-1:], strict=True)) if len(values) >= 2 else []
        now = start if command == "C" else points[0] if points else at
        if command in "MS":
            start = now
        elif command in "LC":
            (ax, ay), (bx, by) = _placed(matrix, *at), _placed(matrix, *now)
            if min(abs(ax - bx), abs(ay - by)) <= STRAIGHT:
                yield left + ax, top + ay, left + bx, top + by
        at = now


def _placed(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _matrix(element: etree._Element) -> Matrix:
    values = [float(number) for number in NUMBER.findall(str(element.get("CTM") or ""))]
    return (*values,) if len(values) == 6 else PLAIN  # type: ignore[return-value]  # six, as counted


def _box(element: etree._Element) -> tuple[float, float, float, float]:
    values = [float(number) for number in NUMBER.findall(str(element.get("Boundary") or ""))]
    return (values[0], values[1], values[2], values[3]) if len(values) == 4 else (0.0, 0.0, 0.0, 0.0)


def _number(text: object, default: float) -> float:
    """A number as written; the default where none is, or one beyond any page."""
    match = NUMBER.fullmatch(str(text or "").strip())
    value = float(match[0]) if match else default
    return value if math.isfinite(value) and abs(value) < 1e6 else default
