"""Which scope a route asks for, declared at the route, and who is calling."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from fastapi import Depends
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from starlette.requests import Request

from api.http.problems import ProblemError
from api.keys.caller import HERE, Caller
from api.keys.scopes import LABELS, WRITES, Scope

CALLER = "kg.caller"
"""Where the guard leaves in the ASGI scope who is calling."""


@dataclass(frozen=True, slots=True)
class Requires:
    """A dependency that lets through callers with this scope and gives their name."""

    scope: Scope

    async def __call__(self, request: Request) -> str:
        """The name of the caller. Raises: ProblemError 403 that names the scope."""
        caller = caller_of(request)
        if self.scope not in caller.scopes:
            raise ProblemError(403, _missing(caller, self.scope), scope=self.scope.value)
        return caller.name


def requires(scope: Scope) -> Requires:
    """What a route depends on: `Depends(requires(Scope.JUDGE))`; a parameter is given the caller's name."""
    return Requires(scope)


READING = (Depends(Requires(Scope.READ)),)
CHECKING = (Depends(Requires(Scope.CHECK)),)
"""For routes and routers that do not ask who is calling."""


def caller_of(request: Request) -> Caller:
    """Who is calling; nobody passes the guard unknown."""
    caller: Caller = request.scope[CALLER]
    return caller


def required_scopes(route: APIRoute) -> frozenset[Scope]:
    """What a route asks for, of its router, its own list and its parameters."""
    declared = [one.dependency for one in route.dependencies]
    return frozenset(
        call.scope for call in (*declared, *_calls([route.dependant])) if isinstance(call, Requires)
    )


def _calls(parts: Iterable[Dependant]) -> Iterator[object]:
    for part in parts:
        yield part.call
        yield from _calls(part.dependencies)


def _missing(caller: Caller, scope: Scope) -> str:
    if caller == HERE and scope in WRITES:
        return (
            f"写入须用有名称的密钥：请先用 kg keys add 名称 --scope {scope} 建立一把，"
            "再在 X-API-Key 请求头中给出"
        )
    return f"密钥「{caller.name}」没有 {scope}（{LABELS[scope]}）权限"
