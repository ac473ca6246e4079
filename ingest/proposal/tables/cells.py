"""Cells of a function list: bare names, and the several functions that one cell may list."""

import re
from functools import cache

from ingest.extract.lists import functions
from ingest.proposal.sections import bare
from ingest.proposal.wording import any_of, tables
from ingest.sources.values import split_functions
from kg.text import aligned

MARKED = re.compile(
    r"(?:(?<=[^\d.])|^)\d{1,2}\s*[.、．)）](?!\d)|[（(]\d{1,2}[)）]|[①-⑳]"
    r"|(?:(?<=\s)|^)(?:[•●◆■▪▶►★]|[·*\-–—](?=\s*[一-龥]))"
)
RATE = re.compile(r"[（(][^）)]*[%％][^）)]*[）)]$")
"""The rate of a fee or tax behind its name."""
LONGEST = 40
"""Signs of a function's name; longer texts describe."""
HAN = re.compile(r"[\u4e00-\u9fff（）()A-Za-z0-9]{3,20}(?<![A-Za-z0-9])")
"""A piece of a cell whose line breaks became spaces."""
NAMED = re.compile(r"^([^：:，。；]{2,20})[：:]\s*\S")
LISTED = 3
"""Members from which on 、 in a cell separates functions rather than the words of one."""
CONTENT = 16
"""Signs of a function in a cell of contents; longer texts describe."""
SENTENCE = re.compile(
    "[，,。：:]|^(?:对|将|按|为|以|在|向|由|把|可|并|通过|实现|支持|包括|包含|满足|具备|各|县|市|省|区)|[的等]$"
)
"""What shows a piece of a sentence."""
COVERS = "采购|购置|服务|租赁|租用|费用?|部分|建设|实施|投资|集成|软件|硬件|、|及|和|与|等"


def name_of(text: str) -> str:
    """The name in a cell, without number, bullet and closing stop; "/" is kept for paths."""
    return bare(" ".join(text.split())).rstrip("：:；;。 ").replace("/", "／")


@cache
def _other() -> re.Pattern[str]:
    words, fees = any_of(tables().other_costs).pattern, any_of(tables().fees).pattern
    return re.compile(rf"(?:{words})(?:{words}|{COVERS})*|.{{0,12}}(?:{fees})费用?", re.IGNORECASE)


def is_other_cost(text: str) -> bool:
    """Whether a line is about hardware, services or fees rather than software."""
    return bool(_other().fullmatch(text) or _other().fullmatch(RATE.sub("", text)))


def functions_in(cell: str) -> tuple[str, ...]:
    """The functions that a cell of functions names, each bare; the whole cell when it lists none."""
    whole = " ".join(cell.split())
    pieces = _pieces(cell)
    names = tuple(dict.fromkeys(name for piece in pieces if len(name := _short(piece)) > 1))
    if len(names) > 1 and all(len(name) <= LONGEST for name in names):
        return names
    return (_short(whole),) if len(_short(whole)) <= LONGEST else listed(whole) or (whole,)


def contents_of(cell: str) -> tuple[str, ...]:
    """The functions that a cell of contents lists by marks or as bare names, () for a description."""
    plain = bare(" ".join(cell.split())).rstrip("。；; ")
    names = functions_in(cell)
    names = names if len(names) > 1 else split_functions(plain)
    short = all(len(name) <= CONTENT and not SENTENCE.search(name) for name in names)
    return tuple(name_of(name) for name in names) if len(names) > 1 and short else ()


def enumerated(text: str) -> tuple[str, ...]:
    """The names that numbers, semicolons or line breaks part in a text, () when there are under two."""
    names = tuple(dict.fromkeys(name for piece in _parted(text) if len(name := _short(piece)) > 1))
    return names if len(names) > 1 else ()


def _parted(text: str) -> list[str]:
    marked = [piece for piece in MARKED.split(text) if piece.strip(" ；;。\n")]
    if len(marked) > 1 and len(MARKED.findall(text)) > 1:
        return marked
    return re.split(r"[\n；;]+", text.strip())


def _pieces(cell: str) -> list[str]:
    parted = _parted(cell)
    if len(parted) > 1:
        return parted
    words = cell.split()
    if len(words) > 1 and all(HAN.fullmatch(word) for word in words):
        return words
    split = split_functions(cell)
    return list(split) if len(split) >= LISTED else [cell]


def _short(piece: str) -> str:
    """The name before a colon, where the piece describes what it names."""
    named = NAMED.match(bare(" ".join(piece.split())))
    return name_of(named[1] if named else piece)


def listed(text: str) -> tuple[str, ...]:
    """The functions that a description lists by the rules of running text, () when under two."""
    found = [text[m.start : m.end] for m in functions(aligned(text)) if m.rule == "list.function"]
    return tuple(dict.fromkeys(found)) if len(set(found)) > 1 else ()
