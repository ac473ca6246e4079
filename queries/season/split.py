"""One project in several applications, each below an amount from which more is asked of it."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from kg.matching.lexicon.loading import name_lexicon
from kg.matching.words import words_of
from queries.policy.season import Limit
from queries.season.alike import is_alike
from queries.season.batch import Batch
from queries.season.cluster import clusters
from queries.season.group import Group, summed
from queries.season.likeness import Likeness
from queries.season.submission import Submission

SHORTEST = 2
"""Signs of the shortest piece of a name that may tell what it is about."""


def split_groups(found: Iterable[Likeness], batch: Batch) -> list[Group]:
    """Groups of parts of one whole, in the order of their first members."""
    related = {(one.a, one.b): (one, why) for one in found if (why := _related(one, batch))}
    groups = []
    for members in clusters(related):
        limit, parts = _escaped(members, batch)
        if limit is not None:
            inside = [pair for pair in related if pair[0] in parts and pair[1] in parts]
            reasons = list(dict.fromkeys(related[pair][1] for pair in inside))
            groups.append(_group(parts, limit, batch, reasons=reasons))
    return groups


def _group(parts: Sequence[int], limit: Limit, batch: Batch, *, reasons: Sequence[str]) -> Group:
    total = _tens(_sum(parts, batch))
    told = f"各份金额均低于{limit.name} {_tens(limit.amount)} 万元，合计 {total} 万元"
    rule = f"{limit.name} {_tens(limit.amount)} 万元，{limit.start} 起：{limit.source}（{limit.note}）"
    return batch.group("split", parts, (), avoidable=None, reasons=[told, *reasons], rules=(rule,))


def _escaped(members: Sequence[int], batch: Batch) -> tuple[Limit | None, Sequence[int]]:
    """The greatest amount that two or more stay below each and reach together, and which these are."""
    first = members[0]
    place = batch.places[first]
    year = batch.submissions[first].proposal.description.period[:4]
    for limit in batch.rules.limits_for(region=place.region, level=place.level, year=year):
        below = [i for i in members if (amount := batch.submissions[i].money) and amount < limit.amount]
        if len(below) > 1 and _sum(below, batch) >= limit.amount:
            return limit, below
    return None, ()


def _sum(parts: Sequence[int], batch: Batch) -> Decimal:
    return summed([batch.submissions[i].money for i in parts]) or Decimal(0)


def _related(one: Likeness, batch: Batch) -> str:
    """Why two applications are parts of one whole, "" when they are not."""
    a, b = batch.submissions[one.a], batch.submissions[one.b]
    one_unit = bool(a.unit) and a.unit == b.unit
    vendor = min(a.vendors & b.vendors, default="")
    hand = one_unit or (bool(vendor) and batch.places[one.a].may_be(batch.places[one.b]))
    if not hand or is_alike(one, batch) or _apart(a, b):
        return ""
    who = f"同一单位{a.department}" if one_unit else f"同一承建或编制单位{vendor}"
    shared = _shared_name(a, b, batch)
    if shared:
        return f"{who}，名称都含“{shared}”，功能互为补充：{a.called}、{b.called}"
    prose = batch.prose.shared(one.a, one.b)
    if prose.share >= batch.limit("prose_share") and prose.count >= batch.limit("prose_sentences"):
        return f"{who}，正文有 {prose.count} 句逐字相同，如“{prose.longest}”：{a.called}、{b.called}"
    if one_unit and vendor and one.most >= batch.limit("vendor_share"):
        return f"{who}，承建或编制单位都是{vendor}，业务相近而功能互为补充：{a.called}、{b.called}"
    return ""


def _apart(a: Submission, b: Submission) -> bool:
    """Whether the two are of different years."""
    one, other = a.proposal.description.period, b.proposal.description.period
    return bool(one and other) and not set(one.split("/")) & set(other.split("/"))


def _shared_name(a: Submission, b: Submission, batch: Batch) -> str:
    """The words with which both names begin, "" when they are too few to tell a whole."""
    one, other = telling_name(a), telling_name(b)
    piece = ""
    for first, second in zip(words_of(one), words_of(other), strict=False):
        if first != second:
            break
        piece += first
    shorter = min(len(one), len(other))
    long = len(piece) >= batch.limit("whole_signs")
    most = len(piece) >= SHORTEST and len(piece) >= batch.limit("whole_share") * shorter
    return piece if long or most else ""


def telling_name(one: Submission) -> str:
    """The name without owner, marks of parts and the words at its end that every system has."""
    lexicon = name_lexicon()
    endings = sorted({*lexicon.heads, *lexicon.generic, *lexicon.phases}, key=lambda word: (-len(word), word))
    name = one.bare_name
    while ending := next((word for word in endings if name.endswith(word) and len(name) > len(word)), ""):
        name = name.removesuffix(ending)
    return name


def _tens(amount: Decimal | int) -> str:
    return f"{float(amount) / 10_000:,.2f}".rstrip("0").rstrip(".")
