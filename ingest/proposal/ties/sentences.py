"""Ties of a proposal to other systems: what it uses, what it replaces, what it deploys or extends."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from ingest.documents.blocks import BlockKind
from ingest.extract.extractor import extract
from ingest.extract.model import Label, Mention
from ingest.proposal.sections import Placed, unquoted
from ingest.proposal.ties.own import Own
from ingest.proposal.wording import TieRule, any_of, ties
from kg.matching.proposal import Fact
from kg.text import aligned

SENTENCE = re.compile(r"[^。；！？\n]+")
SYSTEMS = frozenset({Label.SYSTEM, Label.COMPONENT, Label.PROJECT})
BETWEEN = re.compile(
    r"(?:(?:等?[、]|以及|及其|和|与|及|或)(?:[^，。；：、\ue000-\uefff]{2,12}(?:[、]|以及|和|与|及))?)?"
)
CLAUSE = re.compile(r"[，。；：]")
HEAD = re.compile(r"^.{2,}?(?:系统|平台|数据库|[^数据]库|中心|一张图|大脑)(?=.)")
LABEL = 8
"""Signs that a label may put before a name."""
STOPPED = re.compile("[停中]止(?:使用|运行|服务|运维)$")
"""The end of a system at the end of a saying, which denies nothing."""
FIRST, LAST = 0xE000, 0xEFFF


@dataclass(frozen=True, slots=True)
class Ties:
    """Facts of the kinds uses, replaces and deploys, each name once, and the sentences that declare reuse."""

    facts: tuple[Fact, ...] = ()
    declared: tuple[str, ...] = ()

    def names(self, kind: str) -> tuple[str, ...]:
        """The names of one kind, in the order they are said."""
        return tuple(fact.value for fact in self.facts if fact.kind == kind)


@dataclass(frozen=True, slots=True)
class _Symbols:
    """A sentence in which every row of names is one sign, the names behind each sign, the rows that name a
    shared component, and those that only refer to a name said before.
    """

    text: str
    names: tuple[tuple[str, ...], ...]
    components: frozenset[int]
    referring: frozenset[int] = frozenset()


def read_ties(blocks: Iterable[Placed], own: Own | None = None) -> Ties:
    """The ties told in running text; by `own` it is known that the proposal does not use itself."""
    own = own or Own()
    found: dict[tuple[str, str], Fact] = {}
    declared: dict[str, None] = {}
    for one in blocks:
        if one.block.kind is BlockKind.TABLE:
            continue
        before: tuple[str, ...] = ()
        for sentence in SENTENCE.findall(one.block.text):
            known, before = before, _last_named(sentence) or before
            if _is_name(sentence, own.names):
                continue
            for role, names in ties_of(sentence, before=known):
                if _is_left_out(one, sentence, role):
                    continue
                if role == "deploys" or (role == "replaces" and any(map(own.succeeds, names))):
                    declared.setdefault(sentence.strip(), None)
                for name in names:
                    if name not in own.names:
                        found.setdefault((role, name), Fact(role, name, one.place))
    return Ties(tuple(found.values()), tuple(declared))


def _is_name(sentence: str, own: Sequence[str]) -> bool:
    """Whether the sentence only states the name of the project, perhaps behind a label."""
    return any(name and name in sentence and len(sentence.strip()) - len(name) <= LABEL for name in own)


def _is_left_out(one: Placed, sentence: str, role: str) -> bool:
    """Whether the sentence tells of what exists or was weighed, not of what is proposed."""
    told = any(word in title for title in one.titles for word in ties().skip)
    plan = f"{ties().plan}|{ties().successor}" if role == "replaces" else ties().plan
    return told and not re.search(plan, sentence)


def _last_named(sentence: str) -> tuple[str, ...]:
    """The names that the sentence says last, () where it cannot name any."""
    if not any_of(ties().things).search(sentence):
        return ()
    symbols = _symbols(sentence, ())
    told = [names for n, names in enumerate(symbols.names) if n not in symbols.referring]
    return told[-1] if told else ()


def ties_of(sentence: str, *, before: tuple[str, ...] = ()) -> list[tuple[str, tuple[str, ...]]]:
    """Roles with their names in one sentence; a declaration of reuse may name nothing.

    `before` are the names said last before it, which 该系统 may mean.
    """
    if not _may_tie(sentence):
        return []
    symbols = _symbols(sentence, before)
    found = []
    for rule in ties().rules:
        for hit in _compiled(rule).finditer(symbols.text):
            names = _names(hit, symbols)
            if _sign(hit) in symbols.referring and (rule.role != "replaces" or not names):
                continue
            vague = rule.general and not names and not re.search(ties().plan, sentence)
            partly = rule.whole and _sign(hit) in symbols.components
            if not vague and not partly and not _is_denied(symbols.text, hit):
                found.append((rule.role, names))
    return found


def _may_tie(sentence: str) -> bool:
    return bool(any_of(ties().cues).search(sentence) and any_of(ties().things).search(sentence))


@lru_cache(maxsize=4096)
def _symbols(sentence: str, before: tuple[str, ...]) -> _Symbols:
    text = aligned(sentence)
    chains: list[list[tuple[int, int]]] = []
    components: set[int] = set()
    for start, end, is_component in _named(sentence, text):
        if chains and BETWEEN.fullmatch(text[chains[-1][-1][1] : start]):
            chains[-1].append((start, end))
        else:
            chains.append([(start, end)])
        components |= {len(chains) - 1} if is_component else set()
    names: list[tuple[str, ...]] = []
    referring: set[int] = set()
    for number, chain in enumerate(chains):
        said = tuple(sentence[start:end] for start, end in chain)
        if len(said) == 1 and re.fullmatch(ties().referring, said[0]):
            referring.add(number)
            said = next((names[n] for n in range(number - 1, -1, -1) if n not in referring), before)
        names.append(said)
    for number in range(min(len(chains), LAST - FIRST) - 1, -1, -1):
        text = text[: chains[number][0][0]] + chr(FIRST + number) + text[chains[number][-1][1] :]
    return _Symbols(_apposed(text), tuple(names), frozenset(components), frozenset(referring))


def _apposed(text: str) -> str:
    """The text with one sign for 原系统（<sign>，2012年建）."""
    return re.sub(rf"{ties().apposed}([{chr(FIRST)}-{chr(LAST)}])(?:[，,][^（）()]*)?[）)]", r"\1", text)


def _named(sentence: str, text: str) -> list[tuple[int, int, bool]]:
    """Start, end and whether it is a shared component of every name, and of every word that refers to one."""
    found: list[tuple[int, int, bool]] = []
    for mention in sorted(extract(sentence).mentions, key=lambda m: (m.start, -m.end)):
        if mention.label in SYSTEMS and not (found and mention.start < found[-1][1]):
            found.append((*_span(mention, text), mention.label is Label.COMPONENT))
    for pattern in (ties().sites, ties().referring):
        for hit in re.finditer(pattern, text):
            if all(hit.end() <= start or end <= hit.start() for start, end, _ in found):
                found.append((*hit.span(), False))
    return sorted(found)


def _span(mention: Mention, text: str) -> tuple[int, int]:
    """The system in a mention: of a project its system, no verbs at the ends, its quotes with it."""
    start, end = mention.start, mention.end
    words = text[start:end]
    if cut := re.search(ties().cut, words):
        end = start + cut.start()
    elif mention.label is Label.PROJECT and (head := HEAD.match(words)):
        end = start + head.end()
    if edge := re.match(ties().edge, words):
        start += edge.end()
    quoted = start > 0 and text[start - 1] in '“"《' and text[end : end + 1] in ("”", '"', "》")
    return (start - 1, end + 1) if quoted else (start, end)


@cache
def _compiled(rule: TieRule) -> re.Pattern[str]:
    words = ties()
    pattern = rule.pattern.replace("{Q}*", "{Q}").replace("{Q}", f"{words.qualifier}{{0,5}}")
    pattern = pattern.replace("{OWN}", words.own)
    return re.compile(
        pattern.replace("{S}", f"(?P<s>[{chr(FIRST)}-{chr(LAST)}])", 1).replace("{S}", "[\ue000-\uefff]")
    )


@cache
def _denial() -> re.Pattern[str]:
    return re.compile(rf"{ties().negation}[^，。；：]{{0,{ties().negation_gap}}}$")


def _is_denied(text: str, hit: re.Match[str]) -> bool:
    """Whether the clause says that it is not so, before or after."""
    clause = CLAUSE.split(text[: hit.start()])[-1]
    return bool(
        _denial().search(clause)
        or re.search(ties().denied_after, text[hit.end() :])
        or re.search(ties().negation, STOPPED.sub("", hit.groupdict().get("end") or hit[0]))
    )


def _sign(hit: re.Match[str]) -> int | None:
    sign = hit.groupdict().get("s")
    return ord(sign) - FIRST if sign else None


def _names(hit: re.Match[str], symbols: _Symbols) -> tuple[str, ...]:
    sign = _sign(hit)
    names = () if sign is None else symbols.names[sign]
    bare = (re.sub(ties().lead, "", unquoted(name)) for name in names)
    return tuple(name for name in bare if len(name) > 1 and name not in ties().generic)


def of_name(name: str) -> tuple[str, str] | None:
    """What the name of a project declares: the system it goes on with, and the name itself as the words."""
    for rule in ties().names:
        if found := re.search(rule.pattern, name):
            return found["system"].strip("“”"), name
    return None
