"""What the store needs of a server: rows for a question, and transactions that commit whole."""

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from kg.errors import StoreUnavailableError

Row = list[Any]
Parameters = Mapping[str, object]
Ask = Callable[[str, Parameters], list[Row]]


class ConnectionLostError(StoreUnavailableError):
    """The connection was lost or the server gave way; the same work may succeed when it is done again."""


class Asking(Protocol):
    """Whatever answers questions."""

    def ask(self, query: str, parameters: Parameters) -> list[Row]:
        """All rows of the answer. Raises: StoreError."""
        ...


class Transaction(Protocol):
    """Work that is seen by nobody else until it is committed."""

    def ask(self, query: str, parameters: Parameters) -> list[Row]:
        """All rows of the answer. Raises: StoreError; ConnectionLostError when trying again makes sense."""
        ...

    def tell(self, query: str, parameters: Parameters) -> None:
        """Has a change made without waiting for it: a failure is raised by the next question or the commit.

        The query must return something, or the server makes the change before it answers at all.
        """
        ...

    def commit(self) -> None:
        """Makes it last. After an ConnectionLostError it may or may not have been committed."""
        ...

    def roll_back(self) -> None:
        """Drops it; never raises."""
        ...


class Server(Protocol):
    """One database of a server."""

    def ask(self, query: str, parameters: Parameters) -> list[Row]:
        """All rows of a question that changes nothing; asked again when the connection is lost."""
        ...

    def begin(self) -> Transaction:
        """A transaction that writes."""
        ...

    def define(self, statement: str) -> None:
        """Runs a statement about the schema, in a transaction of its own."""
        ...

    def close(self) -> None:
        """Gives all connections back."""
        ...
