"""All ties of a proposal: told in its text, in tables, beside labels, by its name and build kind."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.proposal.head.facts import Facts, value
from ingest.proposal.head.labels import Stated, ranked
from ingest.proposal.sections import Placed
from ingest.proposal.tables.grids import Grid, GridKind
from ingest.proposal.ties.declared import by_fields, by_kind, by_name
from ingest.proposal.ties.own import Own
from ingest.proposal.ties.partners import explained, partners
from ingest.proposal.ties.sentences import Ties, read_ties
from ingest.proposal.wording import ties
from ingest.sources.values import split_functions
from kg.matching.proposal import Fact

ROLES = ("uses", "replaces", "deploys")
YEAR = re.compile(r"(?<=.{3})[（(](?:建于|始建于)?(?:19|20)\d\d\s*年?[^（()）]{0,8}[）)]$")


def tied(blocks: Sequence[Placed], tables: Sequence[Grid], stated: Sequence[Stated], *, facts: Facts) -> Ties:
    """Ties by name, each once under its role, and every sentence, label or name that declares reuse.

    What is deployed or extended is more than used, so it is not told among the uses.
    """
    own = Own(
        (value(facts, "name"), *(fact.value for fact in ranked(stated, "system"))), value(facts, "department")
    )
    told = read_ties(blocks, own)
    rows = [fact for grid in tables if grid.kind is GridKind.PARTNERS for fact in partners(grid)]
    rows += [fact for grid in tables if grid.kind is GridKind.FUNCTIONS for fact in explained(grid, own)]
    labels = [one for kind in ROLES for fact in ranked(stated, kind) for one in _each(fact)]
    given = list(by_fields(labels, own))
    if "name" in facts and (named := by_name(facts["name"])):
        given.append(named)
    declared = [*told.declared, *(said for _, said in given)]
    if not declared and (said := by_kind(own.names[0], value(facts, "build_kind"))):
        declared.append(said)
    unique = {(f.kind, f.value): f for f in reversed((*told.facts, *rows, *labels, *(f for f, _ in given)))}
    deployed = {name for role, name in unique if role == "deploys"}
    kept = [f for f in reversed(unique.values()) if f.kind != "uses" or f.value not in deployed]
    return Ties(tuple(kept), tuple(dict.fromkeys(declared)))


def _each(fact: Fact) -> Iterator[Fact]:
    """A fact for each name that a field lists, without the verb before it (复用市时空大数据平台) and the
    note of its year behind it.
    """
    names = split_functions(fact.value) or (fact.value,)
    for name in (YEAR.sub("", re.sub(ties().lead, "", name)) for name in names):
        if len(name) > 1 and name not in ties().generic:
            yield replace(fact, value=name)
