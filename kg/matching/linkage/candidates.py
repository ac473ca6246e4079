"""Which pairs of records are worth a look: the nearest of each by words and by characters, both ways."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import TfidfVectorizer

from kg.matching.similar import tokens

BLOCK, PAIRS = 512, 16_384
LARGE, COMMON = 5_000, 500
"""Records from which on words are left out, and how many records hold a word that is."""
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Marks = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class View:
    """One likeness of records: the weighted terms of each, rows of length 1."""

    left: csr_matrix
    right: csr_matrix

    def cosines(self, i: Ints, j: Ints) -> Floats:
        """The likeness of each pair of rows, 0..1."""
        blocks = [slice(at, at + PAIRS) for at in range(0, len(i), PAIRS)]
        found = [np.asarray(self.left[i[b]].multiply(self.right[j[b]]).sum(axis=1)).ravel() for b in blocks]
        return rounded(np.concatenate(found)) if found else np.zeros(0)


def views(left: Sequence[str], right: Sequence[str], *, names: bool) -> list[View]:
    """Words and characters of texts; of names, which are short, shorter runs of characters."""
    words = TfidfVectorizer(tokenizer=tokens, token_pattern=None, lowercase=False, sublinear_tf=True)
    runs = (2, 4) if names else (3, 5)
    letters = TfidfVectorizer(analyzer="char_wb", ngram_range=runs, sublinear_tf=True, lowercase=False)
    return [one for one in (_view(words, left, right), _view(letters, left, right)) if one is not None]


def candidates(found: Sequence[View], neighbours: int) -> tuple[Ints, Ints]:
    """Pairs (i, j) in order: j is among the nearest of i, or i of j, by one of the views.

    Of more than `LARGE` records the nearest are sought by words that few of them have: words of many tell
    little, and the work would grow with the square of the records.
    """
    wide = max((view.right.shape[0] for view in found), default=1)
    codes = [np.zeros(0, dtype=np.int64)]
    for view in found:
        rows, columns = _nearest(view.left, view.right, neighbours)
        back = (
            (columns, rows) if view.right is view.left else _nearest(view.right, view.left, neighbours)[::-1]
        )
        codes += [rows * wide + columns, back[0] * wide + back[1]]
    ordered = np.unique(np.concatenate(codes))
    return ordered // wide, ordered % wide


def rounded(values: "Floats | Sequence[Floats]") -> Floats:
    """To six places, so that equal pairs tie on every machine."""
    return np.asarray(np.round(values, 6), dtype=np.float64)


def _view(vectorizer: TfidfVectorizer, left: Sequence[str], right: Sequence[str]) -> View | None:
    try:
        vectorizer.fit([*left, *right])
    except ValueError:  # not a single word
        return None
    rows = csr_matrix(vectorizer.transform(left))
    return View(rows, rows if right is left else csr_matrix(vectorizer.transform(right)))


def _nearest(left: csr_matrix, right: csr_matrix, count: int) -> tuple[Ints, Ints]:
    """Each row with its `count` nearest rows of the other side, ties to the first."""
    if right.shape[0] > LARGE:
        telling = np.flatnonzero(right.getnnz(axis=0) <= COMMON)
        left, right = csr_matrix(left[:, telling]), csr_matrix(right[:, telling])
    transposed = csr_matrix(right.T)
    rows, near = list[Ints](), list[Ints]()
    for start in range(0, left.shape[0], BLOCK):
        block = csr_matrix(left[start : start + BLOCK] @ transposed)
        for row in range(block.shape[0]):
            part = slice(block.indptr[row], block.indptr[row + 1])
            best = _best(block.indices[part].astype(np.int64), rounded(block.data[part]), count)
            near.append(best)
            rows.append(np.full(len(best), start + row, dtype=np.int64))
    return (np.concatenate(rows), np.concatenate(near)) if rows else (np.zeros(0, np.int64),) * 2


def _best(columns: Ints, scores: Floats, count: int) -> Ints:
    if len(scores) > count:
        kept = np.flatnonzero(scores >= np.partition(scores, len(scores) - count)[-count])
        columns, scores = columns[kept], scores[kept]
    best: Ints = columns[np.lexsort((columns, -scores))[:count]]
    return best
