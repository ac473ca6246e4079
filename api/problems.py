"""Errors as problem details (RFC 9457)."""

from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from api.errors import http_status, one_line
from kg.errors import KgError

TITLES = {
    401: "需要密钥",
    404: "没有找到",
    405: "不支持的方法",
    413: "文件过大",
    422: "请求不合要求",
    503: "暂时不可用",
}


def problem(status: int, detail: str, **more: Any) -> JSONResponse:
    """One problem document."""
    body = {
        "type": "about:blank",
        "title": TITLES.get(status, "未能完成"),
        "status": status,
        "detail": detail,
    }
    return JSONResponse(body | more, status_code=status, media_type="application/problem+json")


def handle_problems(app: FastAPI) -> None:
    """Makes every error of the application a problem document."""

    async def ours(_: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, KgError)
        return problem(http_status(error), one_line(error))

    async def wrong_request(_: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, RequestValidationError)
        fields = [
            {"field": ".".join(str(part) for part in row["loc"]), "message": row["msg"]}
            for row in error.errors()
        ]
        return problem(422, "请求的参数不合要求", errors=fields)

    async def plain(_: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, HTTPException)
        return problem(error.status_code, str(error.detail))

    app.add_exception_handler(KgError, ours)
    app.add_exception_handler(RequestValidationError, wrong_request)
    app.add_exception_handler(HTTPException, plain)
