"""Normal forms: one for keeping and showing text, one for comparing it."""

import re
import unicodedata
from functools import cache
from importlib.resources import files

SPACES = re.compile(r"[^\S\n]+")
AROUND_HAN = re.compile(r"(?<=[㐀-鿿豈-﫿，。；：、（）]) +| +(?=[㐀-鿿豈-﫿，。；：、（）])")
BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
DROPPED = frozenset({"Cc", "Cf", "Co", "Cs"})
"""Categories without a sign: controls, joiners and marks of direction, private use, surrogates."""


@cache
def radicals() -> dict[int, str]:
    """Radical signs that PDF fonts put in place of characters; NFKC maps only two of the U+2E80 block."""
    pairs = files("kg.text").joinpath("radicals.txt").read_text("utf-8").strip()
    return {ord(sign): char for sign, char in zip(pairs[::2], pairs[1::2], strict=True)}


@cache
def _simplified() -> dict[int, str]:
    traditional, simplified = files("kg.text").joinpath("simplified.txt").read_text("utf-8").splitlines()
    return {ord(old): new for old, new in zip(traditional, simplified, strict=True)}


def normalise(text: str) -> str:
    """Text for keeping: NFKC, radicals made characters, no control or zero-width signs, single spaces.

    Line breaks of every kind stay, as one kind. Full-width letters, digits and punctuation become half-width
    as NFKC has it.
    """
    lines = BREAKS.sub("\n", text).replace("\t", " ").translate(radicals())
    kept = lines if lines.isprintable() else "".join(c for c in lines if c == "\n" or _is_kept(c))
    plain = unicodedata.normalize("NFKC", kept)
    return "\n".join(SPACES.sub(" ", line).strip() for line in plain.split("\n")).strip()


def _is_kept(char: str) -> bool:
    return unicodedata.category(char) not in DROPPED


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
