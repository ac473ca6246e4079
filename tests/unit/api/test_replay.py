"""Checks made again on the graph as it was: the same bytes, or what differs and why."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from api.cli.app import run

THINGS = (
    "粮温监测",
    "出入库登记",
    "损耗核算",
    "轮换计划编制",
    "库区视频巡查",
    "质检报告归档",
    "熏蒸作业审批",
)
UNITS = ("岚河市粮食局", "石湾市商务局", "松溪市供销社")
Ask = Callable[..., tuple[int, Any]]


def functions(number: int) -> list[str]:
    return [THINGS[(number + step) % len(THINGS)] for step in range(5)]


def system(number: int) -> list[Mapping[str, object]]:
    """One system with functions, as native lines."""
    identity = f"sys-{number}"
    facts: list[Mapping[str, object]] = [
        {"kind": "entity", "id": identity, "type": "System", "name": f"粮库{number}号管理系统"},
        {"kind": "entity", "id": "unit", "type": "Organization", "name": UNITS[number % 3]},
        {"kind": "relation", "source": "unit", "type": "OWNS", "target": identity},
    ]
    for text in functions(number):
        facts.append({"kind": "entity", "id": f"{identity}/{text}", "type": "Function", "name": text})
        facts.append(
            {"kind": "relation", "source": identity, "type": "PROVIDES", "target": f"{identity}/{text}"}
        )
    return facts


def proposal(number: int) -> Mapping[str, object]:
    lines = [{"text": text, "path": "仓储", "amount": 1000 * (number + 1)} for text in functions(number)]
    return {"name": f"智慧粮库{number}期项目", "department": UNITS[number % 3], "functions": lines}


class Office:
    """A store that goes on changing, and reports on proposals from all its days."""

    def __init__(self, home: Path, told: Callable[[], str]) -> None:
        self.home, self._told = home, told
        self.store = f"sqlite:///{home}/kg.db"

    def does(self, *arguments: str) -> tuple[int, Any]:
        self._told()
        code = run([*arguments, "--store", self.store, "--json"])
        printed = self._told()
        return code, json.loads(printed) if printed else None

    def loads(self, number: int, *, day: str = "2026-03-01") -> int:
        path = self.home / f"s{number}.jsonl"
        path.write_text("\n".join(json.dumps(fact) for fact in system(number)), "utf-8")
        code, report = self.does("ingest", str(path), "--dated", day)
        assert code == 0
        return int(report["run"])

    def checks(self, number: int) -> Path:
        path = self.home / f"p{number}.json"
        path.write_text(json.dumps(proposal(number)), "utf-8")
        out = self.home / f"out{number}"
        code, _ = self.does("check", str(path), "--out", str(out))
        assert code == 0
        return out / "report.json"

    def replays(self, report: Path, *options: str) -> tuple[int, Any]:
        file = json.loads(report.read_text("utf-8"))["proposal"]["file"]
        given = options or ("--file", str(self.home / file))
        return self.does("replay", str(report), *given)


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Office:
    monkeypatch.setenv("KG_MODEL", str(tmp_path / "none"))
    opened = Office(tmp_path, lambda: capsys.readouterr().out)
    opened.loads(0)
    return opened


def test_a_check_replayed_after_later_loads_gives_the_same_bytes(office: Office) -> None:
    first = office.checks(0)
    for number in (1, 2):
        office.loads(number, day=f"2026-0{number + 3}-01")
    office.does("judge", "sys-0", "sys-1", "same", "--by", "王工", "--because", "同一系统")
    second = office.checks(3)
    for report in (first, second):
        assert office.replays(report) == (
            0,
            {
                "file": json.loads(report.read_text("utf-8"))["file"],
                "verdict": json.loads(report.read_text("utf-8"))["verdict"],
                "equal": True,
                "differences": [],
                "total": 0,
                "reasons": [],
            },
        )


def test_a_load_that_only_added_may_be_undone_without_a_difference(office: Office) -> None:
    run_number = office.loads(1)
    report = office.checks(1)
    office.does("undo", str(run_number), "--by", "王工", "--because", "装错了表")
    assert office.replays(report)[1]["equal"]


def test_a_delivery_told_again_on_a_later_day_makes_no_difference(office: Office) -> None:
    report = office.checks(0)
    office.loads(0, day="2027-01-01")
    assert office.replays(report)[1]["equal"]


def test_a_load_that_had_ended_something_may_be_undone_without_a_difference(office: Office) -> None:
    office.loads(1)
    path = office.home / "s1.jsonl"
    path.write_text(path.read_text("utf-8").replace("粮库1号", "粮库壹号"), "utf-8")
    _, loaded = office.does("ingest", str(path), "--dated", "2026-04-01")
    report = office.checks(1)
    office.does("undo", loaded["run"], "--by", "王工", "--because", "改错了名称")
    assert office.replays(report)[1]["equal"]


def test_another_version_is_the_reason_of_a_difference(office: Office) -> None:
    report = office.checks(0)
    told = json.loads(report.read_text("utf-8"))
    told["basis"]["thresholds"] = "0"
    report.write_text(json.dumps(told, ensure_ascii=False, indent=2) + "\n", "utf-8")
    code, found = office.replays(report)
    assert (code, [one["path"] for one in found["differences"]]) == (1, ["basis.thresholds"])
    (reason,) = found["reasons"]
    assert reason.startswith("thresholds：当时 0，现在 ")


def test_a_report_that_was_changed_is_found_out(office: Office) -> None:
    report = office.checks(0)
    told = json.loads(report.read_text("utf-8"))
    told["verdict"] = "通过"
    report.write_text(json.dumps(told, ensure_ascii=False, indent=2) + "\n", "utf-8")
    code, found = office.replays(report)
    assert code == 1
    assert [one["path"] for one in found["differences"]] == ["verdict"]


def test_the_file_is_found_beside_the_report_and_in_the_archive(office: Office) -> None:
    report = office.checks(0)
    path = office.home / "p0.json"
    (report.parent / "p0.json").write_bytes(path.read_bytes())
    path.unlink()
    assert office.replays(report, "--json")[0] == 0
    (report.parent / "p0.json").unlink()
    assert office.replays(report, "--json") == (1, None)
    path.write_text(json.dumps(proposal(0)), "utf-8")
    office.does("check", str(path), "--keep")
    path.unlink()
    assert office.replays(report, "--json")[0] == 0


def test_another_model_or_another_store_is_refused(
    office: Office, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    report = office.checks(0)
    told = json.loads(report.read_text("utf-8"))
    told["basis"] |= {"model": "0f3a", "mode": "semantic"}
    other = tmp_path / "model.json"
    other.write_text(json.dumps(told), "utf-8")
    assert office.replays(other) == (1, None)
    told["basis"] |= {"model": None, "run": 999}
    other.write_text(json.dumps(told), "utf-8")
    assert run(["replay", str(other), "--store", office.store]) == 1
    assert "999" in capsys.readouterr().err


@pytest.mark.parametrize("text", ["[]", "{", '{"reports": [], "groups": []}', '{"verdict": "通过"}'])
def test_what_is_no_report_is_refused(office: Office, tmp_path: Path, text: str) -> None:
    path = tmp_path / "report.json"
    path.write_text(text, "utf-8")
    assert office.does("replay", str(path)) == (1, None)


@pytest.mark.slow
def test_twenty_checks_between_twenty_loads_replay_to_the_byte(office: Office) -> None:
    reports = []
    for number in range(1, 21):
        office.loads(number, day=f"2026-{number % 12 + 1:02d}-01")
        reports.append(office.checks(number))
    assert [office.replays(report)[1]["equal"] for report in reports] == [True] * 20
