"""All ties of a proposal: told in its text, in tables, beside labels, by its name and build kind."""

from collections.abc import Sequence

from ingest.proposal.grids import Grid, GridKind
from ingest.proposal.heading import Facts, value
from ingest.proposal.labels import Stated, ranked
from ingest.proposal.partners import partners
from ingest.proposal.sections import Placed
from ingest.proposal.ties import Ties, of_name, read_ties
from ingest.proposal.wording import ties
from kg.matching.proposal import Fact

ROLES = ("uses", "replaces", "deploys")


def tied(blocks: Sequence[Placed], tables: Sequence[Grid], stated: Sequence[Stated], *, facts: Facts) -> Ties:
    """Ties by name, each once under its role, and every sentence, label or name that declares reuse.

    What is deployed or extended is more than used, so it is not told among the uses.
    """
    own = (value(facts, "name"), *(fact.value for fact in ranked(stated, "system")))
    told = read_ties(blocks, own)
    rows = [fact for grid in tables if grid.kind is GridKind.PARTNERS for fact in partners(grid)]
    labels = [fact for kind in ROLES for fact in ranked(stated, kind)]
    declared = [*told.declared, *(fact.value for fact in labels if fact.kind == "deploys")]
    named = of_name(value(facts, "name"))
    more: list[Fact] = []
    if named:
        more.append(Fact("deploys", named[0], facts["name"].place))
        declared.append(named[1])
    kind = value(facts, "build_kind")
    if kind and not declared and any(word in kind for word in ties().build_kinds.split("|")):
        declared.append(f"{value(facts, 'name')}（{kind}）")
    unique = {(fact.kind, fact.value): fact for fact in reversed((*told.facts, *rows, *labels, *more))}
    deployed = {name for role, name in unique if role == "deploys"}
    kept = [f for f in reversed(unique.values()) if f.kind != "uses" or f.value not in deployed]
    return Ties(tuple(kept), tuple(dict.fromkeys(declared)))
