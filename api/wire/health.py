"""Whether the server answers."""

from typing import Literal

from pydantic import Field

from api.wire.base import Wire


class HealthWire(Wire):
    """The server answers; `mode` tells how functions are compared, `reason` why not by meaning."""

    status: Literal["ok"]
    engine: str = Field(examples=["0.1.0"])
    graph_version: str = Field(examples=["16"])
    mode: str = Field(examples=["semantic"])
    reason: str | None = None
