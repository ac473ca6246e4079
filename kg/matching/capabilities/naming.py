"""What a group of wordings is called: by its most frequent one, of several by the one nearest to all."""

from collections.abc import Mapping, Sequence

import numpy as np

from kg.matching.capabilities.vectors import lengths, rows_of
from kg.matching.encoder.port import Encoder

PAIR = 2


def naming(groups: Sequence[Sequence[str]], counts: Mapping[str, int], encoder: Encoder) -> list[str]:
    """One member for each group (none is empty); ties that two members cannot settle go by the wording."""
    tied = [_most_frequent(group, counts) for group in groups]
    open_ties = {
        text for group, first in zip(groups, tied, strict=True) if _is_open(group, first) for text in group
    }
    texts = sorted(open_ties)
    place = {text: row for row, text in enumerate(texts)}
    rows = rows_of(texts, encoder)
    long = lengths(rows)

    def medoid(group: Sequence[str], among: Sequence[str]) -> str:
        held = [place[text] for text in group]
        unit = rows[held].astype(np.float64) / long[held][:, None]
        closeness = np.round(unit @ unit.sum(axis=0), 6)
        near = {text: float(closeness[at]) for at, text in enumerate(group)}
        return min(among, key=lambda text: (-near[text], text))

    return [
        medoid(group, first) if _is_open(group, first) else first[0]
        for group, first in zip(groups, tied, strict=True)
    ]


def _most_frequent(group: Sequence[str], counts: Mapping[str, int]) -> list[str]:
    most = max(counts.get(text, 0) for text in group)
    return sorted(text for text in group if counts.get(text, 0) == most)


def _is_open(group: Sequence[str], first: Sequence[str]) -> bool:
    """Whether the tie is one that nearness can settle: of two, each is as near to the other."""
    return len(first) > 1 and len(group) > PAIR
