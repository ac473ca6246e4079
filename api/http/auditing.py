"""Who is to be named in the audit log for a request."""

from starlette.requests import Request

from api.audit.act import Actor
from api.http.scopes import caller_of


def actor_of(request: Request) -> Actor:
    """The caller by the name of its key."""
    return Actor(caller_of(request).name, "http")
