"""kg deliveries tells the state of reporting, as text, JSON and a workbook."""

import json
from pathlib import Path

import openpyxl
import pytest

from api.cli.app import run


@pytest.fixture
def store(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> str:
    url = f"sqlite:///{tmp_path / 'a.db'}"
    for period, names in (("2024", ("养老服务平台", "婚姻登记系统")), ("2025", ("养老服务平台",))):
        path = tmp_path / f"{period}.csv"
        rows = "".join(f"{name},南宁市民政局,登记、查询\n" for name in names)
        path.write_text(f"系统名称,建设单位,主要功能\n{rows}", encoding="utf-8")
        said = ["--reporter", "南宁市民政局", "--period", period]
        assert run(["ingest", str(path), "--store", url, *said]) == 0
    capsys.readouterr()
    return url


def test_the_state_is_told_and_written(
    store: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "报送.xlsx"
    assert run(["deliveries", "--store", store, "--xlsx", str(out), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["period"] == "2025/2025"
    assert [one["name"] for one in told["vanished"]] == ["婚姻登记系统"]
    book = openpyxl.load_workbook(out)
    assert book.sheetnames == ["报送情况", "未报送", "变化"]
    assert [cell.value for cell in book["变化"][2]][:3] == ["南宁市民政局", "未再申报", "婚姻登记系统"]
    assert run(["deliveries", "--store", store]) == 0
    assert "未再申报 南宁市民政局（2024 曾申报）：婚姻登记系统" in capsys.readouterr().out


def test_a_period_that_is_none_is_a_wrong_usage(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["deliveries", "--store", store, "--period", "去年"]) == 2
    assert "--period" in capsys.readouterr().err


def test_a_load_hands_workbooks_back_and_says_where(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, back = tmp_path / "a.csv", tmp_path / "返还"
    path.write_text("系统名称,建设单位,主要功能\n,民政局,登记\n平台甲系统,民政局,登记\n", encoding="utf-8")
    said = ["ingest", str(path), "--store", f"sqlite:///{tmp_path / 'b.db'}", "--returns", str(back)]
    assert run([*said, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)["returned"]
    assert told == [{"file": "a.csv", "path": str(back / "a.xlsx"), "marks": 1}]
    assert run([*said, "--dry-run"]) == 0
    assert f"返还 a.csv：{back / 'a.xlsx'}（1 处标注）" in capsys.readouterr().out
