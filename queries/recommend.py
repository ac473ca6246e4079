"""What to reuse for a need: components and systems ranked, with every reason's part of the score."""

import functools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kg.matching.alignment import align
from kg.matching.description import Description, Item
from kg.matching.items import items_in
from kg.matching.lexicon.loading import phrase_lexicon
from kg.matching.phrases import plain
from kg.matching.thresholds import ability_bands
from kg.matching.words import words_of
from kg.model import EntityId
from kg.registry import ability, infer_region
from kg.text import fold
from queries.check.context import CheckContext
from queries.estate import Member
from queries.estate.offered import offers_of
from queries.fit import likelihoods, wanted
from queries.policy.recommendation import recommendation_rules
from queries.usability import Consumer, blockers

RECALL = 40
NEAR = 0.1
"""Abilities whose score is this close to the best one's are offered, too."""
_FRAME = re.compile(
    "^(?:我们?|本单位|我局)?(?:迫切|急)?(?:需要|想要|希望|打算|计划|想)(?:有一个|一个|建设|实现|能够?)?"
    "(?:(?:给|让|向|帮)[\u4e00-\u9fff]{2,4}?(?=[发办查看用提缴送]))?"
)
TELLING = 4
"""Shorter names stand in too many other words."""


@dataclass(frozen=True, slots=True)
class Need:
    """What is needed: a sentence, or functions; and by whom, as far as it is known.

    Where no region is given, the one that the department's name starts with counts.
    """

    text: str
    functions: tuple[str, ...] = ()
    department: str = ""
    region: str = ""
    network: str = ""
    exclude: tuple[str, ...] = ()
    top: int = 10

    @property
    def phrases(self) -> tuple[str, ...]:
        """The functions, or the phrases of the sentence where none are listed."""
        return self.functions or _phrases_of(self.bare)

    @property
    def bare(self) -> str:
        """The sentence without the words by which one says that something is wanted, and for whom."""
        return _bare(self.text)

    @property
    def consumer(self) -> Consumer:
        """Who would use what is recommended."""
        inferred = infer_region(self.department)
        return Consumer(region=self.region or (inferred.code if inferred else ""), network=self.network)


@functools.lru_cache(maxsize=1024)
def _bare(text: str) -> str:
    return _FRAME.sub("", text.strip()) or text


@functools.lru_cache(maxsize=1024)
def _phrases_of(text: str) -> tuple[str, ...]:
    return items_in(text) or (text,)


@dataclass(frozen=True, slots=True)
class Cover:
    """One phrase of the need beside what the item offers for it; score 0..1."""

    need: str
    offers: str
    score: float


@dataclass(frozen=True, slots=True)
class Recommendation:
    """One thing to reuse; `score` 0..1 is the sum of the reasons' scores."""

    member: Member
    score: float
    covers: tuple[Cover, ...]
    missing: tuple[str, ...]
    reasons: tuple[tuple[str, str, float], ...]
    blockers: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """One item of the answer."""
        rules = recommendation_rules()
        band = "high" if self.score >= rules.high else "medium" if self.score >= rules.medium else "low"
        return {
            "id": self.member.id,
            "type": self.member.type,
            "name": self.member.name,
            "department": self.member.department,
            "score": round(self.score, 4),
            "band": band,
            "covers": [{"need": c.need, "offers": c.offers, "score": round(c.score, 4)} for c in self.covers],
            "missing": list(self.missing),
            "reasons": [{"kind": k, "text": t, "score": round(s, 4)} for k, t, s in self.reasons],
            "usable": not self.blockers,
            "blockers": list(self.blockers),
            "contact": self.member.properties.get("contact"),
        }


def recommend(need: Need, context: CheckContext) -> dict[str, Any]:
    """The answer as portals read it: ranked items, or `none` with the reason when nothing fits."""
    if _is_vague(need, context):
        return _answer([], f"「{need.text}」没有说明业务对象，请写明为谁办什么事", context)
    judged = [_judge(found, need, context) for found in _recalled(need, context)]
    kept = [one for one in judged if one is not None]
    kept.sort(key=lambda one: (-one.score, one.member.id))
    nothing = f"现有组件和系统中没有与「{need.text or need.phrases[0]}」足够接近的，建议按新需求登记"
    return _answer(kept[: need.top], None if kept else nothing, context)


def _is_vague(need: Need, context: CheckContext) -> bool:
    """Whether a sentence says neither a business object nor a shared ability (系统, 数据管理)."""
    generic = phrase_lexicon().generic
    told = [word for word in words_of(plain(need.bare)) if word not in generic.nouns | generic.particles]
    return not need.functions and not told and not _by_ability(need, context)


def _answer(kept: Sequence[Recommendation], none: str | None, context: CheckContext) -> dict[str, Any]:
    return {
        "items": [item.to_json() for item in kept],
        "none": none,
        "graph_version": str(context.estate.version),
        "mode": context.encoder.mode,
    }


@dataclass(frozen=True, slots=True)
class _Found:
    """A member worth judging: what covers the need, how well it fits 0..1, and from where on it is named."""

    member: Member
    covers: Mapping[str, Cover]
    fit: float
    least: float


def _recalled(need: Need, context: CheckContext) -> Iterator[_Found]:
    """Members that offer a shared ability the need is of, and those alike in words or meaning, by id."""
    able: dict[EntityId, dict[str, Cover]] = {}
    for member, phrase, cover in _by_ability(need, context):
        able.setdefault(member.id, {})[phrase] = cover
    alike = {member.id for member in _by_functions(need, context)}
    likely = _likely(sorted(alike - set(need.exclude)), need, context)
    for key in sorted((alike | set(able)) - set(need.exclude)):
        member, covers = context.estate.members[key], able.get(key, {})
        rules = recommendation_rules()
        # What offers a shared ability does one thing, whatever its type.
        fit, least = _covered_share("Component", covers, len(need.phrases)), rules.least_share
        # What fits too little to be named has nothing to show.
        if key in alike and (likely.get(key, 1.0) >= rules.least or fit >= least):
            covers = _better(_covers(member, need, context), covers)
            own = likely.get(key)
            if own is None:
                own = _covered_share(member.type, covers, len(need.phrases))
            if own > fit:
                fit, least = own, rules.least if likely else rules.least_share
        yield _Found(member, covers, fit, least)


def _likely(keys: Sequence[EntityId], need: Need, context: CheckContext) -> dict[EntityId, float]:
    """How likely each member serves a need told in a sentence; nothing for a list of functions."""
    if need.functions:
        return {}
    members = [context.estate.members[key] for key in keys]
    likely = likelihoods(wanted(need.bare, need.phrases, context), members, context)
    return dict(zip(keys, likely, strict=True))


def _better(first: Iterable[Cover], known: Mapping[str, Cover]) -> dict[str, Cover]:
    """For each phrase the cover of the higher score."""
    best = dict(known)
    for cover in first:
        if cover.need not in best or best[cover.need].score < cover.score:
            best[cover.need] = cover
    return best


def _covers(member: Member, need: Need, context: CheckContext) -> list[Cover]:
    """What the member's functions, names and (without functions) words of description offer for the need."""
    described = member.description
    names = [name for name in (described.name, *described.aliases) if name]
    offers = offers_of(member)
    named = [
        Cover(p, n, 1.0) for p in need.phrases for n in names if len(n) >= TELLING and fold(n) in fold(p)
    ]
    pairs = align(need.phrases, offers, context.encoder)
    return named + [
        Cover(need.phrases[pair.i], offers[pair.j], min(1.0, pair.score)) for pair in pairs if pair.same
    ]


def _by_ability(need: Need, context: CheckContext) -> list[tuple[Member, str, Cover]]:
    """Components that offer a shared ability a phrase of the need is one of; near abilities count, too."""
    found = []
    matches = context.abilities().match(list(need.phrases))
    least = ability_bands(context.encoder.mode).possible
    for phrase, match in zip(need.phrases, matches, strict=True):
        near = {f"capability:{key}": (key, score) for key, score in match.top} if match else {}
        for member in context.estate.offering_any(near):
            for offered in context.estate.offers.get(member.id, ()):
                key, score = near.get(offered, ("", 0.0))
                known = ability(key)
                if known and match and score >= max(least, match.score - NEAR):
                    told = match.prototype if key == match.id else known.name
                    found.append((member, phrase, Cover(phrase, told, min(1.0, score))))
    for phrase in need.phrases:
        found.extend(_named_in(phrase, context))
    return found


def _named_in(phrase: str, context: CheckContext) -> list[tuple[Member, str, Cover]]:
    """Components of a shared ability that the phrase names by name or alias."""
    found = []
    named = [key for key in context.estate.offerers if _said_name(key, phrase)]
    for member in context.estate.offering_any(named):
        for offered in context.estate.offers.get(member.id, ()):
            if said := _said_name(offered, phrase):
                found.append((member, phrase, Cover(phrase, said, 1.0)))
    return found


def _said_name(capability: str, phrase: str) -> str | None:
    """The first name or alias of a shared ability that the phrase holds."""
    known = ability(capability.removeprefix("capability:"))
    names = (known.name, *known.aliases) if known else ()
    return next((name for name in names if name in phrase), None)


def _by_functions(need: Need, context: CheckContext) -> list[Member]:
    asked = Description("", text=need.text, items=tuple(Item(text) for text in need.phrases))
    members = context.estate.members
    recalled = context.index.query(asked, RECALL)
    return [members[EntityId(c.id)] for c in recalled if members[EntityId(c.id)].type != "Project"]


def _covered_share(kind: str, covers: Mapping[str, Cover], asked: int) -> float:
    """Fit 0..1: how much of the need is covered, weighed with how well the best covered part is."""
    breadth = recommendation_rules().breadth[kind]
    scores = [cover.score for cover in covers.values()]
    return breadth * sum(scores) / asked + (1.0 - breadth) * max(scores, default=0.0)


def _judge(found: _Found, need: Need, context: CheckContext) -> Recommendation | None:
    """The member with its reasons; None when it does not fit well enough to be named."""
    member = found.member
    if found.fit < found.least:
        return None
    covers = tuple(found.covers[phrase] for phrase in need.phrases if phrase in found.covers)
    missing = tuple(phrase for phrase in need.phrases if phrase not in found.covers)
    in_the_way = blockers(member.properties, need.consumer)
    reasons = _reasons(found, len(need.phrases), in_the_way, context=context)
    return Recommendation(member, sum(score for _, _, score in reasons), covers, missing, reasons, in_the_way)


def _adopters(member: Member, context: CheckContext) -> frozenset[EntityId]:
    """Who uses it by name, or uses an ability that nothing else in the estate offers."""
    estate = context.estate
    offered = estate.offers.get(member.id, ())
    alone = [one for one in offered if len(estate.offerers[one]) == 1]
    return frozenset(i for key in (member.id, *alone) for i in estate.adopters.get(key, ()))


def _reasons(
    found: _Found, asked: int, in_the_way: Sequence[str], *, context: CheckContext
) -> tuple[tuple[str, str, float], ...]:
    rules, member = recommendation_rules(), found.member
    weights = rules.weights
    adopters = len(_adopters(member, context))
    accredited = member.properties.get("accreditation")
    ready = 1.0 if accredited == "已认定" else 0.5 if member.stage in {"在用", "试运行"} else 0.0
    price = member.properties.get("price_mode")
    return (
        ("function", f"覆盖需求 {len(found.covers)}/{asked} 项", weights["function"] * found.fit),
        (
            "users",
            f"已有 {adopters} 个系统或单位使用",
            weights["users"] * min(1.0, adopters / rules.adopters_full),
        ),
        (
            "readiness",
            f"{member.stage or '状态不明'}，{accredited or '未见认定'}",
            weights["readiness"] * ready,
        ),
        ("scope", "、".join(in_the_way) or "可直接使用", 0.0 if in_the_way else weights["scope"]),
        ("price", str(price or "计价方式不明"), weights["price"] if price == "免费" else 0.0),
    )
