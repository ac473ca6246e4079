"""Dependencies, impact, what-ifs, and stated dependencies held against measured ones."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import JSONResponse, Response

from api.bootstrap import encoder
from api.http.caching import Tagged
from api.http.description import MERGED, PREFIX, UNCHANGED, answers
from api.http.moved import moved_query
from api.http.scopes import READING
from api.http.wiring import Ready
from api.wire.reach import ReachWire, ReconciliationWire
from kg.errors import ValidationError
from kg.model import Direction
from queries.dependencies import Dependencies, Question, dependencies
from queries.naming import meant
from queries.reconciliation import reconcile
from queries.what_if import what_if

router = APIRouter(prefix=PREFIX, tags=["图谱"], route_class=Tagged, dependencies=READING)
Asked = Annotated[
    str, Query(min_length=1, max_length=400, description="ID、名称或别名", examples=["统一身份认证平台"])
]
Depth = Annotated[int | None, Query(ge=1, le=50, description="最多几步，缺省不限")]
Planned = Annotated[bool, Query(description="连同规划中的关系")]
Retire = Annotated[bool, Query(description="设想停用它：另给出要通知的单位")]
ReplaceBy = Annotated[str | None, Query(min_length=1, max_length=400, description="设想由另一个替代它")]
ONE = UNCHANGED | MERGED


@router.get("/dependencies", summary="依赖什么，或被谁依赖", **answers(ReachWire, 404, more=ONE))
def dependencies_route(
    request: Request,
    ready: Ready,
    entity: Asked,
    direction: Direction = Direction.OUT,
    depth: Depth = None,
    *,
    planned: Planned = False,
) -> Response:
    """可达的每一项及其一条路径，路径的每一步都带出处和并列的依据。"""
    moved = moved_query(ready.reader, entity, request=request)
    question = Question(direction, depth, planned)
    return moved or JSONResponse(_reached(ready, entity, question).to_json())


@router.get("/impact", summary="变更、停用或替代会影响谁", **answers(ReachWire, 404, more=ONE))
def impact_route(
    request: Request,
    ready: Ready,
    entity: Asked,
    depth: Depth = None,
    replace_by: ReplaceBy = None,
    *,
    planned: Planned = False,
    retire: Retire = False,
) -> Response:
    """受影响的每一项，并按单位汇总；设想停用或替代时另给出通知和替代缺口。"""
    moved = moved_query(ready.reader, entity, request=request)
    if moved:
        return moved
    found = _reached(ready, entity, Question(Direction.IN, depth, planned))
    if not (retire or replace_by):
        return JSONResponse(found.to_json())
    if retire and replace_by:
        raise ValidationError("retire 与 replace_by 二者取一")
    other = meant(ready.reader, replace_by).id if replace_by else None
    chosen = encoder(request.app.state.settings)
    return JSONResponse(what_if(ready.reader, found, replacement=other, encoder=chosen).to_json())


@router.get("/reconciliation", summary="依赖核对", **answers(ReconciliationWire, more=UNCHANGED))
def reconciliation_route(
    ready: Ready, limit: Annotated[int, Query(ge=1, le=1000, description="每个清单最多几条")] = 50
) -> Response:
    """申报而未实测、实测而未申报的依赖，单点（按受影响的系统数排列），循环依赖。"""
    return JSONResponse(reconcile(ready.reader).to_json(top=limit))


def _reached(ready: Ready, entity: str, question: Question) -> Dependencies:
    root = meant(ready.reader, entity).id
    return dependencies(ready.reader, root, snapshot=ready.snapshot(), question=question)
