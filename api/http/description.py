"""The API's own description (OpenAPI 3.1): errors as problem documents, the key, and what a route answers."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from fastapi import FastAPI
from fastapi.routing import APIRoute
from pydantic import BaseModel
from starlette.routing import BaseRoute

from api.http.problems import PROBLEM, TITLES
from api.http.scopes import required_scopes
from api.keys.scopes import WRITES, Scope
from api.wire.base import Problem
from api.wire.examples import examples

PREFIX = "/api/v1"
ABOUT = "用 kg keys add 建立；服务没有任何密钥时，本机不给密钥也可查询和查重"
SCHEMES = {
    "ApiKey": {"type": "apiKey", "in": "header", "name": "X-API-Key", "description": ABOUT},
    "Bearer": {"type": "http", "scheme": "bearer", "description": ABOUT},
}
"""Source of the list beside a scheme, the scopes asked for: OpenAPI 3.1, security requirement object."""
Responses = dict[int | str, dict[str, Any]]
MERGED: Responses = {308: {"description": "此 id 已并入另一条目，Location 是合并后的地址"}}
UNCHANGED: Responses = {304: {"description": "与 If-None-Match 所给版本相同，不再重发"}}
ALWAYS = (401, 403, 422, 429, 500, 503)


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


def describe(app: FastAPI, routes: Iterable[BaseRoute]) -> None:
    """Makes the application describe itself so; `routes` declare the scopes that they ask for."""
    generated = app.openapi
    asked = dict(_asked(routes))

    def described() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _finished(generated(), asked)
        return app.openapi_schema

    app.openapi = described  # type: ignore[method-assign]  # the way the framework offers


def _first_line(model: type[BaseModel]) -> str:
    return (model.__doc__ or "").strip().splitlines()[0]


def _asked(routes: Iterable[BaseRoute]) -> Iterator[tuple[tuple[str, str], list[Scope]]]:
    """The scopes that are asked for, by path and method as the description writes them."""
    for route in routes:
        if isinstance(route, APIRoute):
            for method in route.methods or ():
                yield (route.path_format, method.lower()), sorted(required_scopes(route))


def _security(scopes: list[Scope]) -> list[dict[str, list[str]]]:
    """What a route wants to be shown: either form of the key, or nothing where this machine needs none."""
    names = [scope.value for scope in scopes]
    keyless: list[dict[str, list[str]]] = [] if WRITES.intersection(scopes) else [{}]
    return keyless + [{scheme: names} for scheme in SCHEMES]


def _finished(description: dict[str, Any], asked: Mapping[tuple[str, str], list[Scope]]) -> dict[str, Any]:
    parts = description["components"]
    parts["securitySchemes"] = SCHEMES
    for name, example in examples().items():
        parts["schemas"][name]["examples"] = [example]
    for path, methods in description["paths"].items():
        for method, route in methods.items():
            route["security"] = _security(asked.get((path, method), []))
            for status, answer in route["responses"].items():
                if int(status) >= 400:
                    answer["content"] = {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return description
