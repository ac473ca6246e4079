"""The duplicate check of an uploaded proposal; reports are kept in memory for as long as the server runs."""

from typing import Annotated, Any

from fastapi import APIRouter, Path, Request
from fastapi.responses import JSONResponse, Response

from api.audit.checks import tell_checks
from api.http.auditing import actor_of
from api.http.caching import Tagged
from api.http.description import PREFIX, UNCHANGED, answers
from api.http.scopes import CHECKING, requires
from api.http.uploads import BODY, Shelf, Upload, Uploaded, laid_down
from api.keeping import keep_proposals, told
from api.keys.scopes import Scope
from api.wire.checks import ReportWire
from kg.errors import NotFoundError

router = APIRouter(prefix=PREFIX, tags=["查重"], route_class=Tagged, dependencies=CHECKING)


STORING = requires(Scope.LOAD)
"""For the wish to store what was uploaded, which is known only once the form is read."""


def shelf(request: Request) -> Shelf:
    """The reports of this server."""
    found: Shelf = request.app.state.shelf
    return found


async def checked(request: Request, upload: Upload) -> dict[str, Any]:
    """The report on an upload, told to the audit log and kept under its id; it waits its turn."""
    state, actor = request.app.state, actor_of(request)
    if upload.keep:
        await STORING(request)

    def work() -> dict[str, Any]:
        with laid_down(upload) as path:
            report: dict[str, Any] = state.judge(path, upload.name)
            tell_checks(state.journal, [report], by=actor)
            if upload.keep:
                report["kept"] = told(keep_proposals([path], state.settings, by=actor))
        return report

    report: dict[str, Any] = await state.checks.run(work)
    state.metrics.judged(report["verdict"])
    return shelf(request).keep(report)


@router.post(
    "/checks",
    summary="立项查重：上传申报材料",
    openapi_extra=BODY,
    **answers(ReportWire, 400, 408, 413, status=201),
)
async def check_route(request: Request, upload: Uploaded) -> Response:
    """答复是查重报告；id 是报告编号，服务重启前可再取。文件本身不保存，除非 keep 为 true。"""
    report = await checked(request, upload)
    place = {"Location": f"{request.scope['path']}/{report['id']}"}
    return JSONResponse(report, status_code=201, headers=place)


@router.get("/checks/{check_id}", summary="再取一份查重报告", **answers(ReportWire, 404, more=UNCHANGED))
def report_route(request: Request, check_id: Annotated[str, Path(examples=["9f2c5d1a7b3e4f60"])]) -> Response:
    """服务启动以来的报告。"""
    return JSONResponse(found_report(request, check_id))


def found_report(request: Request, check_id: str) -> dict[str, Any]:
    """A report made since the server started. Raises: NotFoundError."""
    report = shelf(request).get(check_id)
    if report is None:
        raise NotFoundError(f"没有编号为 {check_id[:40]} 的报告")
    return report
