"""Proposals: a project applied for, the system it would deliver, and the functions of that system."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.documents.blocks import Block, BlockKind, Document
from ingest.proposal.reader import read_proposal
from ingest.sources.base import Context, Lot, Note, Reading
from ingest.sources.organizations import organization
from ingest.sources.policy import said_date
from ingest.sources.values import Cells
from kg.errors import DocumentError
from kg.identity import asset_id, function_id, project_id
from kg.matching.proposal import Proposal
from kg.model import Claim, Entity, EntityId, Place, Record, Relation, Value
from kg.ontology import load_ontology

TITLE = re.compile(r"建设方案|可行性研究|可研报告|项目建议书|初步设计|实施方案|申报书|立项申请|项目申请")
LABEL = re.compile(
    r"(项目名称|建设单位|申报单位|项目单位|总投资|投资估算|投资概算|建设周期|建设期限|资金来源)(?:[（(][^）)]*[）)])?\s*(?:[:：]|$)"
)
LABELS = 3
"""Facts of the head by which a document without a telling title is known as a proposal."""
TABLE_HEAD = 20
"""Rows of a table that may hold facts of the head."""
HEAD = 40
"""Blocks from the top among which a proposal says what it is."""


@dataclass(frozen=True, slots=True)
class ProposalSource:
    """The source of proposals."""

    name: str = "proposal"

    def recognises(self, document: Document) -> bool:
        """Whether it says what a proposal says of itself and lists functions, so that a policy is not one."""
        head = [text for block in document.blocks[:HEAD] for text in _texts(block)]
        titled = any(TITLE.search(text) for text in (document.path, *head))
        labels = {found[1] for text in head if (found := LABEL.match(text))}
        if not titled and not ("项目名称" in labels and len(labels) >= LABELS):
            return False
        read = read_proposal(document)
        return bool(read.description.items and read.description.department)

    def read(self, document: Document, context: Context) -> Reading:
        """One record: the project with its system, its unit and its functions."""
        proposal = read_proposal(document)
        if not proposal.description.name:
            raise DocumentError("没有读到项目名称", "请在首页写明项目名称后重新提交")
        said_on = context.dated or said_date(document, context.today) or context.today
        claim = Claim(
            source=self.name,
            document=context.document,
            said_on=said_on,
            place=Place(block=1),
            rule="proposal",
            confidence=proposal.confidence,
            sha256=document.sha256,
        )
        cells = Cells()
        record = _record(proposal, claim, region=context.region, cells=cells)
        lot = Lot(f"{self.name}:{context.document}", None, None, said_on, (record,))
        notes = tuple(
            Note(context.document, None, None, text) for text in (*cells.warnings, *proposal.unread)
        )
        return Reading((lot,), (), notes)


def _texts(block: Block) -> Iterator[str]:
    if block.kind is BlockKind.TABLE:
        yield from (cell.strip() for row in block.rows[:TABLE_HEAD] for cell in row.cells)
    else:
        yield block.text.strip()


def _record(proposal: Proposal, claim: Claim, *, region: str, cells: Cells) -> Record:
    told = proposal.description
    owner = organization(told.department, region=told.region or region) if told.department else None
    holder = owner.id if owner else ""
    project = project_id(told.name, owner=holder)
    # Apart from the system of the ledger that may bear the same name: what is applied for does not exist yet.
    system = asset_id(told.name, owner=project)
    entities = [
        Entity(project, "Project", told.name, _project(proposal, cells)),
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
    for fact in _functions(proposal, system):
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
            cells.add(declared[name], text, header=declared[name].label.zh)
    cells.properties["stage"] = "申报"
    if proposal.budget is not None:
        cells.properties["budget"] = proposal.budget
    if told.text:
        cells.properties["description"] = told.text[:2000]
    return cells.properties


def _functions(proposal: Proposal, system: EntityId) -> Iterator[Entity | Relation]:
    for item in proposal.description.items:
        identity = function_id(system, item.path, item.text)
        properties: dict[str, Value] = {"path": item.path} if item.path else {}
        if item.amount is not None:
            properties["amount"] = item.amount
        yield Entity(identity, "Function", item.text, properties)
        yield Relation(system, "PROVIDES", identity)
