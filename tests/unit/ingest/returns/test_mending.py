"""Sheets in messy layouts come back with their faults marked, and load without one once these are mended."""

from pathlib import Path

import openpyxl
import pytest

from ingest.documents.reader import read_document
from ingest.pipeline import run
from ingest.reading import Options
from ingest.report import RunReport
from ingest.returns.receipt import SHEET
from ingest.sources.endings import REMEDY
from kg.store import open_store
from kg.store.base import GraphStore
from tests.unit.ingest.proposal.papers import load, write

LAYOUTS = dict(load(Path(__file__).parents[3] / "data" / "layouts"))
MESSY = (
    "101-census-number-row-notes",
    "102-census-merged-units-subtotals",
    "103-census-units-as-titles",
    "124-census-grouped-headers",
    "132-census-asset-list",
    "138-census-two-lists",
    "146-census-repeated-units",
    "151-plain-ledger",
    "154-census-functions-in-columns",
    "158-census-checkbox-columns",
)
FAULTY_NAME = "本系统主要用于面向群众提供各类业务的在线受理、审核、审批、查询、统计等服务，" * 2


def loaded(path: Path, store: GraphStore, back: Path | None = None) -> RunReport:
    options = Options(today="2026-03-01", returns=back)
    return run([path], store, archive=None, options=options, read=read_document)


def facts(store: GraphStore) -> list[object]:
    entities = [(e.id, e.type, e.name, sorted(e.properties.items())) for e in store.entities()]
    return [entities, [(r.key, sorted(r.properties.items())) for r in store.relations()]]


def damaged(path: Path, name: str) -> dict[tuple[str, str], str]:
    """Spoils the name of a system in its sheet; what stood there, by sheet and place."""
    book = openpyxl.load_workbook(path)
    found = [(s.title, c.coordinate) for s in book for row in s.iter_rows() for c in row if c.value == name]
    for sheet, place in found:
        book[sheet][place] = FAULTY_NAME
    book.save(path)
    return dict.fromkeys(found, name)


def faults(report: RunReport) -> list[str]:
    rows = [row.reason for row in report.rejected if row.remedy != REMEDY]
    return rows + [note.text for note in report.warnings if note.cell]


@pytest.mark.parametrize("name", MESSY)
def test_a_mended_return_says_what_the_sheet_without_faults_says(tmp_path: Path, name: str) -> None:
    path = write(LAYOUTS[name], tmp_path, name)
    right = open_store("memory:")
    before = loaded(path, right)
    was = damaged(path, LAYOUTS[name]["golden"]["systems"][-1][0])
    store, back = open_store("memory:"), tmp_path / "返还"
    report = loaded(path, store, back)
    assert len(faults(report)) > len(faults(before))
    [returned] = report.returned
    book = openpyxl.load_workbook(returned.path)
    assert book.sheetnames[0] == SHEET
    for (sheet, place), value in was.items():
        row = book[sheet][book[sheet][place].row]
        assert any(cell.comment and "退回" in cell.comment.text for cell in row)
        book[sheet][place] = value
    book.save(returned.path)
    again = loaded(Path(returned.path), store, tmp_path / "再返还")
    assert faults(again) == faults(before)
    assert again.rows.rejected == before.rows.rejected
    assert facts(store) == facts(right)
    told = (again.rejected, again.unmapped, again.mapped)
    assert told == (before.rejected, before.unmapped, before.mapped)


@pytest.mark.shared
@pytest.mark.slow
def test_real_lists_are_read_from_their_returns_as_they_were_sent(shared_data: Path, tmp_path: Path) -> None:
    found = sorted(shared_data.rglob("*.xlsx"))
    assert len(found) >= 8
    for path in found:
        store = open_store("memory:")
        before = loaded(path, store, tmp_path / path.stem)
        [returned] = before.returned
        again = loaded(Path(returned.path), store)
        assert (again.rows.written, again.rows.unchanged) == (0, before.rows.written)
        told = (again.rejected, again.warnings, again.unmapped, again.repaired)
        assert told == (before.rejected, before.warnings, before.unmapped, before.repaired)
