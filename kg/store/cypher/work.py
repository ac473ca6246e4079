"""Writing through a connection that may break: what is not committed is done again, never half."""

import time
from collections.abc import Callable
from itertools import chain, repeat
from typing import Any, TypeVar

from kg.errors import StoreUnavailableError
from kg.store.cypher.port import ConnectionLostError, Parameters, Row, Server, Transaction

Result = TypeVar("Result")
Operation = Callable[[Transaction], Result]
# Seconds a broken connection is given to come back, and between two attempts.
PATIENCE = 90.0
PAUSES = (0.2, 0.5, 1.0, 2.0, 4.0)


class Work:
    """The open transaction of a writer, if any, and what has been done in it.

    Operations must be repeatable: what they do depends on the database and on nothing they change outside.
    """

    def __init__(self, server: Server, committed: Callable[[Transaction, int], bool]) -> None:
        """`committed` tells whether the write of a number is in the database."""
        self._server = server
        self._committed = committed
        self._open: Transaction | None = None
        self._done: list[Operation[Any]] = []
        self._turn: int | None = None

    @property
    def open(self) -> bool:
        """Whether something is written and not committed."""
        return self._open is not None

    def ask(self, query: str, parameters: Parameters) -> list[Row]:
        """Reads; sees what is written and not committed."""
        if self._open is None:
            return self._server.ask(query, parameters)
        return self._attempt(lambda: self._transaction().ask(query, parameters))

    def do(self, operation: Operation[Result]) -> Result:
        """Does a piece of work in the open transaction. A failure drops the whole transaction."""
        try:
            result = self._attempt(lambda: operation(self._transaction()))
        except BaseException:
            self.roll_back()
            raise
        self._done.append(operation)
        return result

    def commit(self, turn: int) -> None:
        """Makes everything done last; `turn` is the number of the last write."""
        if self._open is None:
            return
        self._turn = turn
        try:
            self._attempt(self._commit)
        finally:
            self._turn = None
            self.roll_back()

    def roll_back(self) -> None:
        """Drops what is not committed."""
        if self._open is not None:
            self._open.roll_back()
        self._open = None
        self._done.clear()

    def _commit(self) -> None:
        self._transaction().commit()
        self._open = None

    def _transaction(self) -> Transaction:
        """The open transaction; after a break a new one in which everything was done again."""
        if self._open is None:
            fresh = self._server.begin()
            try:
                if self._turn is not None and self._committed(fresh, self._turn):
                    return _Nothing(fresh)
                for operation in self._done:
                    operation(fresh)
            except BaseException:
                fresh.roll_back()
                raise
            self._open = fresh
        return self._open

    def _attempt(self, step: Callable[[], Result]) -> Result:
        return persistently(step, self._lost)

    def _lost(self) -> None:
        if self._open is not None:
            self._open.roll_back()
        self._open = None


def persistently(step: Callable[[], Result], lost: Callable[[], None] = lambda: None) -> Result:
    """Does a step again after every lost connection, for a while; `lost` hears of each.

    Raises:
        StoreUnavailableError: the server did not come back in time.
    """
    deadline = time.monotonic() + PATIENCE
    for pause in chain(PAUSES, repeat(PAUSES[-1])):
        try:
            return step()
        except ConnectionLostError as error:
            lost()
            if time.monotonic() + pause > deadline:
                raise StoreUnavailableError(
                    f"{error}；已重试 {PATIENCE:.0f} 秒，未提交的内容没有写入"
                ) from error
            time.sleep(pause)
    raise AssertionError("the pauses never end")


class _Nothing:
    """A transaction whose work was committed by the one before it."""

    def __init__(self, opened: Transaction) -> None:
        self._opened = opened

    def ask(self, query: str, parameters: Parameters) -> list[Row]:
        """Asks in the opened transaction."""
        return self._opened.ask(query, parameters)

    def tell(self, query: str, parameters: Parameters) -> None:
        """Tells in the opened transaction."""
        self._opened.tell(query, parameters)

    def commit(self) -> None:
        """Nothing is left to do."""
        self._opened.roll_back()

    def roll_back(self) -> None:
        """Nothing is left to do."""
        self._opened.roll_back()
