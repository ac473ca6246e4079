"""Pages of the duplicate check: the form, the conclusion, and the report as page, Word and JSON."""

import base64
import hashlib
import json
import re

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from api.http.scopes import CHECKING
from api.http.uploads import Uploaded
from api.reports.page import report_page
from api.reports.word import report_document
from api.routers.checks import checked, found_report
from api.web.rendering import page
from kg.errors import KgError

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse, dependencies=CHECKING)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)


@router.get("/check")
def check_page(request: Request) -> HTMLResponse:
    """The upload form."""
    return page(request, "check.html", error="")


@router.post("/check")
async def check_upload(request: Request, upload: Uploaded) -> Response:
    """Judges the uploaded file and leads to its conclusion."""
    try:
        report = await checked(request, upload)
    except KgError as error:
        return page(request, "check.html", status=422, error=str(error))
    return RedirectResponse(f"/check/{report['id']}", status_code=303)


@router.get("/check/{check_id}")
def conclusion(request: Request, check_id: str) -> HTMLResponse:
    """The conclusion in short, and where the whole report is. Raises: NotFoundError."""
    return page(request, "conclusion.html", report=found_report(request, check_id))


@router.get("/check/{check_id}/report.html")
def report(request: Request, check_id: str) -> HTMLResponse:
    """The decision paper, as `kg check` writes it. Raises: NotFoundError."""
    text = report_page(found_report(request, check_id))
    return HTMLResponse(text, headers={"Content-Security-Policy": _policy(text)})


@router.get("/check/{check_id}/report.docx")
def word(request: Request, check_id: str) -> Response:
    """The decision paper for Word. Raises: NotFoundError."""
    return _download(report_document(found_report(request, check_id)), "report.docx", media=WORD)


@router.get("/check/{check_id}/report.json")
def data(request: Request, check_id: str) -> Response:
    """The decision paper as data. Raises: NotFoundError."""
    text = json.dumps(found_report(request, check_id), ensure_ascii=False, indent=2)
    return _download(text.encode(), "report.json", media="application/json")


def _download(content: bytes, name: str, *, media: str) -> Response:
    return Response(
        content, media_type=media, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def _policy(text: str) -> str:
    """Allows exactly the style sheets that the report carries, and nothing else."""
    digests = (
        base64.b64encode(hashlib.sha256(one.encode()).digest()).decode() for one in STYLE.findall(text)
    )
    styles = " ".join(f"'sha256-{digest}'" for digest in digests) or "'none'"
    return (
        f"default-src 'none'; style-src {styles}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
