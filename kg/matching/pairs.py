"""Classifies two systems: same, same kind, re-skinned, openly reused, or different, with the evidence."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from kg.matching.alignment import pair_likeness
from kg.matching.deployment import deployment
from kg.matching.description import Description
from kg.matching.disguise import disguises
from kg.matching.encoder.port import Encoder
from kg.matching.features import ORDER_FROM, Features, features
from kg.matching.profile import Profile, profile
from kg.matching.rarity import Rarity, shipped_rarity
from kg.matching.replaced import could_be_replaced, replaced
from kg.matching.thresholds import PairThresholds, thresholds
from kg.registry import region

Label: TypeAlias = Literal["same", "same_kind", "reskinned", "different", "reuse"]
ItemKind: TypeAlias = Literal["same", "same_kind", "reskinned"]

WEIGHTS: Mapping[str, float] = {"aligned": 0.35, "order": 0.25, "core": 0.20, "coverage": 0.20}
NEUTRAL_ORDER = 0.5


@dataclass(frozen=True, slots=True)
class AlignedItem:
    """Two functions that stand for each other; `i`, `j` are indexes into the compared items of a and b."""

    i: int
    j: int
    a: str
    b: str
    kind: ItemKind
    score: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """What two descriptions are to each other.

    `score` 0..1 is the overlap and the sum of `contributions`; `rule` names the rule that decided; `evidence`
    are Chinese lines, most telling first; `aligned` is one to one, in the order of a.
    """

    label: Label
    score: float
    contributions: Mapping[str, float]
    evidence: tuple[str, ...]
    aligned: tuple[AlignedItem, ...]
    rule: str


@dataclass(frozen=True, slots=True)
class Context:
    """What a comparison stands on: the encoder, and how rare words are (in the estate, or as shipped)."""

    encoder: Encoder
    rarity: Rarity

    @classmethod
    def shipped(cls, encoder: Encoder) -> "Context":
        return cls(encoder, shipped_rarity())


@dataclass(frozen=True, slots=True)
class _Case:
    a: Profile
    b: Profile
    found: Features
    score: float
    limits: PairThresholds

    @property
    def core_equal(self) -> bool:
        return self.found.core >= self.limits.core_equal

    @property
    def both_listed(self) -> bool:
        return self.a.listed and self.b.listed

    @property
    def one_owner(self) -> bool:
        return bool(self.a.department) and self.a.department == self.b.department

    @property
    def conflict(self) -> bool:
        """Whether what both do does not meet; two texts may tell different sides of one system."""
        least = self.limits.conflict if self.both_listed else self.limits.told_conflict
        return self.found.coverage is not None and self.found.aligned < least


_Rule: TypeAlias = tuple[str, Callable[[_Case], Label | None]]


def compare(a: Description, b: Description, *, context: Context) -> Comparison:
    """Compares two descriptions; the result depends on nothing but them and the context.

    `reuse` is given only where one side declares that it deploys or extends an existing system.
    """
    case, parts = _measured(profile(a), profile(b), context)
    found = case.found
    rule, label = _decided(case, a.declared or b.declared)
    aligned = _aligned(case, context.encoder)
    said = a.declared or b.declared or deployment(case.a, case.b)
    reason = _REASONS[rule].format(uses=found.uses, brand=found.brand, declared=said)
    evidence = (*_evidence(case, reason, aligned), *_hidden(a, b))
    return Comparison(label, case.score, parts, evidence, aligned, rule)


def judge(left: Profile, right: Profile, *, declared: str, context: Context) -> tuple[Label, float]:
    """Label and score as `compare` gives them, without what is shown; `declared` is a side's sentence."""
    case, _ = _measured(left, right, context)
    return _decided(case, declared)[1], case.score


def decided(left: Profile, right: Profile, found: Features, *, declared: str) -> tuple[Label, float]:
    """Label and score of a pair with these features."""
    case, _ = _weighed(left, right, found)
    return _decided(case, declared)[1], case.score


def _measured(left: Profile, right: Profile, context: Context) -> tuple[_Case, dict[str, float]]:
    return _weighed(left, right, features(left, right, encoder=context.encoder, rarity=context.rarity))


def _weighed(left: Profile, right: Profile, found: Features) -> tuple[_Case, dict[str, float]]:
    parts = contributions(found)
    return _Case(left, right, found, round(sum(parts.values()), 4), thresholds().pairs), parts


def _decided(case: _Case, declared: str) -> tuple[str, Label]:
    if deployment(case.a, case.b):
        return "deployed", "reuse"
    rule, label = _decide(case)
    return ("declared", "reuse") if declared and label != "different" else (rule, label)


def contributions(found: Features) -> dict[str, float]:
    """The parts of the overlap score: half structure, half meaning; they sum to at most 1."""
    values = {
        "aligned": min(1.0, found.aligned / 0.5),
        "order": found.order if found.order is not None else NEUTRAL_ORDER * min(1.0, found.aligned / 0.5),
        "core": found.core,
        "coverage": found.coverage if found.coverage is not None else 0.0,
    }
    parts = {name: round(0.5 * WEIGHTS[name] * value, 4) for name, value in values.items()}
    parts["meaning"] = round(0.5 * found.meaning, 4)
    return parts


def _decide(case: _Case) -> tuple[str, Label]:
    for name, rule in _RULES:
        label = rule(case)
        if label is not None:
            return name, label
    return "overlap", "same_kind"


def _uses(case: _Case) -> Label | None:
    """What merely uses another does not list its functions."""
    copied = case.both_listed and case.found.aligned >= case.limits.aligned
    return "different" if case.found.uses and not copied else None


def _lists_conflict(case: _Case) -> Label | None:
    return "different" if case.core_equal and case.conflict else None


def _same_owner(case: _Case) -> Label | None:
    return "same" if case.core_equal and case.found.same_region else None


def _near_name(case: _Case) -> Label | None:
    if not case.found.same_region:
        return None
    near = case.found.core >= case.limits.core_near and case.found.aligned >= case.limits.near_aligned
    shared = case.found.named >= case.limits.named and case.found.aligned >= case.limits.named_aligned
    return "same" if near or shared else None


def _verbatim(case: _Case) -> Label | None:
    if case.found.verbatim < case.limits.verbatim or (case.both_listed and case.conflict):
        return None
    template = case.found.core < case.limits.core_near and bool(case.a.cores and case.b.cores)
    return "same_kind" if template or case.found.same_region is False else "same"


def _other_objects(case: _Case) -> Label | None:
    apart = case.found.objects is not None and case.found.objects < case.limits.objects
    return "different" if apart and not case.core_equal and not _is_replaced(case) else None


def _is_replaced(case: _Case) -> bool:
    """One list was made from the other by other words for its objects: they are meant to look unlike."""
    lists, limit = (case.a.items, case.b.items), case.limits.replaced
    return could_be_replaced(*lists, limit=limit) and replaced(*lists) >= limit


def _few(case: _Case) -> Label | None:
    judged = case.both_listed and case.found.core < case.limits.core_near and not case.one_owner
    return "different" if judged and len(case.found.pairs) < ORDER_FROM else None


def _low(case: _Case) -> Label | None:
    if case.core_equal:
        return None
    apart = case.found.same_region is False and case.found.named < case.limits.akin
    return "different" if case.score < (case.limits.low_apart if apart else case.limits.low) else None


def _same_core(case: _Case) -> Label | None:
    return "same_kind" if case.core_equal else None


def _other_region(case: _Case) -> Label | None:
    return "same_kind" if case.found.same_region is False else None


def _brand(case: _Case) -> Label | None:
    return "same" if case.found.brand else None


def _reskinned(case: _Case) -> Label | None:
    least = case.limits.order if case.both_listed else case.limits.told_order
    in_order = case.found.order is not None and case.found.order >= least
    aligned = case.found.aligned >= case.limits.aligned
    other_name = case.found.core < case.limits.core_near and case.found.named < case.limits.named
    return "reskinned" if aligned and in_order and other_name else None


_RULES: tuple[_Rule, ...] = (
    ("uses", _uses),
    ("lists_conflict", _lists_conflict),
    ("same_owner", _same_owner),
    ("near_name", _near_name),
    ("verbatim", _verbatim),
    ("other_objects", _other_objects),
    ("few_functions", _few),
    ("low_score", _low),
    ("same_core", _same_core),
    ("other_region", _other_region),
    ("brand", _brand),
    ("reskinned", _reskinned),
)


def _aligned(case: _Case, encoder: Encoder) -> tuple[AlignedItem, ...]:
    reworded = thresholds().phrases.lists.reworded
    wordings = [(case.a.items[i], case.b.items[j]) for i, j, _ in case.found.pairs]
    lines = []
    for (i, j, _), (one, two), score in zip(
        case.found.pairs, wordings, pair_likeness(wordings, encoder), strict=True
    ):
        kind: ItemKind = "same" if one == two else "reskinned" if score >= reworded else "same_kind"
        lines.append(AlignedItem(i, j, one, two, kind, score))
    return tuple(lines)


def _evidence(case: _Case, reason: str, aligned: tuple[AlignedItem, ...]) -> tuple[str, ...]:
    lines = [reason]
    if case.a.cores and case.b.cores:
        lines.append(f"名称核心：“{case.a.cores[0]}”与“{case.b.cores[0]}”")
    known = {True: "相同", False: "不同", None: "至少一方未知"}[case.found.same_region]
    lines.append(f"所属地区{known}：{_place(case.a)}、{_place(case.b)}")
    if aligned:
        total = min(len(case.a.items), len(case.b.items))
        order = "" if case.found.order is None else f"，顺序一致度{case.found.order:.0%}"
        lines.append(f"功能逐项对应{len(aligned)}项（较短一方共{total}项{order}）")
        lines.extend(
            f"“{pair.a}”对应“{pair.b}”" for pair in sorted(aligned, key=lambda p: (-p.score, p.i))[:5]
        )
    return tuple(lines)


def _hidden(a: Description, b: Description) -> list[str]:
    lines = []
    for name, side in (("前者", a), ("后者", b)):
        found = disguises((side.name, *side.aliases, side.text, *(item.text for item in side.items)))
        if found:
            lines.append(f"{name}的文字中有{'、'.join(found)}，疑似规避查重，比对前已还原")
    return lines


def _place(side: Profile) -> str:
    found = region(side.region) if side.region.isdigit() else None
    return found.name if found else side.region or (f"{side.level}级" if side.level else "未知")


_REASONS: Mapping[str, str] = {
    "uses": "一方只是使用或接入“{uses}”，属依赖关系，不是重复",
    "lists_conflict": "名称核心相同，但功能清单不相符",
    "same_owner": "名称核心相同，且所属地区相同",
    "near_name": "名称相近，所属地区相同，功能逐项对应",
    "verbatim": "文字几乎逐字相同",
    "other_objects": "功能用词相近，但业务对象不同",
    "few_functions": "名称不同，对应的功能不足三项",
    "low_score": "功能与名称重合度低",
    "same_core": "名称核心相同，所属地区不同或有一方未知",
    "other_region": "功能重合，所属地区不同",
    "brand": "使用同一品牌名“{brand}”",
    "reskinned": "名称不同，功能逐项对应且顺序一致",
    "overlap": "功能有重合，名称或顺序不足以判定为同一系统",
    "deployed": "写明部署或扩展对方的系统：{declared}",
    "declared": "已声明在现有系统上部署或扩展：{declared}",
}
