"""Functions named in the running text of a proposal, for files without a function list."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from ingest.documents.blocks import BlockKind
from ingest.extract.lists import functions
from ingest.proposal.sections import NUMBER, Placed, bare
from ingest.proposal.tables.cells import enumerated, is_other_cost, name_of
from ingest.proposal.tables.columns import is_label
from ingest.proposal.wording import any_of, prose
from ingest.sources.values import split_functions
from kg.matching.description import Item
from kg.text import aligned

LONGEST = 30
"""Signs of the name of a function; longer texts are sentences."""
SPEAKING = re.compile("[，]|^(?:对|将|按|为|以|在|向|由|把|可|并|通过|实现|支持|提供|包括)|[的等]$")
"""What shows that a piece of a text is a part of a sentence."""
SHORT = 8
"""Signs of a member of a bare list."""
SPLIT = re.compile(r"[、，]|以及|和(?=[^、]{3})")
ENOUGH = 3
"""Functions told in surer ways from which on less sure ones are left out."""


@dataclass(frozen=True, slots=True)
class Told:
    """A function, how it is told (heading, module, line, listed, ordinal), and whether in a chapter on what
    is built.
    """

    item: Item
    way: str
    inside: bool = True


def prose_items(blocks: Sequence[Placed]) -> tuple[tuple[Item, ...], float]:
    """Functions of the running text, and how sure the least sure way of telling them is, 0..1.

    What chapters on what is built tell counts first, then lists elsewhere, and 一是… last.
    """
    told = list(_told(blocks))
    sure = [one for one in told if one.inside and one.way != "ordinal"]
    listed = [one for one in told if one.way != "ordinal"]
    chosen = _leaves(next((some for some in (sure, listed) if len(some) >= ENOUGH), told))
    confidence = min((prose().confidence[one.way] for one in chosen), default=0.0)
    return tuple(one.item for one in chosen), confidence


def _leaves(told: Sequence[Told]) -> list[Told]:
    """Without items that only head others, and without those told twice under another path."""
    paths = {one.item.path for one in told}
    heads = {"/".join(path.split("/")[: n + 1]) for path in paths for n in range(path.count("/") + 1)}
    kept: dict[str, Told] = {}
    for one in told:
        whole = f"{one.item.path}/{one.item.text}" if one.item.path else one.item.text
        if whole not in heads:
            kept.setdefault(one.item.text, one)
    return list(kept.values())


def _told(blocks: Sequence[Placed]) -> Iterator[Told]:
    chapter = ""
    for one in blocks:
        chapter = _chapter(one, chapter)
        if _names_chapter(one):
            continue
        inside = _inside((chapter, *one.titles) if chapter else one.titles)
        if one.block.kind is BlockKind.HEADING and inside is not None and inside:
            yield Told(Item(inside[-1], "/".join(inside[:-1]), None, one.place), "heading")
        elif one.block.kind is BlockKind.PARAGRAPH and not any(map(_leaves_building, one.titles)):
            path = "/".join(inside or ())
            for way, text, module in _of_paragraph(one.block.text, inside=inside is not None):
                above = f"{path}/{module}".strip("/")
                yield Told(Item(text, above, None, one.place), way, inside is not None)


def _chapter(one: Placed, chapter: str) -> str:
    """The line without a number that names a chapter on what is built, until a title tells of something else.

    Under it stand titles that begin to count anew (建设内容, then 一、播控中心).
    """
    line = one.block.text.strip().rstrip("：:")
    if _names_chapter(one):
        return line
    ends = one.block.kind is not BlockKind.TABLE and _leaves_building(bare(line))
    return "" if ends or any(map(_builds, one.titles)) else chapter


def _names_chapter(one: Placed) -> bool:
    line = one.block.text.strip().rstrip("：:")
    return one.block.kind is BlockKind.PARAGRAPH and line.lower() in prose().sections


def _of_paragraph(raw: str, *, inside: bool) -> Iterator[tuple[str, str, str]]:
    """Way, name and module ("" for none) of every function of a paragraph."""
    text = " ".join(raw.split())
    module = _module(text) if (inside and NUMBER.match(text)) or _says_module(text) else None
    if module:
        name, rest = module
        members = tuple(_listed(rest)) or _bare_list(rest)
        yield from (("module", member, name) for member in members)
        yield from () if members else (("module", name, ""),)
        return
    plain = _plainly_listed(text) if inside and not NUMBER.match(text) else ()
    names = _enumerated(text) if inside and not plain else ()
    lone = bool(re.fullmatch(prose().line.pattern, text)) if inside and not names else False
    yield from (("module", name, "") for name in names)
    yield from (("line", text, ""),) if lone and not is_label(text) else ()
    if not names and not lone:
        yield from (("listed", member, "") for member in tuple(_listed(text)) or plain)
        yield from (("ordinal", name_of(hit[1]), "") for hit in re.finditer(prose().ordinal.pattern, text))


def _plainly_listed(text: str) -> tuple[str, ...]:
    """The members of lists that a sentence ends with, without a word for what they are."""
    hits = re.finditer(prose().plain.pattern, text)
    return tuple(name for hit in hits for name in _bare_list(re.sub(prose().tails, "", hit[1])))


def _bare_list(text: str) -> tuple[str, ...]:
    """The members of a text that is nothing but a list of short names, () for others."""
    names = split_functions(text)
    plain = all(len(name) <= SHORT and not SPEAKING.search(name) for name in names)
    return names if len(names) > 1 and plain else ()


def _enumerated(text: str) -> tuple[str, ...]:
    """Functions that a paragraph is made of, numbered or parted by semicolons; one alone must be numbered."""
    names = enumerated(text)
    if names and all(len(name) <= LONGEST and not re.search("[，。]", name) for name in names):
        return tuple(name for name in names if not _leaves_building(name) and not is_other_cost(name))
    alone = name_of(text)
    numbered = NUMBER.match(text) and len(alone) <= LONGEST and not re.search("[，。：:；、]", alone)
    return (alone,) if numbered and not _leaves_building(alone) else ()


def _says_module(text: str) -> bool:
    return bool(re.match(r"^[^，。；：:]{2,24}(?:模块|子系统|功能)\s*[：:]", NUMBER.sub("", text, count=1)))


def _module(text: str) -> tuple[str, str] | None:
    """The name and description of a numbered paragraph such as 1）档案模块：…"""
    found = re.match(prose().module.pattern, NUMBER.sub("", text, count=1))
    if found is None or is_other_cost(found[1]) or _leaves_building(found[1]) or is_label(found[1]):
        return None
    return name_of(found[1]), found[2]


def _inside(titles: Iterable[str]) -> tuple[str, ...] | None:
    """The titles below the chapter on what is built; None outside such a chapter."""
    found: tuple[str, ...] | None = None
    for title in titles:
        if _leaves_building(title):
            return None
        if found is not None and len(title) <= LONGEST:
            found = found if _builds(title) else (*found, name_of(title))
        elif found is None and _builds(title):
            found = ()
    return found


def _builds(title: str) -> bool:
    return len(title) <= LONGEST and title.lower().endswith(prose().sections)


@cache
def _other_chapter() -> re.Pattern[str]:
    words = any_of(prose().leave).pattern
    return re.compile(rf"(?:{prose().chapter})*(?:{words})(?:{words}|{prose().chapter})*")


def _leaves_building(title: str) -> bool:
    """Whether a title is about something else than what is built, word for word: 安全设计, not 安全巡查."""
    return bool(_other_chapter().fullmatch(title))


def _listed(text: str) -> Iterator[str]:
    """Members of the lists of functions in a text, by the grammar of running text and by its own frame."""
    flat = aligned(text)
    spans = [(m.start, m.end) for m in functions(flat) if m.rule == "list.function"]
    if spans:
        yield from dict.fromkeys(text[start:end] for start, end in spans)
        return
    for hit in re.finditer(prose().listed.pattern, text):
        for part in SPLIT.split(hit[1]):
            name = re.sub(prose().tails, "", part.strip(" ，的“”"))
            if 1 < len(name) <= LONGEST:
                yield name
