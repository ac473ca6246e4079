"""Open declarations of reuse that the fields, the name and the build kind of a proposal make."""

from collections.abc import Iterable, Iterator

from ingest.proposal.head.titles import paperless
from ingest.proposal.ties.own import Own
from ingest.proposal.ties.sentences import of_name
from ingest.proposal.wording import ties
from kg.matching.proposal import Fact

SAID = {"uses": "申报复用：{}", "replaces": "申报替换：{}", "deploys": "{}"}


def by_fields(stated: Iterable[Fact], own: Own) -> Iterator[tuple[Fact, str]]:
    """The ties given in fields that declare reuse, each with the words that say so.

    What it uses under its own name it deploys, and to replace its own system is to go on with it.
    """
    for fact in stated:
        deploys = fact.kind == "deploys" or (fact.kind == "uses" and own.bears(fact.value))
        if deploys or (fact.kind == "replaces" and own.succeeds(fact.value)):
            kind = "deploys" if deploys else fact.kind
            yield Fact(kind, fact.value, fact.place), SAID[fact.kind].format(fact.value)


def by_name(name: Fact) -> tuple[Fact, str] | None:
    """The earlier system in the name of a project that goes on with it, and the name itself."""
    found = of_name(paperless(name.value))
    return (Fact("deploys", found[0], name.place), name.value) if found else None


def by_kind(name: str, build_kind: str) -> str:
    """The name with the build kind where that is to go on with what exists, else ""."""
    goes_on = any(word in build_kind for word in ties().build_kinds.split("|"))
    return f"{name}（{build_kind}）" if build_kind and goes_on else ""
