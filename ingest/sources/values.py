"""Cells as values of the ontology; what does not fit is kept as text and reported."""

import re
from dataclasses import dataclass, field
from functools import lru_cache

from ingest.sources.wording import how_to_write
from kg.errors import ValidationError
from kg.model import Value
from kg.ontology import PropertyType, ValueKind, load_ontology
from kg.text import simplify
from kg.values import parse_date, parse_money, parse_period

LIST_MARKS = re.compile(r"[、，,；;/\n]+")
OPENING = re.compile(r"[（(【\[]")
FUNCTION_MARKS = re.compile(r"[、；;\n]")
BULLET = re.compile(r"^\s*(?:\d+[.、．)）]|[（(]\d+[)）]|[①-⑳]|[•·●\-*])\s*")
NUMBERED = re.compile(r"(?:(?<=\s)|^)(?=\d{1,2}[.、．](?!\d)|[（(]?\d{1,2}[)）])|(?=[（(]\d{1,2}[)）]|[①-⑳])")
"""Where a number begins a piece within a line (1.备案 2.登记)."""
SLASHED = re.compile(r"[\u4e00-\u9fff]{3,12}(?:[/／][\u4e00-\u9fff]{3,12}){2,}")
"""Three names or more with slashes between, each too long to be one of two words for one thing."""
BARE = re.compile(r"-?\d+(?:\.\d+)?")
YES, NO = frozenset({"是", "有", "yes", "true", "√"}), frozenset({"否", "无", "no", "false", "×"})
BLANK = frozenset({"", "-", "—", "——", "/", "无", "暂无", "n/a", "N/A"})


@dataclass
class Cells:
    """Collects the properties of one row and what had to be said about its cells.

    `headers` names, by warning, the header under which the cell stands, `remedies` what belongs there.
    """

    properties: dict[str, Value] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    remedies: dict[str, str] = field(default_factory=dict)

    def warn(self, text: str, *, header: str, remedy: str) -> None:
        """Says something about the cell below a header."""
        warning = f"「{header}」{text}"
        self.warnings.append(warning)
        self.headers[warning] = header
        self.remedies[warning] = remedy

    def add(self, declared: PropertyType, text: str, *, header: str, unit: str | None = None) -> None:
        """Sets the property from a cell; one that does not fit leaves it unset and warns."""
        text = text.strip()
        if text in BLANK:
            return
        try:
            value = read_value(declared, text, unit=unit)
        except ValidationError as error:
            self.warn(f"{error}，该单元格未采用", header=header, remedy=how_to_write(declared))
            if declared.kind is not ValueKind.MONEY:
                self.properties[f"{declared.name}_text"] = text
            return
        self.properties[declared.name] = value


def read_value(declared: PropertyType, text: str, *, unit: str | None = None) -> Value:
    """The value of a cell by the kind of its property.

    Raises: ValidationError, in Chinese, when the text is not of that kind.
    """
    if declared.kind is ValueKind.MONEY:
        # With its unit the cell stands in a refusal as it was meant: -35万元, not -35.
        return parse_money(f"{text}{unit}" if unit and BARE.fullmatch(text) else text, unit=unit)
    if declared.kind is ValueKind.DATE:
        return parse_date(text)
    if declared.kind is ValueKind.PERIOD:
        return "/".join(parse_period(text))
    if declared.kind is ValueKind.LIST:
        return split_list(text)
    if declared.kind is ValueKind.CATEGORY:
        return _category(declared, text)
    if declared.kind in (ValueKind.INTEGER, ValueKind.BOOLEAN):
        return _integer(text) if declared.kind is ValueKind.INTEGER else _boolean(text)
    return text


def split_list(text: str) -> tuple[str, ...]:
    """Members of a cell that lists several, each once, in order."""
    return tuple(dict.fromkeys(part.strip() for part in LIST_MARKS.split(text) if part.strip() not in BLANK))


@lru_cache(maxsize=64)
def split_functions(text: str) -> tuple[str, ...]:
    """Function names of a cell: pieces at 、；;, line breaks and numbers in a row outside brackets.

    Empty when a piece has more than 40 characters or the cell holds a full stop: then it is prose.
    """
    text = _by_numbers(text)
    pieces = _outside_brackets(text) if OPENING.search(text) else FUNCTION_MARKS.split(text)
    found = tuple(dict.fromkeys(p for piece in pieces if (p := _bare(piece))))
    return () if "。" in text.strip().rstrip("。") or any(len(piece) > 40 for piece in found) else found


def _by_numbers(text: str) -> str:
    """The text with a line for each number within a line, where there are several."""
    if SLASHED.fullmatch(text.strip()):
        return text.replace("/", "\n").replace("／", "\n")
    pieces = [BULLET.sub("", piece).strip() for piece in NUMBERED.split(text) if piece.strip()]
    return "\n".join(pieces) if len(pieces) > 1 else text


def _outside_brackets(text: str) -> list[str]:
    pieces, depth, current = [], 0, ""
    for char in text:
        depth += (char in "（(【[") - (char in "）)】]")
        if depth <= 0 and char in "、；;\n":
            pieces.append(current)
            current, depth = "", 0
        else:
            current += char
    return [*pieces, current]


def _bare(piece: str) -> str:
    return BULLET.sub("", piece).strip().rstrip("。.").strip()


def _category(declared: PropertyType, text: str) -> str:
    value = load_ontology().category(declared.category or "", simplify(text))
    if value is None:
        raise ValidationError(f"取值不在类别之内：{text}")
    return value


def _integer(text: str) -> int:
    found = re.fullmatch(r"约?(\d[\d,，]*)(?:\.0+)?\s*(万)?\s*[人个户名次]?(?:左右|以上)?", text)
    if found is None:
        raise ValidationError(f"不是整数：{text}")
    return int(re.sub(r"[,，]", "", found[1])) * (10_000 if found[2] else 1)


def _boolean(text: str) -> bool:
    if text.lower() in YES:
        return True
    if text.lower() in NO:
        return False
    raise ValidationError(f"应为是或否：{text}")
