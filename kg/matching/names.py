"""Reduces a system's name to what tells it apart, and finds names in running text."""

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from kg.matching.encoder.onnx import prepared
from kg.matching.lexicon.loading import name_lexicon
from kg.matching.words import dice, letters_of, words_of

MAX_NAME = 24
MAX_NAMES = 4
SHORTEST_CORE = 2
_PLACE = re.compile(
    r"^[\u4e00-\u9fff]{2,5}?(?:自治区|自治州|自治县|省|市|县|区|州|盟|旗|镇|乡)(?=[\u4e00-\u9fff]{3})"
)
_BRAND = re.compile(r"[“\"「]([^”\"」]{2,12})[”\"」]")
_LEVEL = re.compile(r"^(?:[省市县区]级|[省市县](?![场民容]))(?=.{3})")
_BRACKETS = re.compile(r"[（(][^）)]*[）)]")
_PROJECT = re.compile(
    r"(?:项目名称|系统名称|名称)[:：]\s*([^。；;\n]{4,60}?)(?=采购内容|采购需求|项目概况|[。；;\n\s]|$)"
)


@dataclass(frozen=True, slots=True)
class Named:
    """A system's name in text and the part it plays there: built by the text, used by it, or told about."""

    name: str
    role: Literal["built", "used", "subject"]


@functools.lru_cache(maxsize=50_000)
def core(name: str) -> str:
    """The name without place, organ, phase and words every name has; the folded name if nothing is left."""
    return _told_apart(name) or prepared(name)


def _told_apart(name: str) -> str:
    lexicon = name_lexicon()
    text = strip_place(_BRACKETS.sub("", prepared(name)))
    text = _strip_owner(_LEVEL.sub("", _BRAND.sub(r"\1", text)))
    for word in lexicon.phases:
        text = text.replace(word, "")
    kept: dict[str, str] = {}
    for index, word in enumerate(lexicon.keep):
        if word in text:
            kept[chr(0xE000 + index)] = word
            text = text.replace(word, chr(0xE000 + index))
    for word in sorted(lexicon.generic, key=lambda word: (-len(word), word)):
        text = text.replace(word.lower(), "")
    for mark, word in kept.items():
        text = text.replace(mark, word)
    return text


def _strip_owner(name: str) -> str:
    """The name without the unit it begins with, where enough of it is left to tell what it is."""
    found = _owner().match(name)
    return name[found.end() :] if found and not found.group().endswith(name_lexicon().no_organs) else name


@functools.cache
def _owner() -> re.Pattern[str]:
    return re.compile(
        rf"^[\u4e00-\u9fff]{{1,10}}?(?:{'|'.join(name_lexicon().organs)})(?=[\u4e00-\u9fff]{{4}})"
    )


def strip_place(name: str) -> str:
    """The name without the province, city or county it begins with."""
    text = name
    for province in name_lexicon().provinces:
        if text.startswith(province) and len(text) > len(province) + 2:
            text = re.sub(r"^(?:壮族|回族|维吾尔)?(?:自治区|省|市)?", "", text[len(province) :])
            break
    shorter = _PLACE.sub("", text)
    return shorter if len(shorter) >= 3 else text


def core_similarity(first: str, second: str) -> float:
    """Bigram Jaccard of two cores, 0..1; 1 for equal cores, 0 when either is empty."""
    if not first or not second:
        return 0.0
    if first == second:
        return 1.0
    left, right = _bigrams(first), _bigrams(second)
    return len(left & right) / len(left | right)


def core_share(first: str, second: str) -> float:
    """Share of the letters of the shorter core that the other one has, 0..1; 0 for cores of one letter."""
    left, right = letters_of(first), letters_of(second)
    shorter = min(len(left), len(right))
    return len(left & right) / shorter if shorter >= SHORTEST_CORE else 0.0


def brands(text: str) -> frozenset[str]:
    """Names in quotation marks, folded."""
    return frozenset(prepared(found) for found in _BRAND.findall(text))


@functools.lru_cache(maxsize=20_000)
def names_in(text: str) -> tuple[Named, ...]:
    """Names of systems in a text by first appearance, each once; built outranks told, told outranks used."""
    order = {"built": 0, "subject": 1, "used": 2}
    found: dict[str, Named] = {}
    for named in _spotted(text):
        key = core(named.name)
        if key not in found or order[named.role] < order[found[key].role]:
            found[key] = named
    return tuple(found.values())


def main_names(text: str) -> tuple[str, ...]:
    """Up to four names the text is about: the built ones, else those it tells about; never the used ones."""
    named = names_in(text)
    built = [item.name for item in named if item.role == "built"]
    told = [item.name for item in named if item.role == "subject"]
    return tuple((built + told)[:MAX_NAMES])


def _spotted(text: str) -> Iterator[Named]:
    for match in _PROJECT.finditer(text):
        yield Named(match.group(1).strip(), "built")
    for sentence in re.split(r"[。；;\n]", text):
        for clause in re.split(r"[，,：:、（）()]", sentence):
            yield from _in_clause(clause)


def _in_clause(clause: str) -> Iterator[Named]:
    lexicon = name_lexicon()
    words = words_of(clause)
    for index in range(len(words)):
        follows = words[index + 1] if index + 1 < len(words) else ""
        ending = "".join(words[max(0, index - 1) : index + 1])
        if ending.endswith(tuple(head.lower() for head in lexicon.heads)) and follows not in (
            "系统",
            "平台",
            "体系",
        ):
            start = _start(words, index)
            name = "".join(words[start : index + 1])
            if 4 <= len(name) <= MAX_NAME and _tells(name):
                yield Named(name, _role(words[:start]))


def _tells(name: str) -> bool:
    """Whether more than the head stands in a name, and something is left that tells it apart."""
    longest = max(len(head) for head in name_lexicon().heads if name.endswith(head.lower()))
    return len(name) - longest >= SHORTEST_CORE and bool(_told_apart(name))


def _start(words: tuple[str, ...], head: int) -> int:
    lexicon = name_lexicon()
    start, size = head, len(words[head])
    while start and size + len(words[start - 1]) <= MAX_NAME:
        if words[start - 1] in lexicon.barriers and not _is_part(words, start - 1):
            break
        start -= 1
        size += len(words[start])
    return start


def _is_part(words: tuple[str, ...], index: int) -> bool:
    """Whether a verb belongs to the name it stands in: behind another verb, or as in 房屋使用安全."""
    lexicon = name_lexicon()
    if not index:
        return False
    before = words[index - 1]
    if words[index] in lexicon.built and before in lexicon.built:
        return True
    return words[index] in lexicon.nouns_too and len(before) > 1 and before not in lexicon.barriers


def _role(before: tuple[str, ...]) -> Literal["built", "used", "subject"]:
    lexicon = name_lexicon()
    for word in reversed(before):
        if word in lexicon.used and word != "与":
            return "used"
        if word in lexicon.built:
            return "built"
    return "subject"


def _bigrams(text: str) -> frozenset[str]:
    return frozenset(text[i : i + 2] for i in range(max(1, len(text) - 1)))


def is_named_in(name: str, text: str) -> float:
    """How much of a name's core stands in a text, as the Dice share of its bigrams found there, 0..1."""
    grams = _bigrams(core(name))
    return dice(grams, frozenset(gram for gram in grams if gram in prepared(text)))
