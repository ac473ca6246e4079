"""Pages of lines and tables as blocks: paragraphs and tables that go on over a page are one."""

from dataclasses import replace

from ingest.documents.blocks import Block, BlockKind, Row
from ingest.documents.continued import joined_rows
from ingest.documents.headings import heading_level
from ingest.documents.lines import Paragraphs, is_continuation_mark
from ingest.documents.pages import Page
from kg.model import Place


def page_blocks(pages: list[Page]) -> tuple[Block, ...]:
    """The blocks of pages in reading order, running feet last."""
    blocks: list[Block] = []
    text = Paragraphs(pages)
    for page in pages:
        text.turn(page)
        for head in page.heads:
            text.close()
            blocks.append(_block(head, Place(page=page.number, block=len(blocks) + 1), scanned=page.scanned))
        for part in page.parts:
            for line in part.lines:
                goes_on = text.add(line)
                begun = blocks.pop() if goes_on else None
                place = begun.place if begun else Place(page=page.number, block=len(blocks) + 1)
                scanned = page.scanned or bool(begun and begun.scanned)
                blocks.append(_block(text.text, place, scanned=scanned))
            if part.rows:
                text.close()
                _add_table(blocks, part.rows, page)
    for page in pages:
        for foot in page.feet:
            blocks.append(_block(foot, Place(page=page.number, block=len(blocks) + 1), scanned=page.scanned))
    return tuple(blocks)


def _block(text: str, place: Place, *, scanned: bool) -> Block:
    level = heading_level(text)
    return Block(BlockKind.HEADING if level else BlockKind.PARAGRAPH, place, text, level, scanned=scanned)


def _add_table(blocks: list[Block], rows: tuple[Row, ...], page: Page) -> None:
    """A table that opens a page continues one of as many columns that closed the page before."""
    marks = 0
    while marks < len(blocks) and is_continuation_mark(blocks[-1 - marks].text):
        marks += 1
    last = blocks[-1 - marks] if marks < len(blocks) else None
    if last and last.rows and last.rows[-1].place.page == page.number - 1 and _as_wide(last.rows, rows):
        joined = joined_rows(last.rows, rows, scanned=last.scanned and page.scanned)
        whole = replace(last, rows=joined, scanned=last.scanned or page.scanned)
        blocks[len(blocks) - 1 - marks :] = [whole]
        return
    number = len(blocks) + 1
    placed = tuple(replace(row, place=replace(row.place, block=number)) for row in rows)
    place = Place(page=page.number, block=number)
    blocks.append(Block(BlockKind.TABLE, place, rows=placed, scanned=page.scanned))


def _as_wide(above: tuple[Row, ...], below: tuple[Row, ...]) -> bool:
    return len(above[0].cells) == len(below[0].cells)
