"""The facts of the head of a proposal: its name, unit, period, kind, funding, grade and place."""

from collections.abc import Iterator, Sequence

from ingest.proposal.head.labels import Stated, ranked
from ingest.proposal.head.titles import title, unit
from ingest.proposal.sections import Placed
from kg.errors import ValidationError
from kg.matching.proposal import Fact
from kg.values import parse_period

KINDS = ("name", "department", "region", "build_kind", "fund_source", "grade", "vendor")
Facts = dict[str, Fact]


def head_facts(stated: Sequence[Stated], blocks: Sequence[Placed], path: str) -> Facts:
    """The facts of the head by kind: labelled ones first, then what the title page and prose say."""
    facts = {kind: found[0] for kind in KINDS if (found := ranked(stated, kind))}
    periods = [fact for fact in ranked(stated, "period") if years(fact.value)]
    periods = periods or list(_between(stated))
    facts.update({"period": periods[0]} if periods else {})
    if "name" not in facts:
        systems = ranked(stated, "system")
        facts["name"] = systems[0] if systems else title(blocks, path)
    if "department" not in facts and (said := next(unit(blocks), None)):
        facts["department"] = said
    return facts


def _between(stated: Sequence[Stated]) -> Iterator[Fact]:
    """The period from where its beginning and its end stand beside labels of their own."""
    starts, ends = ranked(stated, "period_start"), ranked(stated, "period_end")
    for start, end in zip(starts[:1], ends[:1], strict=False):
        text = f"{start.value}至{end.value}"
        if years(start.value) and years(end.value) and years(text):
            yield Fact("period", text, start.place)


def value(facts: Facts, kind: str) -> str:
    """The value of a fact, "" when it is not stated."""
    return facts[kind].value if kind in facts else ""


def other_names(stated: Sequence[Stated], facts: Facts) -> tuple[str, ...]:
    """Names of the system where the project has a name of its own."""
    names = dict.fromkeys(fact.value for fact in ranked(stated, "system"))
    return tuple(name for name in names if name != value(facts, "name"))


def years(text: str) -> str:
    """The years of a period, "2025" or "2025/2026", "" when it names none."""
    try:
        start, end = parse_period(text)
    except ValidationError:
        return ""
    return "/".join(dict.fromkeys((start[:4], end[:4])))
