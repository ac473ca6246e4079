"""Uploaded files: read within limits, judged, their reports kept for a while; the file itself is not kept."""

import hashlib
import json
import re
from collections import OrderedDict
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from threading import Lock
from typing import IO, Annotated, Any

from fastapi import Depends, Request
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException

from api.graph import View
from ingest.proposal.handed import proposal_of
from kg.errors import ValidationError
from queries.check import check

LARGEST = 100 * 1024 * 1024
"""Bytes of an upload; the readers' own limits by format are tighter."""
KEPT = 200
FIELD = "file"
ENDING = re.compile(r"\.[a-z0-9]{1,6}")
CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Characters that no file name shows, or that turn the ones beside them around."""
BODY = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": [FIELD],
                    "properties": {
                        FIELD: {
                            "type": "string",
                            "contentMediaType": "application/octet-stream",
                            "description": "一个申报材料（docx、pdf、xlsx 等），不超过 100 MB",
                        }
                    },
                },
                "encoding": {FIELD: {"contentType": "application/octet-stream"}},
            }
        },
    }
}
"""The form of an upload in the description of the API."""


@dataclass(frozen=True, slots=True)
class Upload:
    """One uploaded file, and what its sender calls it: a name to show, never a path."""

    file: IO[bytes]
    name: str


class Shelf:
    """The last reports of this server by id; an id is the digest of the report."""

    def __init__(self) -> None:
        self._reports: OrderedDict[str, dict[str, Any]] = OrderedDict()
        self._lock = Lock()

    def keep(self, report: dict[str, Any]) -> dict[str, Any]:
        """The report with its id."""
        text = json.dumps(report, ensure_ascii=False, sort_keys=True)
        key = hashlib.sha256(text.encode()).hexdigest()[:16]
        with self._lock:
            self._reports[key] = {"id": key, **report}
            while len(self._reports) > KEPT:
                self._reports.popitem(last=False)
            return self._reports[key]

    def get(self, key: str) -> dict[str, Any] | None:
        """The report of this id; None when there is none any more."""
        with self._lock:
            return self._reports.get(key)


async def uploaded(request: Request) -> AsyncIterator[Upload]:
    """The one file of the form. Raises: ValidationError when there is none or its name shows nothing."""
    form = await _form(request)
    try:
        file = form.get(FIELD)
        if not isinstance(file, UploadFile):
            raise ValidationError(f"请在表单字段 {FIELD} 中上传一个文件")
        name = shown_name(file.filename or "")
        if not name:
            raise ValidationError("上传的文件没有名称")
        yield Upload(file.file, name)
    finally:
        await form.close()


async def _form(request: Request) -> FormData:
    try:
        return await request.form(max_files=1, max_fields=4, max_part_size=64 * 1024)
    except HTTPException as error:
        if error.status_code != 400:
            raise
        raise HTTPException(400, "表单无法读取；一次只能上传一个文件") from error


Uploaded = Annotated[Upload, Depends(uploaded)]


def shown_name(name: str) -> str:
    """The last part of a name as a browser sends it, fit to show; "" when nothing is left."""
    plain = CONTROLS.sub("", PurePosixPath(name.replace("\\", "/")).name).strip()
    return "" if plain in {".", ".."} else plain[-120:]


def judged(upload: Upload, *, ready: View) -> dict[str, Any]:
    """The report on an uploaded file. Raises: ValidationError when it is empty or too large."""
    ending = PurePosixPath(upload.name).suffix.lower()
    with TemporaryDirectory(prefix="kg-upload-") as folder:
        path = Path(folder, "upload" + (ending if ENDING.fullmatch(ending) else ".bin"))
        if not _copy(upload.file, path):
            raise ValidationError("上传的文件是空的")
        proposal = proposal_of(path, name=upload.name)
    return check(ready.reader, proposal, context=ready.context()).to_json() | {"file": upload.name}


def _copy(file: IO[bytes], path: Path) -> int:
    size = 0
    with path.open("wb") as target:
        while piece := file.read(1 << 20):
            size += len(piece)
            if size > LARGEST:
                raise ValidationError("文件超过 100 MB，请拆分后再提交")
            target.write(piece)
    return size
