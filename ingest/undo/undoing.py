"""Undoing a run: its claims end, what it ended holds again, and what follows from them is said anew."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from ingest.succession import redated, succession
from ingest.undo.lives import Retelling
from kg.errors import NotFoundError, ValidationError
from kg.model import RunId
from kg.store.base import NEVER, Delivery, GraphStore, Lifetime, Run
from kg.store.books import UNDONE, Books, books
from kg.store.corrections import follow_corrections
from kg.store.periods import stated
from kg.store.resolution import RESOLVER, link_mentions, resolve_exactly


@dataclass(slots=True)
class Undone:
    """What an undo did. Records are source rows, decisions or what else was written whole.

    `ended` are records that nobody says any more, `again` those that hold again, `kept` those of the run
    that a later run said again. `superseded` has the deliveries that a later run read anew, with that run:
    what they say now is its word.
    """

    run: RunId
    undone: RunId
    by: str
    because: str
    ended: int = 0
    again: int = 0
    kept: int = 0
    superseded: dict[str, int] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """The document of `kg undo --json` and of POST /runs/{run}/undo."""
        return {
            "run": str(self.run),
            "undone": str(self.undone),
            "by": self.by,
            "because": self.because,
            "records": {"ended": self.ended, "again": self.again, "kept": self.kept},
            "superseded": [
                {"delivery": key, "run": str(number)} for key, number in sorted(self.superseded.items())
            ],
        }


def undo(store: GraphStore, number: int, *, by: str, because: str) -> Undone:
    """Makes the store what it would be had the run never been; the undo is a run of its own, who and why.

    Of a delivery that a later run read again, that run's word stands: only the past is mended. Which rows a
    newer period overtakes, and what is resolved, is found anew. Done again after a break, it goes on.

    Raises:
        NotFoundError: there is no run of this number.
        ValidationError: the run is not finished, was undone, is an undo or a copy, or a later run does not
            tell what it read.
    """
    runs = store.runs()
    run = _undoable(runs, number)
    known = books(runs)
    without = Books(known.read, {**known.undone, number: number})
    concerned = _concerned(store, run, known)
    _refuse_untold(runs, concerned, after=number)
    made = Undone(store.begin(f"undo {number}"), run.id, by, because)
    try:
        before = {one.key: store.lifetimes(one.key) for one in concerned}
        _retell(store, concerned, without, made=made)
        _succeed(store, made.run, concerned)
        _count(store, before, made)
        follow_corrections(store, made.run)
        resolve_exactly(store, made.run)
        link_mentions(store, made.run)
        _forget_derived(store, made)
    except BaseException:
        store.finish(made.run, status="failed", summary={})
        raise
    store.finish(made.run, status="complete", summary={UNDONE: str(number), "read": {}, **made.to_json()})
    return made


def _undoable(runs: Iterable[Run], number: int) -> Run:
    told = {int(run.id): run for run in runs}
    run = told.get(number)
    if run is None:
        raise NotFoundError(f"没有任务 {number}；用 kg runs 查看全部任务")
    if run.status == "running":
        raise ValidationError(f"任务 {number} 尚未结束，不能撤销；若已中断，请重新载入原文件补全后再撤销")
    if taken := books(told.values()).undone.get(number):
        raise ValidationError(f"任务 {number} 已由任务 {taken} 撤销")
    if UNDONE in run.summary or run.what.startswith("undo "):
        raise ValidationError(f"任务 {number} 本身是撤销，不能再撤销；要恢复请重新载入原文件或重新判定")
    if run.what == "sync":
        raise ValidationError(f"任务 {number} 是复制；请在来源知识库撤销后再次运行 kg sync")
    return run


def _concerned(store: GraphStore, run: Run, known: Books) -> list[Delivery]:
    """The deliveries that the run read, and other periods of their units; all where the run does not tell."""
    stated_by = [one for one in store.deliveries(ever=True) if one.source != RESOLVER]
    read = known.read.get(run.id)
    if read is None:
        return stated_by
    units = {_unit(one) for one in stated_by if one.key in read} - {None}
    return [one for one in stated_by if one.key in read or _unit(one) in units]


def _unit(delivery: Delivery) -> tuple[str, str] | None:
    return (delivery.source, delivery.unit) if delivery.unit and delivery.period else None


def _refuse_untold(runs: Iterable[Run], concerned: Iterable[Delivery], *, after: int) -> None:
    """A later run of an older version does not tell what it read: nobody knows what it would have written."""
    keys = {one.key for one in concerned}
    for run in runs:
        told = run.summary.get("deliveries")
        if run.id > after and isinstance(told, list) and "read" not in run.summary and keys & set(told):
            raise ValidationError(f"任务 {run.id} 由旧版本写入，没有记下读了哪些报送；请先撤销任务 {run.id}")


def _retell(store: GraphStore, concerned: Iterable[Delivery], without: Books, *, made: Undone) -> None:
    for delivery in concerned:
        readings = without.readings(delivery.key)
        told = Retelling(delivery.key, without, made.run, readings)
        before = store.lifetimes(delivery.key)
        mine = [life for life in before if life.opened == made.undone]
        made.kept += sum(map(told.is_kept, mine))
        later = next((number for number, _ in readings if number > made.undone), None)
        if later is not None and delivery.key in (without.read.get(made.undone) or {}):
            made.superseded[delivery.key] = later
        if readings and readings[-1][1] != delivery.said_on:
            store.upsert(made.run, replace(delivery, said_on=readings[-1][1]), [])
        if changed := told.relived(before):
            store.settle(made.run, delivery.key, changed)


def _succeed(store: GraphStore, run: RunId, concerned: Iterable[Delivery]) -> None:
    """Ends and frees anew the rows of units that reported for several periods."""
    units = sorted({unit for one in concerned if (unit := _unit(one))})
    every = [one for one in store.deliveries(ever=True) if _unit(one)] if units else []
    for unit in units:
        mine = [one for one in every if _unit(one) == unit]
        taken, _ = succession([stated(store, one) for one in mine])
        for delivery in mine:
            if days := redated(delivery, store, taken[delivery.key]):
                store.redate(run, delivery.key, days)


def _count(store: GraphStore, before: Mapping[str, Sequence[Lifetime]], made: Undone) -> None:
    for key, lives in before.items():
        was = {life.number: life.ended for life in lives}
        now = [life for life in store.lifetimes(key) if life.ended != was[life.number]]
        made.ended += sum(life.ended == NEVER for life in now)
        made.again += sum(life.ended is None for life in now)


def _forget_derived(store: GraphStore, made: Undone) -> None:
    """What rules read off the undone run alone was never so."""
    for delivery in store.deliveries(ever=True):
        if delivery.source == RESOLVER:
            lives = store.lifetimes(delivery.key)
            fresh = [one for one in lives if one.opened == made.undone and one.closed == made.run]
            if fresh:
                store.settle(made.run, delivery.key, [replace(one, ended=NEVER) for one in fresh])
