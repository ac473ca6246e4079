"""The grams under which a name is found: characters, pairs of characters, pairs of pinyin initials."""

from collections.abc import Iterable

from kg.text import initials_of_folded

# No gram of one or two characters of a name equals a mark and two characters.
_SPELLED = "0"


def grams(folded: str) -> list[str]:
    """Single characters and overlapping pairs of a folded text; characters without meaning left out."""
    kept = _kept(folded)
    return list(dict.fromkeys([*kept, *_pairs(kept)]))


def name_grams(name: str, aliases: Iterable[str], *, spelled: bool) -> str:
    """The text to index for a name and its aliases, all folded; `spelled` adds the name's initials."""
    found = grams(name)
    for alias in aliases:
        found += grams(alias)
    if spelled:
        found += _spelled(initials_of_folded(name))
    return " ".join(dict.fromkeys(found))


def match(term: str, *, spelled: bool) -> str | None:
    """The FTS expression for one folded search term; None when nothing of it can be looked up."""
    kept = _kept(term)
    if not kept:
        return None
    pairs = _pairs(kept) or [kept]
    written = _all(pairs)
    if not spelled or len(kept) < 2 or not kept.isascii():
        return written
    return f"({written} OR {_all(_spelled(kept))})"


def _kept(folded: str) -> str:
    return folded if folded.isalnum() else "".join(filter(str.isalnum, folded))


def _pairs(text: str) -> list[str]:
    return [text[i : i + 2] for i in range(len(text) - 1)]


def _spelled(letters: str) -> list[str]:
    return [_SPELLED + pair for pair in _pairs(letters)]


def _all(tokens: Iterable[str]) -> str:
    return "(" + " AND ".join(f'"{token}"' for token in dict.fromkeys(tokens)) + ")"
