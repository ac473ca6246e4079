"""Limits on what a request may send: size, and how long it may take to send it."""

import asyncio
from collections.abc import Mapping

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.http.problems import problem

PLAIN_BYTES = 2 * 1024 * 1024
"""Body of an ordinary request."""
UPLOAD_BYTES = 104 * 1024 * 1024
"""Body of an upload in whole: the largest file and the form around it."""
UPLOADS = ("/api/v1/checks", "/check")
PAUSE = 30.0
"""Seconds without a byte."""
WHOLE = 600.0
"""Seconds for the whole body."""


class BodyLimits:
    """Ends requests whose body is too large (413) or too slow (408)."""

    def __init__(self, app: ASGIApp, *, pause: float = PAUSE, whole: float = WHOLE) -> None:
        self._app = app
        self._pause = pause
        self._whole = whole

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        most = UPLOAD_BYTES if scope["path"] in UPLOADS else PLAIN_BYTES
        if _announced(Request(scope).headers) > most:
            await problem(413, _too_large(most))(scope, receive, send)
            return
        await self._app(scope, self._limited(receive, most), send)

    def _limited(self, receive: Receive, most: int) -> Receive:
        read, done = 0, False
        end = asyncio.get_running_loop().time() + self._whole

        async def limited() -> Message:
            nonlocal read, done
            if done:
                return await receive()
            try:
                async with asyncio.timeout(min(self._pause, end - asyncio.get_running_loop().time())):
                    message = await receive()
            except TimeoutError as error:
                raise HTTPException(408, "上传太慢，已中断，请重试") from error
            read += len(message.get("body", b""))
            done = not message.get("more_body", False)
            if read > most:
                raise HTTPException(413, _too_large(most))
            return message

        return limited


def _announced(headers: Mapping[str, str]) -> int:
    """The length that the request announces; 0 when it announces none."""
    length = headers.get("content-length", "")
    return int(length) if length.isascii() and length.isdigit() and len(length) < 20 else 0


def _too_large(most: int) -> str:
    return f"请求超过 {most // (1024 * 1024)} MB，请拆分后再提交"
