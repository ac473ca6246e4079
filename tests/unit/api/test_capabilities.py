"""Capabilities over HTTP, on pages and from the shell: one answer, whoever asks."""

import json
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.cli.app import run
from api.wire.capabilities import CapabilityPage
from api.wire.examples import examples

SHEET = (
    "系统名称,建设单位,运行状态,主要功能\n"
    "养老服务平台,甲市民政局,在用,高龄津贴资格核验；床位预约登记；用户管理\n"
    "老龄服务平台,乙市民政局,在用,高龄津贴的资格核验；用户管理\n"
)
JUDGED = ("--by", "张三", "--because", "现场核实")


class Shell:
    """The command line over one store; answers as JSON."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def __call__(self, *arguments: str, code: int = 0) -> Any:
        self._capsys.readouterr()
        assert run([*arguments, "--json"]) == code
        out = self._capsys.readouterr().out
        return json.loads(out) if out else None

    def read(self, *arguments: str) -> str:
        self._capsys.readouterr()
        assert run(arguments) == 0
        return self._capsys.readouterr().out


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Shell:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KG_STORE", f"sqlite:///{tmp_path}/graph.db")
    monkeypatch.setenv("KG_MODEL", str(tmp_path / "none"))
    Path("census.csv").write_text(SHEET, "utf-8")
    asked = Shell(capsys)
    asked("ingest", "census.csv")
    return asked


def test_the_index_counts_capabilities_and_keeps_their_groups(shell: Shell, tmp_path: Path) -> None:
    assert shell("index")["capabilities"] == 3
    assert (tmp_path / "graph.db.capabilities").is_file()


def test_a_judgement_from_the_shell_holds_and_can_be_withdrawn(shell: Shell) -> None:
    (before,) = shell("capabilities", "津贴")["items"]
    assert (before["systems"], before["departments"], before["functions"]) == (2, 2, 2)
    made = shell("capability", "split", before["id"], "--functions", "高龄津贴的资格核验", *JUDGED)
    assert shell("capabilities", "津贴")["total"] == 2
    shell("capability", "rename", made["b"], "津贴核验", *JUDGED)
    assert shell("show", made["b"])["name"] == "津贴核验"
    shell("capability", "merge", "津贴核验", "床位预约登记", *JUDGED)
    assert shell("capabilities", "床位")["items"][0]["systems"] == 2
    shell("ingest", "census.csv")
    assert shell("capabilities", "津贴")["total"] == 2
    shell("judge", "--withdraw", made["id"])
    # Without the split its functions are again with the others; what was said of the part is of nothing.
    assert shell("capabilities", "津贴的资格")["items"][0]["functions"] == 2


def test_a_capability_is_shown_with_its_systems(shell: Shell) -> None:
    (one,) = shell("capabilities", "津贴")["items"]
    shown = shell("show", one["id"])
    assert {row["name"] for row in shown["capability"]["members"]} == {"养老服务平台", "老龄服务平台"}
    lines = shell.read("show", one["id"])
    assert "有此功能的系统（2）" in lines
    assert "老龄服务平台  乙市民政局：高龄津贴的资格核验" in lines


def test_overlaps_of_a_capability_are_those_of_systems_that_have_it(shell: Shell) -> None:
    assert shell("overlaps", "--capability", "床位预约登记")["overlaps"] == []
    shell("overlaps", "--capability", "没有这项", code=1)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("merge", "床位预约登记", "没有", *JUDGED), 1),
        (("merge", "床位预约登记", "床位预约登记", *JUDGED), 1),
        (("split", "床位预约登记", "--functions", "床位预约登记", *JUDGED), 1),
        (("rename", "床位预约登记", " ", *JUDGED), 1),
        (("rename", "床位预约登记", "床位", "--by", " ", "--because", "x"), 2),
        (("rename", "床位预约登记", "床位"), 2),
    ],
)
def test_a_judgement_needs_what_is_there_a_person_and_a_reason(
    shell: Shell, arguments: tuple[str, ...], code: int
) -> None:
    shell("capability", *arguments, code=code)


def test_pages_of_the_list_join_to_the_whole(client: TestClient) -> None:
    whole = client.get("/api/v1/capabilities?limit=60").json()
    first = client.get("/api/v1/capabilities?limit=25").json()
    second = client.get(f"/api/v1/capabilities?limit=35&cursor={first['next']}").json()
    assert first["items"] + second["items"] == whole["items"]
    last = client.get("/api/v1/capabilities?q=养老&limit=500").json()
    assert last["next"] is None
    assert last["total"] == len(last["items"]) > 0
    assert client.get("/api/v1/capabilities?cursor=x").status_code == 422


def test_the_list_leads_to_each_capability(client: TestClient) -> None:
    one = client.get("/api/v1/capabilities").json()["items"][0]
    shown = client.get(f"/api/v1/entities/{one['id']}").json()
    assert len(shown["capability"]["members"]) == one["systems"]
    assert f"有此功能的系统（{one['systems']}）" in client.get(f"/entity/{one['id']}").text
    assert one["name"] in client.get("/capabilities").text
    assert client.get("/api/v1/entities/capability-0000000000000000").status_code == 404


def test_the_example_has_the_form_of_the_answer() -> None:
    assert CapabilityPage.model_validate(examples()["CapabilityPage"]).items
