"""The grams under which a name is found: characters, pairs of characters, pairs of pinyin initials."""

from collections.abc import Iterable
from itertools import pairwise

from kg.text import initials

# No gram of one or two characters of a name equals a mark and two characters.
_SPELLED = "0"


def grams(folded: str) -> list[str]:
    """Single characters and overlapping pairs of a folded text; characters without meaning left out."""
    kept = "".join(character for character in folded if character.isalnum())
    return list(dict.fromkeys([*kept, *map("".join, pairwise(kept))]))


def name_grams(name: str, aliases: Iterable[str], *, spelled: bool) -> str:
    """The text to index for a name and its aliases, all folded; `spelled` adds the name's initials."""
    found = grams(name)
    for alias in aliases:
        found += grams(alias)
    if spelled:
        found += _spelled(initials(name))
    return " ".join(dict.fromkeys(found))


def match(term: str, *, spelled: bool) -> str | None:
    """The FTS expression for one folded search term; None when nothing of it can be looked up."""
    kept = "".join(character for character in term if character.isalnum())
    if not kept:
        return None
    pairs = [kept[i : i + 2] for i in range(len(kept) - 1)] or [kept]
    written = _all(pairs)
    if not spelled or len(kept) < 2 or not kept.isascii():
        return written
    return f"({written} OR {_all(_spelled(kept))})"


def _spelled(letters: str) -> list[str]:
    return [_SPELLED + letters[i : i + 2] for i in range(len(letters) - 1)]


def _all(tokens: Iterable[str]) -> str:
    return "(" + " AND ".join(f'"{token}"' for token in dict.fromkeys(tokens)) + ")"
