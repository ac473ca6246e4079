"""Ids of nodes in one block of bytes, sorted, so that a file of them needs no reading to be used."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg.model import EntityId


@dataclass(frozen=True, slots=True)
class Ids:
    """The id of node n is the UTF-8 text `block[offsets[n]:offsets[n + 1]]`; ids ascend."""

    block: NDArray[np.uint8]
    offsets: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def __getitem__(self, node: int) -> EntityId:
        return EntityId(self._bytes(node).decode("utf-8"))

    def find(self, entity_id: str) -> int | None:
        """The node of an id; None when it is not in the graph."""
        wanted = entity_id.encode("utf-8", "surrogatepass")
        node = bisect_left(range(len(self)), wanted, key=self._bytes)
        return node if node < len(self) and self._bytes(node) == wanted else None

    def _bytes(self, node: int) -> bytes:
        return self.block[self.offsets[node] : self.offsets[node + 1]].tobytes()


def pack(ids: Sequence[str]) -> Ids:
    """Sorted ids as a block; code point order of texts is the byte order of their UTF-8."""
    encoded = [entity_id.encode("utf-8") for entity_id in ids]
    offsets = np.zeros(len(encoded) + 1, dtype=np.int64)
    np.cumsum([len(text) for text in encoded], out=offsets[1:])
    return Ids(np.frombuffer(b"".join(encoded), dtype=np.uint8), offsets)
