"""Impact with a what-if, and dependencies reconciled, from the command line and over HTTP."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.cli.app import run
from api.settings import Settings

CALLS = "调用方,被调用方,调用次数,开始时间,结束时间\n渡口船舶调度系统,支付网关,9,2026-01-01,2026-03-31\n"
SYSTEMS = (
    {"kind": "entity", "id": "sys-pay", "type": "System", "name": "支付网关"},
    {"kind": "entity", "id": "sys-new", "type": "System", "name": "统一收缴平台"},
    {"kind": "entity", "id": "sys-ferry", "type": "System", "name": "渡口船舶调度系统"},
    {"kind": "entity", "id": "sys-toll", "type": "System", "name": "=1+1收费系统"},
    {"kind": "entity", "id": "unit-a", "type": "Organization", "name": "岚河市财政局"},
    {"kind": "relation", "source": "unit-a", "type": "OWNS", "target": "sys-pay"},
    {"kind": "relation", "source": "unit-a", "type": "OWNS", "target": "sys-ferry"},
    {"kind": "relation", "source": "sys-toll", "type": "DEPENDS_ON", "target": "sys-pay"},
)
Ask = Callable[..., tuple[int, Any]]


@pytest.fixture
def ask(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Ask:
    """Runs a command with --json on a small store; gives the exit code and the document."""
    store = f"sqlite:///{tmp_path}/kg.db"
    (tmp_path / "systems.jsonl").write_text("\n".join(json.dumps(one) for one in SYSTEMS), "utf-8")
    (tmp_path / "网关.csv").write_text(CALLS, "utf-8")
    assert run(["ingest", str(tmp_path / "systems.jsonl"), str(tmp_path / "网关.csv"), "--store", store]) == 0
    capsys.readouterr()

    def asked(*arguments: str) -> tuple[int, Any]:
        code = run([*arguments, "--store", store, "--json"])
        printed = capsys.readouterr().out
        return code, json.loads(printed) if printed else None

    return asked


def test_measured_calls_meet_the_system_of_that_name(ask: Ask) -> None:
    _, found = ask("impact", "支付网关")
    assert {item["name"] for item in found["items"]} == {"渡口船舶调度系统", "=1+1收费系统"}
    (ferry,) = (item for item in found["items"] if item["name"] == "渡口船舶调度系统")
    (basis,) = ferry["path"][0]["bases"]
    assert (basis["basis"], basis["calls"], basis["until"]) == ("measured", 9, "2026-03-31")


def test_a_plan_is_told_and_written_without_formulas(ask: Ask, tmp_path: Path) -> None:
    out = tmp_path / "通知.xlsx"
    code, found = ask("impact", "支付网关", "--replace-by", "统一收缴平台", "--out", str(out))
    assert code == 0
    assert found["what_if"]["replacement"]["name"] == "统一收缴平台"
    book = openpyxl.load_workbook(out)
    assert book.sheetnames == ["通知清单", "受影响的系统", "替代缺口"]
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert any(cell.value == "'=1+1收费系统" for cell in cells)
    assert all(cell.data_type != "f" for cell in cells)


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (("--retire", "--replace-by", "统一收缴平台"), 2),
        (("--out", "a.xlsx"), 2),
        (("--retire", "--out", "a.docx"), 2),
        (("--replace-by", "没有的系统"), 1),
        (("--replace-by", "支付网关"), 1),
    ],
)
def test_a_plan_that_cannot_be_made_is_refused(ask: Ask, options: Sequence[str], code: int) -> None:
    assert ask("impact", "支付网关", *options) == (code, None)


def test_stated_and_measured_dependencies_are_reconciled(ask: Ask) -> None:
    _, found = ask("reconcile")
    assert [one["source"]["name"] for one in found["unmeasured"]] == ["=1+1收费系统"]
    assert [one["source"]["name"] for one in found["undeclared"]] == ["渡口船舶调度系统"]
    assert found["single_points"][0]["dependents"] == 2
    assert found["coverage"] == {"relations": 2, "measured": 1, "since": "2026-01-01", "until": "2026-03-31"}


@pytest.mark.usefixtures("ask")
def test_the_same_is_answered_over_http(tmp_path: Path) -> None:
    settings = Settings(store=f"sqlite:///{tmp_path}/kg.db")
    with TestClient(create_app(settings), base_url="http://127.0.0.1") as client:
        plan = client.get("/api/v1/impact", params={"entity": "支付网关", "retire": True}).json()
        assert [notice["department"] for notice in plan["what_if"]["notices"]] == ["岚河市财政局", ""]
        assert client.get("/api/v1/reconciliation").json()["totals"]["undeclared"] == 1
        both: dict[str, str | bool] = {"entity": "支付网关", "retire": True, "replace_by": "统一收缴平台"}
        assert client.get("/api/v1/impact", params=both).status_code == 422
