"""The API's own description (OpenAPI 3.1): errors as problem documents, the key, and what a route answers."""

from typing import Any

from fastapi import FastAPI
from pydantic import BaseModel

from api.http.problems import PROBLEM, TITLES
from api.wire.base import Problem
from api.wire.examples import examples

PREFIX = "/api/v1"
KEY = {
    "type": "apiKey",
    "in": "header",
    "name": "X-API-Key",
    "description": "服务设置了 KG_API_KEYS 时必填；本机无密钥运行时不需要",
}
Responses = dict[int | str, dict[str, Any]]
MERGED: Responses = {308: {"description": "此 id 已并入另一条目，Location 是合并后的地址"}}
UNCHANGED: Responses = {304: {"description": "与 If-None-Match 所给版本相同，不再重发"}}
ALWAYS = (401, 403, 422, 500, 503)


def answers(
    model: type[BaseModel], *problems: int, status: int = 200, more: Responses | None = None
) -> dict[str, Any]:
    """The part of a route's declaration that says what it answers; the answer itself is not rewritten."""
    found: Responses = {status: {"model": model, "description": _first_line(model)}}
    return {
        "response_model": None,
        "status_code": status,
        "responses": {**found, **(more or {}), **failing(*problems)},
    }


def failing(*statuses: int) -> Responses:
    """The problems that a route may answer with, next to those of every route."""
    return {
        status: {"model": Problem, "description": TITLES[status]} for status in sorted({*ALWAYS, *statuses})
    }


def describe(app: FastAPI) -> None:
    """Makes the application describe itself so."""
    generated = app.openapi

    def described() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _finished(generated())
        return app.openapi_schema

    app.openapi = described  # type: ignore[method-assign]  # the way the framework offers


def _first_line(model: type[BaseModel]) -> str:
    return (model.__doc__ or "").strip().splitlines()[0]


def _finished(description: dict[str, Any]) -> dict[str, Any]:
    parts = description["components"]
    parts["securitySchemes"] = {"ApiKey": KEY}
    for name, example in examples().items():
        parts["schemas"][name]["examples"] = [example]
    description["security"] = [{}, {"ApiKey": []}]
    for methods in description["paths"].values():
        for route in methods.values():
            for status, answer in route["responses"].items():
                if int(status) >= 400:
                    answer["content"] = {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return description
