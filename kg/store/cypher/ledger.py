"""The books of a graph on a server: its runs, its deliveries and the records of each."""

import json
from collections.abc import Mapping

from kg.model import EntityId, RunId
from kg.store.base import Delivery, Ended, Lifetime, Run
from kg.store.clock import now
from kg.store.cypher.port import Ask, Transaction

_HELD = (
    "MATCH (r:Record {delivery: $delivery}) WHERE r.digest IS NOT NULL AND r.closed IS NULL"
    " RETURN r.digest, r.subject ORDER BY r.digest"
)
_ENDED = (
    "MATCH (r:Record {delivery: $delivery}) WHERE r.digest IS NOT NULL AND r.closed IS NOT NULL"
    " RETURN r.digest, r.subject, r.ended ORDER BY r.digest, r.ended, r.key"
)
_LIFETIMES = (
    "MATCH (r:Record {delivery: $delivery}) WHERE r.digest IS NOT NULL"
    " RETURN r.key, r.digest, r.opened, r.closed, r.ended ORDER BY r.key"
)
_DELIVERIES = (
    "MATCH (d:Delivery) RETURN d.name, d.source, d.unit, d.period, d.said_on, COUNT {"
    " MATCH (r:Record {delivery: d.name}) WHERE r.digest IS NOT NULL AND r.closed IS NULL } ORDER BY d.name"
)
_RUNS = "MATCH (r:Run) RETURN r.id, r.started, r.finished, r.status, r.what, r.summary ORDER BY r.id"
_FAIL = "MATCH (r:Run {status: 'running'}) SET r.status = 'failed'"
_BEGIN = (
    "OPTIONAL MATCH (old:Run) WITH coalesce(max(old.id), 0) + 1 AS id"
    " CREATE (r:Run {id: id, started: $started, status: 'running', what: $what, summary: '{}'}) RETURN id"
)
_FINISH = "MATCH (r:Run {id: $run}) SET r.finished = $finished, r.status = $status, r.summary = $summary"


def records(ask: Ask, delivery: str) -> dict[str, EntityId]:
    """See GraphStore."""
    return {digest: EntityId(subject) for digest, subject in ask(_HELD, {"delivery": delivery})}


def ended(ask: Ask, delivery: str) -> dict[str, Ended]:
    """See GraphStore."""
    rows = ask(_ENDED, {"delivery": delivery})
    return {digest: Ended(EntityId(subject), day) for digest, subject, day in rows}


def lifetimes(ask: Ask, delivery: str) -> list[Lifetime]:
    """See GraphStore."""
    return [Lifetime(*row) for row in ask(_LIFETIMES, {"delivery": delivery})]


def deliveries(ask: Ask, *, ever: bool) -> list[Delivery]:
    """See GraphStore."""
    found = [Delivery(*row) for row in ask(_DELIVERIES, {})]
    return [delivery for delivery in found if delivery.records or ever]


def runs(ask: Ask) -> list[Run]:
    """See GraphStore."""
    return [
        Run(RunId(run), started, finished, status, what, json.loads(summary))
        for run, started, finished, status, what, summary in ask(_RUNS, {})
    ]


def begin(work: Transaction, what: str) -> RunId:
    """Marks runs that were never finished as failed and opens one more."""
    work.ask(_FAIL, {})
    ((run,),) = work.ask(_BEGIN, {"started": now(), "what": what})
    return RunId(run)


def finish(work: Transaction, run: RunId, *, status: str, summary: Mapping[str, object]) -> None:
    """Writes how a run ended."""
    told = json.dumps(dict(summary), ensure_ascii=False, sort_keys=True)
    work.ask(_FINISH, {"run": run, "finished": now(), "status": status, "summary": told})
