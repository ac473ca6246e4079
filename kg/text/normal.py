"""Normal forms: one for keeping and showing text, one for comparing it."""

import re
import unicodedata
from functools import cache
from importlib.resources import files

SPACES = re.compile(r"[^\S\n]+")
AROUND_HAN = re.compile(r"(?<=[㐀-鿿豈-﫿，。；：、（）]) +| +(?=[㐀-鿿豈-﫿，。；：、（）])")
KEPT_CONTROLS = frozenset("\n\t")
WIDE_MARKS = {ord(mark): None for mark in "\u200b‌‍⁠﻿­"}


@cache
def _radicals() -> dict[int, str]:
    """Radical signs that PDF fonts put in place of characters; NFKC maps only two of the U+2E80 block."""
    pairs = files("kg.text").joinpath("radicals.txt").read_text("utf-8").strip()
    return {ord(sign): char for sign, char in zip(pairs[::2], pairs[1::2], strict=True)}


@cache
def _simplified() -> dict[int, str]:
    traditional, simplified = files("kg.text").joinpath("simplified.txt").read_text("utf-8").splitlines()
    return {ord(old): new for old, new in zip(traditional, simplified, strict=True)}


def normalise(text: str) -> str:
    """Text for keeping: NFKC, radicals made characters, no control or zero-width signs, single spaces.

    Line breaks stay. Full-width letters, digits and punctuation become half-width as NFKC has it.
    """
    plain = unicodedata.normalize("NFKC", text.translate(_radicals())).translate(WIDE_MARKS)
    plain = plain.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(c for c in plain if c in KEPT_CONTROLS or unicodedata.category(c) != "Cc")
    return "\n".join(SPACES.sub(" ", line).strip() for line in kept.split("\n")).strip()


def simplify(text: str) -> str:
    """Traditional characters replaced by simplified ones, one for one, so offsets stay."""
    return text.translate(_simplified())


def fold(text: str) -> str:
    """Text for comparing, never for showing: normalised, simplified, lower case, quotes and spaces dropped.

    Between two Latin words one space stays.
    """
    plain = simplify(normalise(text)).casefold().replace("\n", " ")
    plain = re.sub(r"[“”\"'‘’《》〈〉「」『』]", "", plain)
    return re.sub(r" +", " ", AROUND_HAN.sub("", plain)).strip()
