"""Every span that leaves the reading of a text or a file holds the words it is said to hold."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.long_papers import notice, write_docx
from ingest.discovery import Found
from ingest.documents.blocks import Document
from ingest.documents.reader import read_document
from ingest.extract.extractor import as_line, extract
from ingest.reading import FileRead, Options, read_file
from kg.model import Claim, Place

DATA = Path(__file__).resolve().parents[3] / "data" / "extraction"
SHARED_TEXTS = ("passages.jsonl", "gold_dev.jsonl")
ODD = ("", "\r\n", "\u3000", "\u200b", "𠮷", "⼯", "ＡＢ", "（", "”", "電子簽章", "；")
"""What between two passages may move offsets: signs of two units, of no width, and such as are folded."""


def texts(path: Path) -> list[str]:
    return [json.loads(line)["text"] for line in path.read_text("utf-8").splitlines()]


OWN = [text for part in ("dev", "test") for text in texts(DATA / f"{part}.jsonl")]


def check_spans(text: str) -> int:
    """How many spans the reading of a text has, all of which hold."""
    found = extract(text)
    for item in found.mentions:
        assert text[item.start : item.end] == item.text != ""
    for said in found.relations:
        assert text[said.start : said.start + len(said.sentence)] == said.sentence
        assert {said.head, said.tail} <= set(found.mentions)
    for detail in found.details:
        assert 0 <= detail.start < detail.end <= len(text)
        assert detail.of in found.mentions
    for told in as_line("1", found)["entities"]:
        assert text[told["start"] : told["end"]] == told["text"]
    return len(found.mentions) + len(found.relations) + len(found.details)


def claims(read: FileRead) -> Iterator[Claim]:
    for record in (record for lot in read.reading.lots for record in lot.records):
        yield record.claim
        for entity in record.entities:
            yield from entity.claims
        for relation in record.relations:
            yield from relation.claims


def words(document: Document) -> dict[Place, str]:
    """The text at every place of a document: its blocks, and the cells of its tables."""
    found = {block.place: block.text for block in document.blocks if not block.rows}
    rows = (row for block in document.blocks for row in block.rows)
    cells = ((replace(row.place, column=n), cell) for row in rows for n, cell in enumerate(row.cells, 1))
    return found | dict(cells)


def check_facts(path: Path) -> int:
    """How many facts of a file have offsets, all of which lead to the words quoted.

    A fact told in a cell leads to the name in the sentence that is quoted.
    """
    document = read_document(path)
    read = read_file(Found(path, path.name, ""), Options(today="2026-03-01"), lambda _: document)
    at, checked = words(document), 0
    for claim in claims(read):
        if claim.place.start is not None:
            said = at[replace(claim.place, start=None, end=None)]
            found = said[claim.place.start : claim.place.end]
            assert claim.quote is not None
            assert found == claim.quote != "" or (claim.place.row and found and found in claim.quote)
            checked += 1
    return checked


def as_files(folder: Path, passages: Sequence[str]) -> list[Path]:
    paths = [folder / f"{number}.txt" for number in range(len(passages))]
    for path, text in zip(paths, passages, strict=True):
        path.write_text(text, "utf-8")
    return paths


def test_spans_of_every_own_passage_hold() -> None:
    assert sum(map(check_spans, OWN)) > 1500


@pytest.mark.shared
@pytest.mark.parametrize("name", SHARED_TEXTS)
def test_spans_of_every_published_passage_hold(name: str, shared_data: Path) -> None:
    assert sum(map(check_spans, texts(shared_data / "cn" / name))) > 300


@settings(max_examples=60)
@given(st.lists(st.tuples(st.sampled_from(ODD), st.sampled_from(OWN)), min_size=1, max_size=3))
def test_spans_hold_behind_signs_that_are_folded_or_of_no_width(parts: list[tuple[str, str]]) -> None:
    check_spans("".join(odd + passage for odd, passage in parts))


def test_every_fact_of_the_own_passages_stands_where_it_says(tmp_path: Path) -> None:
    assert sum(map(check_facts, as_files(tmp_path, OWN))) > 1500


@pytest.mark.shared
def test_every_fact_of_published_passages_stands_where_it_says(shared_data: Path, tmp_path: Path) -> None:
    published = texts(shared_data / "cn" / "passages.jsonl")
    assert sum(map(check_facts, as_files(tmp_path, published))) > 500


def test_every_fact_of_a_long_paper_stands_where_it_says(tmp_path: Path) -> None:
    write_docx(tmp_path / "notice.docx", notice(7)[:20])
    assert check_facts(tmp_path / "notice.docx") > 500


def test_every_fact_of_prose_in_cells_stands_where_it_says(workbook: Callable[..., Path]) -> None:
    header = ("建设单位", "系统名称", "系统简介")
    rows = [("南宁市民政局", f"养老服务平台{n}", f"本系统{text[:300]}") for n, text in enumerate(OWN)]
    assert check_facts(workbook("普查.xlsx", [header, *rows])) > 50
