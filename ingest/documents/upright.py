"""Pictures of pages set upright: turned when they lie on a side or on their head, and straightened."""

import math
from dataclasses import replace
from statistics import median

import numpy as np
import numpy.typing as npt

from ingest.documents.recognition import Picture, Recognise, Word

SURE = 0.85
"""Quality below which a page is tried in its other positions; upright pages of print reach .95 and more."""
LINE = 3.0
"""Width over height from which a word shows how its line runs."""
STRAIGHT = math.radians(0.05)
"""Tilt that a page may keep: a pixel on its width."""


def upright(picture: Picture, recognise: Recognise) -> tuple[Picture, list[Word]]:
    """The page set upright and the words on it, places in the pixels of that picture."""
    words = recognise(picture)
    if words and _quality(words) < SURE:
        picture, words = _best(picture, words, recognise)
    return _straightened(picture, words)


def _best(picture: Picture, words: list[Word], recognise: Recognise) -> tuple[Picture, list[Word]]:
    tried = [(picture, words)]
    for quarters in (1, 2, 3):
        turned = np.ascontiguousarray(np.rot90(picture, quarters))
        tried.append((turned, recognise(turned)))
    return max(tried, key=lambda one: _quality(one[1]))


def _quality(words: list[Word]) -> float:
    """How sure the words are by the room they take, 0..1; a word that runs up or down the page counts none.

    The recogniser turns upright boxes, so that the words of a page on its side are read well, out of order.
    """
    room = sum(word.width * word.height for word in words)
    lying = (word for word in words if abs(math.sin(word.tilt)) < 0.5 and word.width >= word.height)
    return sum(word.score * word.width * word.height for word in lying) / room if room else 0.0


def _straightened(picture: Picture, words: list[Word]) -> tuple[Picture, list[Word]]:
    tilts = [word.tilt for word in words if word.width >= LINE * word.height]
    tilt = median(tilts) if tilts else 0.0
    if abs(tilt) < STRAIGHT:
        return picture, words
    import cv2

    height, width = picture.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), math.degrees(tilt), 1.0)
    matrix = np.asarray(turn, dtype=np.float64)
    paper = (255, 255, 255)
    turned = cv2.warpAffine(picture, matrix, (width, height), flags=cv2.INTER_LINEAR, borderValue=paper)
    return np.asarray(turned, dtype=np.uint8), [_moved(word, matrix, tilt) for word in words]


def _moved(word: Word, matrix: npt.NDArray[np.float64], tilt: float) -> Word:
    x, y = (float(value) for value in matrix @ np.array([word.x, word.y, 1.0]))
    return replace(word, x=x, y=y, tilt=word.tilt - tilt)
