"""Named arrays in one file that is mapped, not read: a second process opens it in milliseconds."""

import json
import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

ALIGNMENT = 64
Array: TypeAlias = NDArray[Any]


def write_arrays(file: Path, form: bytes, *, header: Mapping[str, Any], arrays: Mapping[str, Array]) -> None:
    """Writes arrays of one or two dimensions; the file appears whole or not at all. Raises: OSError.

    `form` are the first bytes of the file and name its form; `header` is any JSON object.
    """
    table = [[name, values.dtype.str, values.shape] for name, values in arrays.items()]
    told = json.dumps({"header": header, "arrays": table}, ensure_ascii=False).encode()
    with tempfile.NamedTemporaryFile(dir=file.parent, prefix=f".{file.name}-", delete=False) as out:
        try:
            out.write(form + len(told).to_bytes(8, "little") + told)
            for values in arrays.values():
                _append(out, values)
            out.flush()
            os.fsync(out.fileno())
            Path(out.name).replace(file)
        except BaseException:
            with suppress(OSError):
                Path(out.name).unlink()
            raise


def map_arrays(file: Path, form: bytes) -> tuple[Mapping[str, Any], dict[str, Array]]:
    """The header and the arrays of a file of this form, mapped read only.

    Raises: OSError, ValueError, KeyError, TypeError when there is no such file or it is damaged.
    """
    mapped = np.memmap(file, dtype=np.uint8, mode="r")
    if mapped[: len(form)].tobytes() != form:
        raise ValueError("not a file of this form")
    start = len(form) + 8
    end = start + int.from_bytes(mapped[len(form) : start].tobytes(), "little")
    told = json.loads(mapped[start:end].tobytes())
    return told["header"], dict(_sliced(mapped, told["arrays"], end))


def _append(out: IO[bytes], values: Array) -> None:
    out.write(b"\0" * (-out.tell() % ALIGNMENT))
    out.write(np.ascontiguousarray(values).tobytes())


def _sliced(
    mapped: Array, table: list[tuple[str, str, list[int]]], start: int
) -> Iterator[tuple[str, Array]]:
    for name, kind, shape in table:
        start += -start % ALIGNMENT
        end = start + np.dtype(kind).itemsize * int(np.prod(shape))
        if end > len(mapped):
            raise ValueError("shorter than its table says")
        # Plain arrays over the map: numpy's memmap type is slower in every slice.
        yield name, np.asarray(mapped[start:end]).view(np.ndarray).view(kind).reshape(shape)
        start = end
