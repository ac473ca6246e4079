"""A table of records as linkage sees it: ids in order, columns of text, and which column names a record."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.errors import ValidationError
from kg.matching.encoder.onnx import prepared
from kg.matching.linkage.settings import settings
from kg.text import normalise


@dataclass(frozen=True, slots=True)
class Table:
    """Records in order of id; every column has one folded text for each, "" where nothing stands."""

    ids: tuple[str, ...]
    columns: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, rows: Sequence[Mapping[str, str]], *, label: str = "") -> "Table":
        """The table of rows by column; `label` names it in errors. The order of the rows never matters.

        Raises: ValidationError for rows without a column of ids, without an id, or with one given twice.
        """
        headers = list(dict.fromkeys(header for row in rows for header in row))
        key = _first(settings().id_columns, headers)
        if rows and key is None:
            raise ValidationError(f"{label}：缺少 id 列")
        ordered = sorted(rows, key=lambda row: str(row[key]).strip()) if key is not None else []
        ids = tuple(str(row[key]).strip() for row in ordered) if key is not None else ()
        if "" in ids:
            raise ValidationError(f"{label}：有的行没有 id")
        twice = next((one for one, other in pairwise(ids) if one == other), None)
        if twice is not None:
            raise ValidationError(f"{label}：id {twice} 出现多次")
        return cls(ids, {h: tuple(_folded(row.get(h, "")) for row in ordered) for h in headers if h != key})

    def texts(self) -> list[str]:
        """Everything that each record says."""
        return [" ".join(filter(None, values)) for values in zip(*self.columns.values(), strict=True)] or [
            "" for _ in self.ids
        ]


def name_column(table: Table, other: Table, wanted: str | None = None) -> str:
    """The column that names records in both tables: the wanted one, else by its header.

    Raises: ValidationError when a table does not have the wanted column, or the two share none.
    """
    shared = [header for header in table.columns if header in other.columns]
    if wanted is not None:
        if wanted not in shared:
            raise ValidationError(f"两个表不都有“{wanted}”列；共有的列：{'、'.join(shared) or '无'}")
        return wanted
    known = _first(settings().name_columns, shared)
    if known is not None:
        return known
    worded = (h for h in shared if any(c.isalpha() for value in table.columns[h] for c in value))
    found = next(worded, shared[0] if shared else None)
    if found is None:
        raise ValidationError("两个表没有共同的列，请用同样的列名")
    return found


def _first(wanted: Sequence[str], headers: Sequence[str]) -> str | None:
    folded = {_folded(header): header for header in reversed(headers)}
    return next((folded[name] for name in wanted if name in folded), None)


def _folded(text: str | None) -> str:
    return prepared(normalise(text or ""))
