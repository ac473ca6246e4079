"""What tools outside read: the shape of every answer, exit codes, and what goes to which stream."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from api.cli.app import run

FUNCTIONS = "老人档案登记、能力评估、床位动态管理、上门服务派单、补贴资格审核、服务质量回访"
ROWS = [
    ("填报单位：南宁市大数据局", None, "填报周期：2024年"),
    ("系统名称", "建设单位", "主要功能", "总投资(万元)", "运行状态", "依托平台", "对接系统", "领导批示"),
    ("南宁市居家养老服务平台", "南宁市民政局", FUNCTIONS, 126.5, "在用", "统一身份认证平台", "", "同意"),
    ("南宁市养老机构监管系统", "南宁市民政局", FUNCTIONS, 88, "在用", "", "南宁市居家养老服务平台", ""),
    ("", "", "", "", "", "", "", ""),
    ("系统名称", "建设单位", "主要功能", "总投资(万元)", "运行状态", "依托平台", "对接系统", "领导批示"),
    ("统一身份认证平台", "南宁市大数据局", "统一登录认证、实名核验", 300, "在用", "", "", ""),
    ("", "南宁市水利局", "水位监测", 10, "在用", "", "", ""),
]
PROPOSAL = {
    "name": "柳州市智慧养老平台",
    "department": "柳州市民政局",
    "functions": [{"text": text, "path": "养老服务", "amount": 100000} for text in FUNCTIONS.split("、")],
}
Ask = Callable[..., Any]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("contract")
    book = Workbook()
    assert book.active is not None
    for row in ROWS:
        book.active.append(list(row))
    book.save(home / "普查.xlsx")
    (home / "方案.json").write_text(json.dumps(PROPOSAL, ensure_ascii=False), "utf-8")
    assert run(["ingest", str(home / "普查.xlsx"), "--store", f"sqlite:///{home}/kg.db"]) == 0
    return home


@pytest.fixture
def ask(folder: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> Ask:
    monkeypatch.chdir(folder)
    monkeypatch.setenv("KG_STORE", f"sqlite:///{folder}/kg.db")

    def asked(*arguments: str, code: int = 0) -> Any:
        capfdbinary.readouterr()
        assert run([*arguments, "--json"]) == code
        return json.loads(capfdbinary.readouterr().out.decode("utf-8"))

    return asked


def test_the_run_report_accounts_for_every_row_and_column(ask: Ask) -> None:
    report = ask("ingest", "普查.xlsx", "--dry-run")
    counts = {"read": 5, "written": 0, "unchanged": 3, "rejected": 2}
    assert report["rows"] == counts
    assert (report["run"], report["status"], report["dry_run"]) == (None, "complete", True)
    assert set(report["entities"]) == set(report["relations"]) == {"written", "unchanged", "swept"}
    assert report["files"] == [{"file": "普查.xlsx", "source": "census", "rows": counts}]
    assert [(row["row"], row["reason"]) for row in report["rejected"]] == [
        (6, "重复的表头"),
        (8, "缺少系统名称"),
    ]
    assert all(set(row) == {"file", "sheet", "row", "reason", "remedy"} for row in report["rejected"])
    assert report["unmapped"] == [
        {"file": "普查.xlsx", "sheet": "Sheet", "column": "领导批示", "filled": 1, "sample": "同意"}
    ]


def test_an_answer_of_search_names_what_it_found(ask: Ask) -> None:
    found = ask("search", "居家养老", "--type", "System")
    assert set(found) == {"items", "next"}
    assert set(found["items"][0]) == {"id", "type", "name", "score"}
    assert ask("search", "没有这样的系统名") == {"items": [], "next": None}


def test_dependencies_and_impact_have_one_shape(ask: Ask) -> None:
    for command, name in (("deps", "南宁市养老机构监管系统"), ("impact", "统一身份认证平台")):
        found = ask(command, name)
        assert set(found) >= {"root", "items", "by_department", "total", "truncated"}
        assert set(found["root"]) == {"id", "name", "type"}
        item = found["items"][0]
        assert set(item) >= {"id", "name", "type", "department", "hop", "modality", "path"}
        assert set(item["path"][0]) >= {"source", "type", "target", "basis", "confidence", "claim", "bases"}
        assert all(set(row) == {"department", "systems"} for row in found["by_department"])


def test_overlaps_name_each_pair_once(ask: Ask) -> None:
    found = ask("overlaps")["overlaps"]
    assert found
    assert all(set(one) >= {"a", "b", "kind", "score", "evidence"} for one in found)
    assert all(len(one["evidence"]) <= 5 and {"id", "name"} <= set(one["a"]) for one in found)
    pairs = [frozenset((one["a"]["id"], one["b"]["id"])) for one in found]
    assert len(pairs) == len(set(pairs))


def test_a_check_prints_what_stands_in_its_report(ask: Ask, folder: Path) -> None:
    report = ask("check", "方案.json", "--out", "out")
    assert report == json.loads((folder / "out" / "report.json").read_text("utf-8"))
    assert report["verdict"] in {"不予立项", "核减", "有条件推进", "通过"}
    keys = "verdict reasons proposal candidates modules rebuilt coverage basis to_verify"
    assert set(report) >= set(keys.split())
    keys = "input_sha256 store_version as_of engine ontology thresholds policy model mode"
    assert set(report["basis"]) >= set(keys.split())
    keys = "systems functions projects organizations organizations_without_data as_of newest unread"
    assert set(report["coverage"]) >= set(keys.split())
    candidate = report["candidates"][0]
    assert set(candidate) >= {"id", "type", "stage", "name", "department", "kind", "score", "functions"}
    assert set(candidate["functions"][0]) >= {"proposed", "existing", "kind", "score"}
    assert all({"path", "amount", "verdict", "kind", "action"} <= set(one) for one in report["modules"])
    for paper in ("report.html", "report.docx"):
        assert (folder / "out" / paper).is_file()


def test_a_check_without_verdict_fails_with_the_reasons_in_its_document(ask: Ask, folder: Path) -> None:
    (folder / "空.docx").write_bytes(b"")
    report = ask("check", "空.docx", code=1)
    assert report["verdict"] is None
    assert report["reasons"]


def test_a_need_that_asks_nothing_costs_no_other_its_answer(ask: Ask, tmp_path: Path) -> None:
    needs = [
        {"id": "n1", "text": "老人床位管理和能力评估", "department": None},
        {"id": "n2", "text": ""},
        {"id": 3, "text": "老人床位管理", "top": 0},
        {"id": "n4", "text": None, "functions": ["能力评估"]},
    ]
    batch = tmp_path / "needs.jsonl"
    batch.write_text("".join(json.dumps(need) + "\n" for need in needs) + "oops\n", "utf-8")
    first, second, third, fourth, fifth = ask("recommend", "--batch", str(batch))["answers"]
    assert first["items"]
    assert fourth["items"]
    assert second == {"id": "n2", "error": "第2行：请给出需求：text 或 functions 不能都为空"}
    assert third == {"id": 3, "error": "第3行：字段 top 不得小于 1"}
    assert fifth == {"id": None, "error": "第5行：不是合法的 JSON"}
    batch.write_text("{}", "utf-8")
    assert len(ask("recommend", "--batch", str(batch), code=1)["answers"]) == 1


@pytest.mark.parametrize("option", ["--text", "--entity"])
def test_an_empty_question_is_told_as_such(option: str, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert run(["recommend", option, " "]) == 2
    assert capfdbinary.readouterr().err.decode("utf-8") == f"用法错误：{option} 的值无效：内容为空\n"


def test_recommendations_have_one_shape_also_when_nothing_fits(ask: Ask) -> None:
    found = ask("recommend", "--text", "老人床位管理和能力评估")
    assert set(found) == {"items", "none", "graph_version", "mode"}
    keys = "id type name score band covers missing reasons usable blockers contact"
    assert set(found["items"][0]) >= set(keys.split())
    nothing = ask("recommend", "--text", "航天器轨道力学数值仿真")
    assert (nothing["items"], isinstance(nothing["none"], str)) == ([], True)


def test_exports_say_what_they_wrote(ask: Ask, folder: Path) -> None:
    told = ask("export", "all.jsonl", "--history", "--derived")
    lines = (folder / "all.jsonl").read_text("utf-8").splitlines()
    assert told == {"file": "all.jsonl", "entities": told["entities"], "relations": told["relations"]}
    assert told["entities"] + told["relations"] == len(lines)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ("ingest", 2),
        ("ingest 普查.xlsx --dated 昨天", 2),
        ("ingest 普查.xlsx --period 不知道", 2),
        ("ingest 普查.xlsx --source nonsense", 2),
        ("ingest 普查.xlsx --region 999999", 2),
        ("search", 2),
        ("search x --top 0", 2),
        ("show 系统 --as-of 昨天", 2),
        ("show 没有这个", 1),
        ("deps 没有这个", 1),
        ("impact 没有这个", 1),
        ("export x.doc", 2),
        ("export x.gexf --history", 2),
        ("export nofolder/x.jsonl", 1),
        ("overlaps --kind other", 2),
        ("recommend --entity 没有这个", 1),
        ("extract nofile.jsonl out.jsonl", 2),
        ("extract 方案.json nofolder/out.jsonl", 1),
        ("eval pairs 方案.json 方案.json", 1),
        ("search x --store mysql://x", 1),
        ("search x --store sqlite:///nothing.db", 1),
        ("search x --store sqlite:///普查.xlsx", 1),
        ("nonsense", 2),
    ],
)
@pytest.mark.usefixtures("ask")
def test_an_error_is_one_line_and_standard_output_stays_empty(
    arguments: str, code: int, capfdbinary: pytest.CaptureFixture[bytes], folder: Path
) -> None:
    before = _beside_the_store(folder)
    assert run([*arguments.split(), *(["--json"] if "--json" not in arguments else [])]) == code
    told = capfdbinary.readouterr()
    assert told.out == b""
    (line,) = told.err.decode("utf-8").splitlines()
    assert "Traceback" not in line
    assert _beside_the_store(folder) == before


def _beside_the_store(folder: Path) -> set[str]:
    """Files but those of the store, beside which a question keeps its vectors."""
    return {path.name for path in folder.iterdir() if not path.name.startswith("kg.db")}


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ("search", "缺少参数 TEXT"),
        ("search x --top 0", "--top 的值无效：不应小于 1"),
        ("search x --top y", "--top 的值无效：应为整数"),
        ("search x --bogus", "没有选项 --bogus"),
        ("search x y", "多余的参数：y"),
        ("nonsense", "没有命令 nonsense"),
        ("eval", "缺少子命令"),
        ("similar out.jsonl", "缺少选项 --pool"),
        ("extract nofile.jsonl out.jsonl", "IN.jsonl 的值无效：文件不存在：nofile.jsonl"),
        ("check x.docx --out 报告", "--out 的值无效：这是文件，不是文件夹：报告"),
        ("deps x --direction up", "--direction 的值无效：「up」不在可选值之内：'in', 'out', 'both'"),
        ("export x.doc", "FILE 的值无效：文件名应以 .jsonl、.graphml、.gexf、.csv、.html 结尾"),
    ],
)
def test_wrong_usage_is_told_in_chinese(
    arguments: str,
    told: str,
    capfdbinary: pytest.CaptureFixture[bytes],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "报告").touch()
    assert run(arguments.split()) == 2
    assert capfdbinary.readouterr().err.decode("utf-8") == f"用法错误：{told}\n"


@pytest.mark.parametrize("dry", [(), ("--dry-run",)])
def test_a_load_of_nothing_fails_and_makes_no_store(
    dry: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: Any
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("KG_STORE", raising=False)
    assert run(["ingest", "nothing.xlsx", "--json", *dry]) == 1
    report = json.loads(capfdbinary.readouterr().out)
    assert (report["status"], report["run"], report["rejected"][0]["row"]) == ("failed", None, None)
    assert list(tmp_path.iterdir()) == []


LINES: dict[str, list[dict[str, Any]]] = {
    "extract": [{"id": "1", "text": "南宁市民政局建设居家养老服务平台。"}],
    "compare": [{"id": "1", "a": {"text": "养老平台，床位管理"}, "b": {"text": "水利监测系统"}}],
    "align": [{"id": "1", "a": ["床位管理", "登记"], "b": ["床位动态管理"]}],
}


@pytest.mark.parametrize("command", ["extract", "compare", "align", "similar"])
def test_lines_need_no_store_and_make_none(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: Any
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("KG_STORE", raising=False)
    entries = [{"id": "1", "name": "养老平台"}, {"id": "2", "name": "居家养老平台"}]
    rows = LINES.get(command, entries)
    (tmp_path / "in.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    given = ["--pool", "in.jsonl", "--queries", "in.jsonl"] if command == "similar" else ["in.jsonl"]
    assert run([command, *given, "out.jsonl", "--json"]) == 0
    assert json.loads(capfdbinary.readouterr().out) == {"lines": len(rows), "errors": 0, "file": "out.jsonl"}
    written = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text("utf-8").splitlines()]
    keys = {
        "extract": {"id", "entities", "relations"},
        "compare": {"id", "label", "score", "evidence"},
        "align": {"id", "pairs"},
        "similar": {"id", "matches"},
    }
    assert [row["id"] for row in written] == [row["id"] for row in rows]
    assert all(set(row) >= keys[command] for row in written)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.jsonl", "out.jsonl"]
