"""Words found on the picture of a page by the recogniser of the extra `ocr`."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

Picture: TypeAlias = "npt.NDArray[np.uint8]"
"""(height, width, 3), red first. Files without pictures are read without numpy, hence the quotes."""
EXTRA = "rapidocr"
NEEDS_OCR = "needs_ocr"
"""The sign by which run reports tell that pages stayed unread for want of a recogniser."""
INSTALL = "请安装文字识别（OCR）扩展（pip install 'reuse-knowledge-graph[ocr]'）后重新提交"
LONGEST = 2480
"""Pixels of the longer side of a picture, those of an A3 page at 150 dpi; larger ones are made smaller."""
ONE_THREAD = {"intra_op_num_threads": 1, "inter_op_num_threads": 1}
"""More threads share the sums out by the cores of the machine, which may change what is read."""


@dataclass(frozen=True, slots=True)
class Word:
    """A run of signs in one line: its middle, width along the line and height in pixels.

    `tilt` is the angle of the line in radians, downwards positive, `score` 0..1 how sure the recogniser is.
    """

    text: str
    x: float
    y: float
    width: float
    height: float
    tilt: float = 0.0
    score: float = 1.0

    @property
    def left(self) -> float:
        """Where it begins, in pixels."""
        return self.x - self.width / 2

    @property
    def right(self) -> float:
        """Where it ends, in pixels."""
        return self.x + self.width / 2


Recognise = Callable[[Picture], list[Word]]


def recogniser() -> Recognise | None:
    """The recogniser, whose models are loaded with its first picture; None without the extra `ocr`.

    It uses the models that came with its package and never fetches any.
    """
    found = find_spec(EXTRA)
    if found is None or found.origin is None:
        return None
    folder = Path(found.origin).parent / "models"
    models = [sorted(folder.glob(f"*_{step}_*.onnx")) for step in ("det", "rec")]
    if not all(models):
        return None
    detect, read = (str(paths[0]) for paths in models)
    return lambda picture: _words(_engine(detect, read), picture)


@cache
def _engine(detect: str, read: str) -> Any:
    from rapidocr import RapidOCR

    threads = {f"EngineConfig.onnxruntime.{name}": count for name, count in ONE_THREAD.items()}
    chosen = {"Det.model_path": detect, "Rec.model_path": read, "Global.use_cls": False}
    size = {"Global.max_side_len": LONGEST}
    return RapidOCR(params={"Global.log_level": "critical", **chosen, **size, **threads})


def _words(engine: Any, picture: Picture) -> list[Word]:
    told = engine(picture[:, :, ::-1])
    if told.boxes is None or told.txts is None:
        return []
    return [
        _word(corners, str(text), float(score))
        for corners, text, score in zip(told.boxes, told.txts, told.scores, strict=True)
    ]


def _word(corners: "npt.NDArray[np.float32]", text: str, score: float) -> Word:
    """A word from its corners, clockwise from the upper left."""
    points = [(float(x), float(y)) for x, y in corners]
    (ax, ay), (bx, by), (cx, cy), _ = points
    x, y = (sum(axis) / len(points) for axis in zip(*points, strict=True))
    width, height = math.hypot(bx - ax, by - ay), math.hypot(cx - bx, cy - by)
    return Word(text, x, y, width, height, math.atan2(by - ay, bx - ax), score)
