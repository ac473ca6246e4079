"""What a person decides, by named keys: judgements, corrections, taking back; and the runs of the graph."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request
from fastapi.responses import JSONResponse, Response

from api.bootstrap import existing_store
from api.decisions.judging import Asked, decide
from api.decisions.runs import runs_to_json
from api.http.auditing import actor_of
from api.http.caching import Tagged
from api.http.description import PREFIX, UNCHANGED, answers
from api.http.scopes import READING, requires
from api.http.wiring import Ready
from api.keys.scopes import Scope
from api.wire.decisions import (
    CorrectionAsked,
    CorrectionWire,
    JudgementAsked,
    JudgementWire,
    Reasoned,
    RunPage,
    StatisticsWire,
    UndoneWire,
    WithdrawnWire,
)
from ingest.correction import Wanted, correct
from ingest.undo import undo
from kg.model import EntityId
from kg.store.base import GraphStore
from kg.store.clock import today
from kg.store.judgements import Sameness, withdraw
from queries.suggestions import precision

router = APIRouter(prefix=PREFIX, tags=["复核"], route_class=Tagged)
Judge = Annotated[str, Depends(requires(Scope.JUDGE))]
Loader = Annotated[str, Depends(requires(Scope.LOAD))]


@router.get(
    "/reviews/statistics",
    summary="建议有多少被采纳",
    dependencies=READING,
    **answers(StatisticsWire, more=UNCHANGED),
)
def statistics_route(ready: Ready) -> Response:
    """按建议的种类和把握；撤回和撤销的判定不计。"""
    return JSONResponse({"suggestions": [one.to_json() for one in precision(ready.runs())]})


@router.post(
    "/judgements", summary="判定两个条目是否同一", **answers(JudgementWire, 400, 404, 408, 413, status=201)
)
def judgement_route(request: Request, ready: Ready, by: Judge, asked: JudgementAsked) -> Response:
    """判定人是密钥的名称。所给 ID 已并入他条的，按合并后的 ID 记录，并在 merged 中说明。"""
    said = Asked((EntityId(asked.a), EntityId(asked.b)), Sameness(asked.verdict), by, asked.because, today())
    with _store(request) as store:
        made = decide(store, said, proposed=ready.proposals())
    return JSONResponse(made.to_json(), status_code=201)


@router.post(
    "/corrections", summary="更正一项属性", **answers(CorrectionWire, 400, 404, 408, 413, status=201)
)
def correction_route(request: Request, by: Judge, asked: CorrectionAsked) -> Response:
    """优先于各来源的说法，重新载入后仍然有效，可以撤回。"""
    wanted = Wanted(EntityId(asked.entity), asked.property, asked.text(), by, asked.because, today())
    with _store(request) as store:
        made = correct(store, wanted)
    return JSONResponse(made.to_json(), status_code=201)


@router.post(
    "/decisions/{decision_id}/withdraw",
    summary="撤回判定或更正",
    **answers(WithdrawnWire, 400, 404, 408, 413),
)
def withdraw_route(
    request: Request,
    decision_id: Annotated[str, Path(max_length=100, examples=["judgement-5f1f55bab9dc99a4"])],
    by: Judge,
    asked: Reasoned,
) -> Response:
    """此后一切如未曾判定或更正。"""
    with _store(request) as store:
        withdraw(store, decision_id, said_on=today(), by=by, because=asked.because)
    return JSONResponse({"withdrawn": decision_id, "by": by, "because": asked.because})


@router.get("/runs", summary="写入图谱的全部任务", dependencies=READING, **answers(RunPage, more=UNCHANGED))
def runs_route(ready: Ready, limit: Annotated[int, Query(ge=1, le=500)] = 50) -> Response:
    """最近的在前；谁在何时因何写入。"""
    return JSONResponse(runs_to_json(ready.runs(), limit=limit))


@router.post("/runs/{run}/undo", summary="撤销一个任务", **answers(UndoneWire, 400, 404, 408, 413))
def undo_route(
    request: Request, run: Annotated[int, Path(ge=1, le=2**53, examples=[12])], by: Loader, asked: Reasoned
) -> Response:
    """它写入的不再有效，它终止的恢复有效；此后重新载入过的报送，以后来的任务为准。"""
    with _store(request) as store:
        made = undo(store, run, by=by, because=asked.because)
    return JSONResponse(made.to_json())


def _store(request: Request) -> GraphStore:
    """The store to write into, in the name of the key."""
    return existing_store(request.app.state.settings, by=actor_of(request))
