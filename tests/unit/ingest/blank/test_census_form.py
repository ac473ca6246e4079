"""The blank census form is understood as it stands: what is picked and filled in is loaded without a word."""

import io
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl import Workbook

from ingest.blank.fields import Form, blank_form
from ingest.blank.workbook import EXAMPLE, EXPLAINED, HEADER, ROWS, form_workbook
from ingest.report import RunReport
from ingest.sources.mapping import load_mapping
from kg.store.base import GraphStore


@pytest.fixture
def form() -> Form:
    return blank_form("census")


def opened(form: Form, **said: str) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(form_workbook(form, **said)))


def test_the_blank_form_loads_nothing_and_its_example_is_told(
    tmp_path: Path, form: Form, load: Callable[..., RunReport]
) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(form_workbook(form))
    report = load(path)
    assert [(row.row, row.reason, row.remedy) for row in report.rejected] == [
        (EXAMPLE, "示例行，不作为系统载入", "无需处理")
    ]
    assert (report.rows.read, report.unmapped, report.mapped, report.warnings) == (1, [], [], [])


def test_a_filled_in_form_is_loaded_for_its_unit_and_period(
    tmp_path: Path, form: Form, load: Callable[..., RunReport], store: GraphStore
) -> None:
    book = opened(form, reporter="南宁市民政局", period="2025")
    sheet = book[form.sheet]
    rows = max(len(column.choices) for column in form.columns)
    for row in range(rows):
        for number, column in enumerate(form.columns, 1):
            value = column.choices[row % len(column.choices)] if column.choices else column.example
            sheet.cell(EXAMPLE + 1 + row, number, row + 1 if column.field == "number" else value)
        names = [column.field for column in form.columns]
        sheet.cell(EXAMPLE + 1 + row, names.index("name") + 1, f"第{row + 1}类业务管理系统")
    path = tmp_path / "a.xlsx"
    book.save(path)
    report = load(path)
    assert report.rows.written == rows
    assert [note for note in report.warnings if note.row] == []
    assert [(one.unit, one.period) for one in store.deliveries()] == [("南宁市民政局", "2025/2025")]
    statuses = {entity.properties.get("status") for entity in store.entities(entity_type="System")}
    assert set({column.field: column.choices for column in form.columns}["status"]) <= statuses


def test_every_choice_is_offered_and_every_header_explained(form: Form) -> None:
    book = opened(form)
    sheet = book[form.sheet]
    rules = {str(rule.sqref).split(":")[0]: rule for rule in sheet.data_validations.dataValidation}
    texts = "\n".join(str(row[0].value) for row in book[EXPLAINED].iter_rows())
    for number, column in enumerate(form.columns, 1):
        first = sheet.cell(EXAMPLE + 1, number).coordinate
        assert rules[first].prompt == column.explanation
        assert f"【{column.header}】" in texts
        if column.choices:
            assert rules[first].formula1 == f'"{",".join(column.choices)}"'
    assert str(next(iter(rules.values())).sqref).endswith(str(EXAMPLE + ROWS))


def test_headers_are_those_that_the_census_knows(form: Form) -> None:
    mapping, sheet = load_mapping("census"), opened(form)[form.sheet]
    headers = [str(cell.value) for cell in sheet[HEADER]]
    assert [mapping.field_of(header) for header in headers] == [column.field for column in form.columns]
    assert {column.field for column in form.columns if column.required} == {
        "name", "owner", "functions", "status"
    }  # fmt: skip
