"""A store whose every run is told to the audit log, whoever starts it and whatever it is for."""

from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import Any, Self, TypeVar, cast

from api.audit.act import Act, Actor, Detail
from api.audit.journal import Journal
from kg.model import RunId
from kg.store.base import GraphStore

S = TypeVar("S", bound=GraphStore)


def audited(store: S, journal: Journal, *, by: Actor, inputs: Sequence[str] = ()) -> S:
    """The same store; a run begins only where it can be told, and is told when it is finished.

    `inputs` are the SHA-256 of the files that are loaded.
    """
    # All that is not written here is answered by the store itself.
    return cast("S", _Audited(store, journal, by=by, inputs=tuple(inputs)))


class _Audited:
    def __init__(self, store: GraphStore, journal: Journal, *, by: Actor, inputs: tuple[str, ...]) -> None:
        self._store = store
        self._journal = journal
        self._by = by
        self._inputs = inputs
        self._open: dict[RunId, str] = {}

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def begin(self, what: str, *, trial: bool = False) -> RunId:
        """Opens a run. Raises: StoreError when the log cannot be written."""
        if trial:
            return self._store.begin(what, trial=True)
        self._journal.ready()
        run = self._store.begin(what)
        self._open[run] = what
        return run

    def finish(self, run: RunId, *, status: str, summary: Mapping[str, object]) -> None:
        """Ends a run and tells it. Raises: StoreError when it is ended but cannot be told."""
        self._store.finish(run, status=status, summary=summary)
        what = self._open.pop(run, None)
        if what is not None:
            act = Act(what, status, str(run), self._inputs, _counted(summary))
            self._journal.append(act, self._by)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._store.close()


def _counted(summary: Mapping[str, object]) -> dict[str, Detail]:
    """A summary with the length of each list in its place: lists hold the names of documents."""
    return {
        name: value if isinstance(value, str | int | bool) or value is None else len(cast("Any", value))
        for name, value in summary.items()
        if isinstance(value, str | int | bool | list | tuple | dict) or value is None
    }
