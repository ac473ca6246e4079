"""The duplicate check of an uploaded proposal; reports are kept in memory for as long as the server runs."""

from typing import Any

from fastapi import APIRouter, Request, UploadFile
from starlette.concurrency import run_in_threadpool

from api.uploads import Shelf, judged
from api.wiring import Ready
from kg.errors import NotFoundError

router = APIRouter(tags=["checks"])


def shelf(request: Request) -> Shelf:
    """The reports of this server."""
    found: Shelf = request.app.state.shelf
    return found


@router.post("/checks", summary="立项查重：上传申报材料", status_code=201)
async def check_route(request: Request, ready: Ready, file: UploadFile) -> dict[str, Any]:
    """The decision paper on the uploaded file, and under `id` where it can be read again."""
    report = await run_in_threadpool(judged, file.file, file.filename or "", ready=ready)
    return shelf(request).keep(report)


@router.get("/checks/{check_id}", summary="读取一份查重报告")
def report_route(request: Request, check_id: str) -> dict[str, Any]:
    """A report made since the server started. Raises: NotFoundError."""
    report = shelf(request).get(check_id)
    if report is None:
        raise NotFoundError(f"没有编号为 {check_id[:40]} 的报告")
    return report
