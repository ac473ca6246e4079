"""Tables in csv files, in the encodings that offices write."""

import csv
import io
from pathlib import Path

from kg.errors import ValidationError

ENCODINGS = ("utf-8-sig", "gb18030")


def read_table(path: Path) -> list[dict[str, str]]:
    """The rows of a csv file by header; cells beyond the header are left out.

    Raises: ValidationError when it is no csv in a known encoding.
    """
    raw = path.read_bytes()
    for encoding in ENCODINGS:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        return _rows(text, path.name)
    raise ValidationError(f"{path.name}：不是 UTF-8 或 GB18030 编码的文本")


def _rows(text: str, name: str) -> list[dict[str, str]]:
    try:
        rows = list(csv.DictReader(io.StringIO(text, newline="")))
    except csv.Error as error:
        raise ValidationError(f"{name}：不是合法的 csv（{error}）") from error
    return [{header: cell or "" for header, cell in row.items() if header} for row in rows]
