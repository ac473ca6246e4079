"""Errors as problem details (RFC 9457), or as a page for a browser."""

from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from api.errors import http_status, one_line
from api.web.rendering import page
from kg.errors import KgError

PROBLEM = "application/problem+json"
TITLES = {
    400: "请求不合要求",
    401: "需要密钥",
    403: "不接受此请求",
    404: "没有找到",
    405: "不支持的方法",
    408: "等待超时",
    413: "文件过大",
    422: "请求不合要求",
    429: "请求过于频繁",
    500: "服务器内部错误",
    503: "暂时不可用",
}
DETAILS = {"Not Found": "没有这个地址", "Method Not Allowed": "此地址不支持该方法"}
"""What the framework says, in the language of the reader."""
MESSAGES = {
    "missing": "缺少此项",
    "string_too_short": "至少 {min_length} 个字",
    "string_too_long": "至多 {max_length} 个字",
    "greater_than_equal": "不得小于 {ge}",
    "less_than_equal": "不得大于 {le}",
    "literal_error": "应为 {expected}",
    "enum": "应为 {expected}",
    "int_parsing": "应为整数",
    "float_parsing": "应为数字",
    "bool_parsing": "应为 true 或 false",
    "json_invalid": "不是合法的 JSON",
    "string_type": "应为文字",
    "list_type": "应为列表",
    "tuple_type": "应为列表",
    "model_attributes_type": "应为 JSON 对象",
}
"""What is wrong with a value, by the kind of error that pydantic names."""


class ProblemError(HTTPException):
    """A problem with members of its own."""

    def __init__(
        self, status: int, detail: str, *, headers: Mapping[str, str] | None = None, **more: Any
    ) -> None:
        super().__init__(status, detail, headers)
        self.more = more


def problem(
    status: int, detail: str, *, headers: Mapping[str, str] | None = None, **more: Any
) -> JSONResponse:
    """One problem document."""
    body = {"type": "about:blank", "title": title(status), "status": status, "detail": detail}
    return JSONResponse(body | more, status_code=status, media_type=PROBLEM, headers=headers)


def title(status: int) -> str:
    """The kind of problem in a few words."""
    return TITLES.get(status, "未能完成")


def wants_page(request: Request) -> bool:
    """Whether a person reads the answer: outside the API, and the browser says it takes pages."""
    return not request.scope["path"].startswith("/api/") and "text/html" in request.headers.get("accept", "")


def handle_problems(app: FastAPI) -> None:
    """Makes every error of the application a problem document, or a page for a browser."""

    async def ours(request: Request, error: Exception) -> Response:
        assert isinstance(error, KgError)
        return _told(request, http_status(error), one_line(error))

    async def wrong_request(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        fields = [
            {"field": ".".join(str(part) for part in row["loc"]), "message": _message(row)}
            for row in error.errors()
        ]
        return _told(request, 422, "请求的参数不合要求", errors=fields)

    async def plain(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        detail = str(error.detail)
        more = error.more if isinstance(error, ProblemError) else {}
        return _told(request, error.status_code, DETAILS.get(detail, detail), headers=error.headers, **more)

    async def unforeseen(request: Request, _: Exception) -> Response:
        return _told(request, 500, "服务器遇到未预料的错误，已记入日志")

    app.add_exception_handler(KgError, ours)
    app.add_exception_handler(RequestValidationError, wrong_request)
    app.add_exception_handler(HTTPException, plain)
    app.add_exception_handler(Exception, unforeseen)


def _told(
    request: Request, status: int, detail: str, *, headers: Mapping[str, str] | None = None, **more: Any
) -> Response:
    if not wants_page(request):
        return problem(status, detail, headers=headers, **more)
    answer = page(request, "error.html", status=status, title=title(status), detail=detail)
    answer.headers.update(headers or {})
    return answer


def _message(row: Mapping[str, Any]) -> str:
    """What is wrong with one value, in Chinese where the kind of error is known."""
    known = MESSAGES.get(row["type"])
    return known.format_map(row.get("ctx", {})) if known else str(row["msg"])
