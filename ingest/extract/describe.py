"""Turns a passage or a named function list into the description that comparisons work on."""

import re
from collections.abc import Iterable, Sequence

from ingest.extract import schema
from ingest.extract.extractor import extract
from ingest.extract.heads import place_of
from ingest.extract.model import Extraction, Label, Mention
from kg.matching.description import Description, Item

_NAMED = frozenset({Label.SYSTEM, Label.COMPONENT, Label.PROJECT})
_CLAUSE = re.compile(r"[^，。；：、！？\n]+")
_SENTENCE = re.compile(r"[^。；！？\n]+[。；！？\n]?")
_CUE_GAP = 12
_MAIN_NAMES = 4
_SHORTEST, _LONGEST = 4, 40


def cleaned(text: str) -> str:
    """Returns the text without clauses that only speak of the tender: price, term, lots, place."""
    tender = schema.descriptions().tender
    kept = [c for c in re.findall(r"[^，。；\n]+[，。；\n]?", text) if not any(word in c for word in tender)]
    return "".join(kept)


def _before(text: str, item: Mention) -> str:
    return re.split(r"[。；，\n]", text[max(0, item.start - _CUE_GAP) : item.start])[-1]


def _last_cue(text: str, words: Iterable[str]) -> int:
    return max((text.rfind(word) for word in words), default=-1)


def _role(found: Extraction, item: Mention) -> str:
    """Returns built, used, replaced or subject, by the nearest verb before the name."""
    rules, before = schema.descriptions(), _before(found.text, item)
    places = {
        "built": _last_cue(before, rules.built),
        "used": _last_cue(before, rules.used),
        "replaced": _last_cue(before, rules.replaces),
    }
    best = max(places, key=lambda role: places[role])
    return best if places[best] >= 0 else "subject"


def _roles(found: Extraction) -> dict[str, set[str]]:
    roles: dict[str, set[str]] = {}
    for item in found.mentions:
        if item.label in _NAMED:
            roles.setdefault(item.text, set()).add(_role(found, item))
    for relation in found.relations:
        if relation.type in {"USES", "DEPENDS_ON"}:
            roles.setdefault(relation.tail.text, set()).add("used")
        if relation.type == "BUILDS":
            roles.setdefault(relation.tail.text, set()).add("built")
    return roles


def _main_names(roles: dict[str, set[str]]) -> list[str]:
    """Returns the names the passage is about, built ones first, each group in text order."""
    built = [name for name, role in roles.items() if "built" in role]
    subjects = [name for name, role in roles.items() if role == {"subject"}]
    mixed = [name for name, role in roles.items() if "subject" in role and "built" not in role]
    return list(dict.fromkeys([*built, *subjects, *mixed]))[:_MAIN_NAMES]


def _stripped(clause: str) -> str:
    before = None
    while before != clause:
        before = clause
        for word in schema.descriptions().lead:
            clause = clause.removeprefix(word).removesuffix("等" if word == "等" else "\0")
    return clause.strip(' “”"（）()')


def _after_organ(clause: str, organs: Sequence[str]) -> str:
    """Returns the clause from behind the organ that is told to act."""
    return clause[max((clause.find(o) + len(o) for o in organs if o in clause), default=0) :]


def _fits(phrase: str, listed: Sequence[str]) -> bool:
    whole = phrase.count("（") == phrase.count("）") and not phrase.endswith(schema.descriptions().actors)
    return phrase in listed or (whole and _SHORTEST <= len(phrase) <= _LONGEST)


def _items(found: Extraction, text: str) -> tuple[Item, ...]:
    """Returns listed functions, and where fewer than three are listed also the other clauses."""
    listed = [item.text for item in found.mentions if item.label is Label.FUNCTION]
    phrases = list(listed)
    organs = [item.text for item in found.mentions if item.label is Label.DEPARTMENT]
    if len(listed) < 3:
        phrases += [_stripped(_after_organ(hit.group(), organs)) for hit in _CLAUSE.finditer(text)]
    names = {item.text for item in found.mentions if item.label is not Label.FUNCTION}
    fitting = [p for p in phrases if _fits(p, listed) and p not in names]
    return tuple(Item(phrase) for phrase in dict.fromkeys(fitting))


def _declared(text: str) -> str:
    words = schema.descriptions().declared
    hits = (hit.group().strip() for hit in _SENTENCE.finditer(text))
    return next((sentence for sentence in hits if any(word in sentence for word in words)), "")


def _owner(found: Extraction) -> str:
    owners = [item.head.text for item in found.relations if item.type == "BUILDS"]
    organs = [item.text for item in found.mentions if item.label is Label.DEPARTMENT]
    return next(iter([*owners, *organs]), "")


def describe(
    text: str,
    *,
    name: str = "",
    functions: Sequence[str] = (),
    department: str = "",
    region: str = "",
    id: str = "",  # noqa: A002  # the name of the field it fills
) -> Description:
    """Returns what the passage describes; given values are kept, missing ones are read from the text.

    A value that is neither given nor said stays empty. `items` are the given functions, else the listed
    functions of the text and, where it lists under three, its clauses of 4 to 40 characters.
    """
    found, clean = extract(text), cleaned(text)
    roles = _roles(found)
    mains = _main_names(roles)
    main = name or (mains[0] if mains else "")
    short = {a for pair in found.aliases if main in pair for a in pair}
    others = [other for other in mains if other != main]
    used = tuple(n for n, role in roles.items() if "used" in role and "built" not in role and n != main)
    owner = department or _owner(found)
    return Description(
        id=id,
        name=main,
        aliases=tuple(dict.fromkeys([*sorted(short - {main}), *others])),
        text=clean,
        items=tuple(Item(f) for f in functions) or _items(found, clean),
        department=owner,
        region=region or place_of(owner),
        uses=used,
        replaces=tuple(n for n, role in roles.items() if "replaced" in role and n != main),
        declared=_declared(clean),
    )
