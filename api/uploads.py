"""Uploaded files: read within limits, judged, their reports kept for a while; the file itself is not kept."""

import hashlib
import json
from collections import OrderedDict
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from threading import Lock
from typing import IO, Any

from api.checks import check_files
from api.graph import View
from kg.errors import ValidationError

LARGEST = 100 * 1024 * 1024
"""Bytes of an upload; the readers' own limits by format are tighter."""
KEPT = 200


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


def judged(file: IO[bytes], name: str, *, ready: View) -> dict[str, Any]:
    """The report on an uploaded file. Raises: ValidationError when it is too large or has no name."""
    plain = PurePosixPath(name.replace("\\", "/")).name
    if not plain or plain in {".", ".."} or "\x00" in plain:
        raise ValidationError("上传的文件没有名称")
    with TemporaryDirectory() as folder:
        path = Path(folder) / plain[-120:]
        size = _copy(file, path)
        if not size:
            raise ValidationError("上传的文件是空的")
        reports = check_files([path], ready.reader, ready.context())
    return reports[0]


def _copy(file: IO[bytes], path: Path) -> int:
    size = 0
    with path.open("wb") as target:
        while piece := file.read(1 << 20):
            size += len(piece)
            if size > LARGEST:
                raise ValidationError("文件超过 100 MB，请拆分后再提交")
            target.write(piece)
    return size
