"""Functions, reuse and replacement as told in the running text of a proposal."""

import re
from collections.abc import Iterable

from ingest.documents.blocks import Block, BlockKind
from ingest.proposal.wording import wording
from kg.matching.description import Item

NUMBER = re.compile(r"^(?:\d+(?:[.．]\d+)*[.．、]?|[（(]?[一二三四五六七八九十\d]+[）)、])\s*")
LIST = re.compile(
    r"(?:包括|包含|提供|实现|具备|具有|建设)([^。；：]{4,200}?)等?(?:[\d一二三四五六七八九十]+个)?(?:功能|模块|子系统)(?=[。；，,]|$)"
)
ORDINAL = re.compile(r"[一二三四五六七八九十]是([^；。]{3,80})")
NAME = r"([^，。；、：\s]{2,30}?(?:系统|平台|服务|库|中心))"
SENTENCE = re.compile(r"[^。；！？]+")


def prose_items(blocks: Iterable[Block]) -> tuple[Item, ...]:
    """Functions named by deep headings under a section on what is built, by 一是… and by lists."""
    items: dict[str, Item] = {}
    section: list[tuple[int, str]] = []
    for block in blocks:
        if block.kind is BlockKind.HEADING:
            title = NUMBER.sub("", block.text).strip()
            section = [*[s for s in section if s[0] < block.level], (block.level, title)]
            if len(section) > 1 and any(_builds(name) for _, name in section[:-1]):
                path = "/".join(name for _, name in section[:-1] if not _builds(name))
                items.setdefault(title, Item(title, path, None, _place(block)))
        elif block.kind is BlockKind.PARAGRAPH:
            path = section[-1][1] if section and not _builds(section[-1][1]) else ""
            for text in _listed(block.text):
                items.setdefault(text, Item(text, path, None, _place(block)))
    return tuple(items.values())


def _builds(title: str) -> bool:
    return any(title.endswith(word) or title == word for word in wording().sections)


def _listed(text: str) -> list[str]:
    found = [
        part for match in LIST.finditer(text) for part in re.split(r"[、，]|以及|和(?=[^、]{3})", match[1])
    ]
    found += [match[1] for match in ORDINAL.finditer(text)]
    return [part.strip(" ，的") for part in found if len(part.strip(" ，的")) > 1]


def named_after(blocks: Iterable[Block], cues: tuple[str, ...]) -> tuple[str, ...]:
    """Names of systems that directly follow one of the cues, unless the clause denies it."""
    pattern = re.compile(rf"(?<![不未无])(?:{'|'.join(cues)})(?:现有|已建|原有|了)?的?{NAME}")
    texts = (block.text for block in blocks if block.kind is BlockKind.PARAGRAPH)
    return tuple(dict.fromkeys(match[1] for text in texts for match in pattern.finditer(text)))


def declared(blocks: Iterable[Block]) -> str:
    """The first sentence that declares a deployment of an existing system, "" when there is none."""
    pattern = re.compile("|".join(wording().declared))
    for block in blocks:
        for sentence in SENTENCE.findall(block.text) if block.kind is BlockKind.PARAGRAPH else ():
            if pattern.search(sentence) and re.search("系统|平台", sentence):
                return str(sentence).strip()
    return ""


def _place(block: Block) -> str:
    return f"第{block.place.page}页" if block.place.page else f"第{block.place.block}段"
