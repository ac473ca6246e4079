"""Uploaded files: read within limits, judged, their reports kept for a while; the file itself is not kept."""

import hashlib
import json
import re
from collections import OrderedDict
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
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
KEEP = "keep"
LONGEST_NAME = 200
"""Bytes of a name on disk; its end stays, for the ending tells the format."""
SAID = {"true": True, "false": False, "": False}
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
                        },
                        KEEP: {
                            "type": "boolean",
                            "default": False,
                            "description": "查重后把方案载入知识库，阶段为申报；需要 load 权限",
                        },
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
    """One uploaded file, what its sender calls it, and whether the proposal is to be stored."""

    file: IO[bytes]
    name: str
    keep: bool = False


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
        keep = SAID.get(str(form.get(KEEP, "")).lower())
        if keep is None:
            raise ValidationError(f"表单字段 {KEEP} 应为 true 或 false")
        yield Upload(file.file, name, keep)
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


@contextmanager
def laid_down(upload: Upload) -> Iterator[Path]:
    """The upload as a file under its name, for as long as this lasts.

    Raises: ValidationError when it is empty or too large.
    """
    with TemporaryDirectory(prefix="kg-upload-") as folder:
        path = Path(folder, upload.name.encode()[-LONGEST_NAME:].decode("utf-8", "ignore"))
        if not _copy(upload.file, path):
            raise ValidationError("上传的文件是空的")
        yield path


def judged(path: Path, name: str, *, ready: View) -> dict[str, Any]:
    """The report on a file that its sender calls so."""
    proposal = proposal_of(path, name=name)
    return check(ready.reader, proposal, context=ready.context()).to_json() | {"file": name}


def _copy(file: IO[bytes], path: Path) -> int:
    size = 0
    with path.open("wb") as target:
        while piece := file.read(1 << 20):
            size += len(piece)
            if size > LARGEST:
                raise ValidationError("文件超过 100 MB，请拆分后再提交")
            target.write(piece)
    return size
