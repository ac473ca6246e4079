"""Asking in Cypher by hand: one question, its columns and rows as plain values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Table:
    """The answer to a question; `cut` says that there was more than was asked for."""

    columns: Sequence[str]
    rows: Sequence[Sequence[Any]]
    cut: bool = False

    def to_json(self) -> dict[str, object]:
        """The document `kg cypher --json` prints."""
        return {
            "columns": list(self.columns),
            "rows": [dict(zip(self.columns, row, strict=True)) for row in self.rows],
            "cut": self.cut,
        }


@dataclass(frozen=True, slots=True)
class Question:
    """A text in Cypher with its parameters; it changes nothing unless `writes`, and ends after `seconds`."""

    text: str
    parameters: Mapping[str, object]
    writes: bool = False
    seconds: float = 60.0
    limit: int = 10_000


class Console(Protocol):
    """A server that answers questions a person wrote."""

    def answer(self, question: Question) -> Table:
        """The answer, at most so many rows of it.

        Raises:
            ValidationError: the text is not Cypher, or a parameter is missing.
            StoreError: it wants to write and may not, takes too long, or the server cannot be reached.
        """
        ...

    def close(self) -> None:
        """Gives all connections back."""
        ...
