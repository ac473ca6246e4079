"""The port through which meaning enters: phrases in, unit vectors out."""

from collections.abc import Sequence
from typing import Literal, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

Vectors: TypeAlias = NDArray[np.float32]
Mode: TypeAlias = Literal["semantic", "lexical"]


class Encoder(Protocol):
    """Turns phrases into vectors whose dot product is a similarity.

    `key` names the model and its preparation: vectors of different keys never meet. `mode` says whether the
    vectors hold meaning or only shared characters, `reason` why they do not ("" when they do).
    """

    @property
    def key(self) -> str: ...

    @property
    def mode(self) -> Mode: ...

    @property
    def reason(self) -> str: ...

    def encode(self, phrases: Sequence[str]) -> Vectors:
        """Float32 rows of length 1, one for each phrase; an empty phrase has a row of zeros."""
        ...
