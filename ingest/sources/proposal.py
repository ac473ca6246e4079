"""Proposals: a project applied for, the system it would deliver, and the functions of that system."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from ingest.documents.blocks import Block, BlockKind, Document
from ingest.proposal.form import read_form
from ingest.proposal.head.labels import labelled
from ingest.proposal.head.titles import paperless
from ingest.proposal.reader import read_proposal
from ingest.proposal.script import simplified
from ingest.proposal.sections import placed, unquoted
from ingest.proposal.tables.grids import grids
from ingest.sources.assets import use_facts
from ingest.sources.base import Context, Lot, Note, Reading
from ingest.sources.organizations import organization
from ingest.sources.policy import said_date
from ingest.sources.stated import claim_at, project_claims
from ingest.sources.values import Cells
from kg.errors import DocumentError
from kg.identity import asset_id, function_id, project_id
from kg.matching.proposal import Proposal
from kg.model import Claim, Entity, EntityId, Modality, Place, Record, Relation, Value
from kg.ontology import load_ontology
from kg.registry import Region

NAME = "proposal"
SHEETS = frozenset({"xlsx", "xls", "csv"})
TITLE = 60
"""Signs of a line that may be a title."""
LABELS = 3
"""Kinds of facts of the head by which a document without a telling title is known as a proposal."""
PROJECTED = frozenset({"name", "budget", "build_kind"})
PLANNED = frozenset({"period", "grade", "fund_source"})
"""Kinds of facts that a proposal tells of its project, all of the first, one of the others."""
GRADE = re.compile("([一二三四五])\\s*级")
KIND = re.compile("(?<=.{2})(?:类|类项目|项目|工程|类工程|性质)$")
PLAN = {"modality": str(Modality.PLAN)}
TABLE_HEAD = 20
"""Rows of a table that may hold facts of the head."""
HEAD = 40
"""Blocks from the top among which a proposal says what it is."""


@dataclass(frozen=True, slots=True)
class ProposalSource:
    """The source of proposals."""

    name: str = NAME

    def recognises(self, document: Document) -> bool:
        """Whether it says what a proposal says of itself and lists functions, so that a policy is not one.

        A paper that does not state its name and further facts must list its functions in a table, or bear the
        title of a proposal and say what it costs. One whose functions cannot be read must bear such a title
        and say of its own project what only a proposal does.
        """
        document = simplified(document)
        head = list(placed(map(_top, document.blocks[:HEAD])))
        tables = [grid for one in head if one.block.kind is BlockKind.TABLE for grid in grids(one)]
        stated = {one.fact.kind for one in labelled(head, tables)}
        lines = (Path(document.path).stem, *(text for one in head for text in _texts(one.block)))
        titled = any(map(_is_title, lines))
        named = "name" in stated and len(stated) >= LABELS
        costed = {"department", "budget"} <= stated
        tabled = any(block.kind is BlockKind.TABLE for block in document.blocks)
        if not (titled or named or costed) and (document.media in SHEETS or not tabled):
            return False
        read = read_proposal(document, with_ties=False)
        if not read.description.department:
            return False
        if not read.description.items:
            said = {fact.kind for fact in read.facts}
            return titled and said >= PROJECTED and bool(PLANNED & said)
        listed, priced = read.confidence == 1, read.budget is not None
        return named or (titled and priced) or (listed and (titled or costed or priced))

    def read(self, document: Document, context: Context) -> Reading:
        """One record: the project with its system, its unit and its functions."""
        proposal = read_proposal(document)
        if not proposal.description.name:
            raise DocumentError("没有读到项目名称", "请在首页写明项目名称后重新提交")
        said_on = context.dated or said_date(document, context.today) or context.today
        return _reading(proposal, context, said_on=said_on)


def read_proposal_form(path: Path, context: Context, *, sha256: str) -> Reading:
    """The reading of a proposal in JSON. Raises: DocumentError naming the field that does not fit."""
    proposal = replace(read_form(path), sha256=sha256)
    return _reading(proposal, context, said_on=context.dated or context.today)


def _reading(proposal: Proposal, context: Context, *, said_on: str) -> Reading:
    claim = Claim(
        source=NAME,
        document=context.document,
        said_on=said_on,
        place=Place(block=1),
        rule="proposal",
        confidence=proposal.confidence,
        sha256=proposal.sha256,
    )
    cells = Cells()
    record = _record(proposal, claim, region=context.region, cells=cells)
    lot = Lot(f"{NAME}:{context.document}", None, None, said_on, (record,))
    told = (*cells.warnings, *proposal.unread, *proposal.notes)
    return Reading((lot,), (), tuple(Note(context.document, None, None, text) for text in told))


def _top(block: Block) -> Block:
    """A table with the rows in which it may say what it is."""
    return replace(block, rows=block.rows[:TABLE_HEAD])


def _is_title(line: str) -> bool:
    """Whether a line ends with what a proposal calls itself."""
    return len(line) <= TITLE and paperless(line) != unquoted(line.strip())


def _texts(block: Block) -> Iterator[str]:
    if block.kind is BlockKind.TABLE:
        yield from (cell.strip() for row in block.rows for cell in row.cells)
    else:
        yield block.text.strip()


def _record(proposal: Proposal, claim: Claim, *, region: str, cells: Cells) -> Record:
    told = proposal.description
    owner = organization(told.department, region=told.region or region) if told.department else None
    holder = owner.id if owner else ""
    project = project_id(told.name, owner=holder)
    # Apart from the system of the ledger that may bear the same name: what is applied for does not exist yet.
    system = asset_id(told.name, owner=project)
    properties = _project(proposal, cells)
    entities = [
        Entity(project, "Project", told.name, properties, project_claims(proposal, claim, properties)),
        Entity(system, "System", told.name, {"status": "拟建"}),
    ]
    relations = [Relation(project, "DELIVERS", system)]
    if owner:
        entities += owner.entities
        relations += [
            *owner.relations,
            Relation(owner.id, "OWNS", project),
            Relation(owner.id, "OWNS", system),
        ]
    for fact in (
        *_functions(proposal, system, claim),
        *_ties(proposal, system, place=owner.region if owner else None, claim=claim),
    ):
        if isinstance(fact, Entity):
            entities.append(fact)
        else:
            relations.append(fact)
    unique = {entity.id: entity for entity in entities}
    return Record(project, claim, tuple(unique.values()), tuple({r.key: r for r in relations}.values()), 1)


def _project(proposal: Proposal, cells: Cells) -> dict[str, Value]:
    told = proposal.description
    declared = load_ontology().entity_types["Project"].properties
    texts = {
        "build_kind": proposal.build_kind,
        "fund_source": proposal.fund_source,
        "security_grade": proposal.grade,
        "period": told.period,
    }
    for name, text in texts.items():
        if text:
            cells.add(declared[name], _category(name, text), header=declared[name].label.zh)
    cells.properties["stage"] = "申报"
    if proposal.budget is not None:
        cells.properties["budget"] = proposal.budget
    if told.text:
        cells.properties["description"] = told.text[:2000]
    return cells.properties


def _category(name: str, text: str) -> str:
    """The words of a category without what is about it: 三级 of 等保三级（S3A3）, 运维 of 运维类项目."""
    if name == "security_grade" and (level := GRADE.search(text)):
        return f"第{level[1]}级"
    return KIND.sub("", text) if name == "build_kind" else text


def _functions(proposal: Proposal, system: EntityId, claim: Claim) -> Iterator[Entity | Relation]:
    for item in proposal.description.items:
        identity = function_id(system, item.path, item.text)
        properties: dict[str, Value] = {"path": item.path} if item.path else {}
        if item.amount is not None:
            properties["amount"] = item.amount
        if item.effort is not None:
            properties["effort"] = item.effort
        own = (claim_at(claim, item.place, rule="function"),)
        yield Entity(identity, "Function", item.text, properties, own)
        yield Relation(system, "PROVIDES", identity, claims=own)


def _ties(
    proposal: Proposal, system: EntityId, *, place: Region | None, claim: Claim
) -> Iterator[Entity | Relation]:
    """What the system is to use, extend and take over; all of it is planned."""
    told = proposal.description
    said = {(fact.kind, fact.value): fact.place for fact in proposal.facts}
    used = dict.fromkeys((*(("uses", name) for name in told.uses), *_deployed(proposal)))
    for kind, name in used:
        own = (claim_at(claim, said.get((kind, name), ""), rule=kind),)
        for fact in use_facts(system, name, relation="DEPENDS_ON", place=place):
            yield _planned(fact, own) if isinstance(fact, Relation) else fact
    for name in told.replaces:
        own = (claim_at(claim, said.get(("replaces", name), ""), rule="replaces"),)
        yield Entity(asset_id(name), "System", name)
        yield _planned(Relation(system, "SUCCEEDS", asset_id(name)), own)


def _deployed(proposal: Proposal) -> Iterator[tuple[str, str]]:
    """What is deployed and not told among the uses."""
    names = (fact.value for fact in proposal.facts if fact.kind == "deploys")
    yield from (("deploys", name) for name in names if name not in proposal.description.uses)


def _planned(relation: Relation, own: tuple[Claim, ...]) -> Relation:
    return replace(relation, properties={**relation.properties, **PLAN}, claims=own)
