"""What is open for a person to judge."""

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import JSONResponse, Response

from api.http.caching import Tagged
from api.http.description import PREFIX, UNCHANGED, answers
from api.http.scopes import READING
from api.http.wiring import Ready
from api.wire.reviews import ReviewPage
from queries.review import review_list

router = APIRouter(prefix=PREFIX, tags=["复核"], route_class=Tagged)


@router.get(
    "/reviews",
    summary="名称所指不明、待人确认的条目",
    dependencies=READING,
    **answers(ReviewPage, more=UNCHANGED),
)
def reviews_route(ready: Ready, limit: Annotated[int, Query(ge=1, le=500)] = 50) -> Response:
    """每一项带候选、出处和原因；出现次数多的在前。"""
    return JSONResponse(review_list(ready.stored, limit=limit, proposed=ready.proposals()).to_json())
