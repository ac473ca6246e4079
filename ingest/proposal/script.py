"""Reads traditional characters as simplified ones, and gives back what was read as it is written."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ingest.documents.blocks import Block, BlockKind, Document, Row
from kg.matching.description import Description, Item
from kg.matching.proposal import Fact, Proposal
from kg.text.normal import simplify


def simplified(document: Document) -> Document:
    """The document in simplified characters, one for one; itself where it has no traditional ones."""
    blocks = tuple(_block(block) for block in document.blocks)
    return document if blocks == document.blocks else replace(document, blocks=blocks)


def _block(block: Block) -> Block:
    return replace(block, text=simplify(block.text), rows=tuple(map(_row, block.rows)))


def _row(row: Row) -> Row:
    return replace(row, cells=tuple(map(simplify, row.cells)))


def as_written(read: Proposal, document: Document) -> Proposal:
    """What was read from the simplified document in the characters of the document.

    The place, the build kind and the grade stay simplified: they name divisions and categories.
    """
    text = " ".join(" ".join(_texts(document)).split())
    written = _Written(text, simplify(text))
    facts = tuple(Fact(fact.kind, written.of(fact.value), fact.place) for fact in read.facts)
    fund = read.fund_source and written.of(read.fund_source)
    prose = (block.text for block in document.blocks if block.kind is not BlockKind.TABLE)
    described = _described(read.description, written, text="\n".join(prose))
    return replace(read, description=described, fund_source=fund, facts=facts)


@dataclass(frozen=True, slots=True)
class _Written:
    """The whole text as written, and in simplified characters with the same offsets."""

    text: str
    plain: str

    def of(self, value: str) -> str:
        """The value as the text first writes it; itself where the text does not hold it in one piece."""
        at = self.plain.find(value) if value else -1
        return self.text[at : at + len(value)] if at >= 0 else value


def _described(told: Description, written: _Written, *, text: str) -> Description:
    items = tuple(_item(item, written) for item in told.items)
    return replace(
        told,
        name=written.of(told.name),
        aliases=tuple(map(written.of, told.aliases)),
        items=items,
        department=written.of(told.department),
        uses=tuple(map(written.of, told.uses)),
        replaces=tuple(map(written.of, told.replaces)),
        declared="；".join(map(written.of, told.declared.split("；"))),
        text=text,
    )


def _item(item: Item, written: _Written) -> Item:
    path = "/".join(map(written.of, item.path.split("/")))
    return replace(item, text=written.of(item.text), path=path)


def _texts(document: Document) -> Iterator[str]:
    for block in document.blocks:
        yield block.text
        for row in block.rows:
            yield from row.cells
