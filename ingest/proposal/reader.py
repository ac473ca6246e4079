"""Reads a proposal out of a document."""

from collections.abc import Iterable, Iterator

from ingest.documents.blocks import BlockKind, Document
from ingest.extract.heads import place_of
from ingest.proposal.functions import read_functions
from ingest.proposal.head.facts import Facts, head_facts, other_names, value, years
from ingest.proposal.head.labels import labelled, ranked
from ingest.proposal.money.budget import Sum, settled, stated
from ingest.proposal.money.costs import Costs, costs
from ingest.proposal.numbered import numbered
from ingest.proposal.scanned import marked
from ingest.proposal.script import as_written, simplified
from ingest.proposal.sections import placed
from ingest.proposal.tables.continued import joined
from ingest.proposal.tables.grids import Grid, GridKind, grids
from ingest.proposal.ties.reading import tied
from ingest.proposal.ties.sentences import Ties
from kg.matching.description import Description, Item
from kg.matching.proposal import Fact, Proposal

NO_FUNCTIONS = "未读出功能清单（无可识别的功能表、功能标题或列举）；请附含“功能点”列的功能清单表后重新提交"


def read_proposal(document: Document, *, with_ties: bool = True) -> Proposal:
    """The proposal in a document; what is not said stays empty, and no function found is told in `unread`.

    Traditional characters are understood as simplified ones and kept in what is told. Without ties it is
    read without what it says of other systems, which takes most of the time.
    """
    plain = simplified(document)
    read = _read(plain, with_ties=with_ties)
    return read if plain is document else as_written(read, document)


def _read(document: Document, *, with_ties: bool) -> Proposal:
    blocks = list(placed(joined(document.blocks)))
    tables = [grid for one in blocks if one.block.kind is BlockKind.TABLE for grid in grids(one)]
    head = list(labelled(blocks, tables))
    costed = [costs(grid) for grid in tables if grid.kind is GridKind.COSTS]
    said = stated(ranked(head, "budget"), blocks)
    sums = list(_sums(costed))
    others = [costs(grid) for grid in tables if grid.kind is GridKind.OTHER and _is_priced(grid)]
    known = next((one.amount for one in (*said, *sums)), None)
    facts = head_facts(head, blocks, document.path)
    own = (value(facts, "name"), *other_names(head, facts))
    functions = read_functions(blocks, tables, costed, budget=known, own=own)
    grand = list(_sums([one for one in others if one.grand]))
    budget, notes = settled(said, sums, functions.sums, grand=grand)
    ties = tied(blocks, tables, head, facts=facts) if with_ties else Ties()
    read = Proposal(
        _described(document, functions.items, facts, ties=ties, aliases=other_names(head, facts)),
        document.path,
        document.sha256,
        budget.amount if budget else None,
        value(facts, "build_kind") or None,
        value(facts, "fund_source") or None,
        value(facts, "grade") or None,
        document.unread if functions.items else (*document.unread, NO_FUNCTIONS),
        functions.confidence,
        facts=(*facts.values(), *((budget.fact,) if budget else ()), *ties.facts),
        notes=(*notes, *functions.notes),
    )
    return numbered(marked(read, document), document)


def _is_priced(grid: Grid) -> bool:
    return grid.header is not None and grid.header.amount is not None


def _sums(costed: Iterable[Costs]) -> Iterator[Sum]:
    for one in costed:
        if one.total:
            yield Sum(one.total, Fact("budget", f"{one.total}元", one.place))


def _described(
    document: Document, items: tuple[Item, ...], facts: Facts, *, ties: Ties, aliases: tuple[str, ...]
) -> Description:
    department = value(facts, "department")
    texts = (block.text for block in document.blocks if block.kind is not BlockKind.TABLE)
    return Description(
        id=document.sha256,
        name=value(facts, "name"),
        aliases=aliases,
        text="\n".join(texts),
        items=items,
        department=department,
        region=value(facts, "region") or place_of(department),
        period=years(value(facts, "period")),
        uses=ties.names("uses"),
        replaces=ties.names("replaces"),
        declared="；".join(ties.declared),
    )
