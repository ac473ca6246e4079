"""Rules of the house that a machine can check."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("kg", "ingest", "queries", "api")
MODULES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
TOP_LEVEL = {"pyproject.toml", "kg", "ingest", "queries", "api", "notebooks", "tests", "README.md"}


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def test_import_contracts_hold(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(ROOT)
    assert lint_imports(no_cache=True) == 0, capsys.readouterr().out


def test_the_top_level_is_the_agreed_one() -> None:
    assert {path.name for path in ROOT.iterdir()} >= TOP_LEVEL


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_module_says_what_it_holds_and_stays_short(path: Path) -> None:
    text = path.read_text("utf-8")
    assert ast.get_docstring(ast.parse(text))
    assert text.count("\n") <= 400


def test_the_environment_is_read_in_one_place() -> None:
    readers = {
        str(path.relative_to(ROOT))
        for path in MODULES
        if any(word in path.read_text("utf-8") for word in ("os.environ", "getenv", "BaseSettings"))
    }
    assert readers == {"api/settings.py"}


def test_the_graph_driver_is_imported_by_its_store_only() -> None:
    users = {path.name for path in MODULES if any(name.split(".")[0] == "neo4j" for name in imported(path))}
    assert users <= {"neo4j.py"}


def test_no_module_is_named_after_nothing() -> None:
    vague = {"utils", "util", "helpers", "helper", "manager", "common", "misc", "data", "process"}
    assert not [path for path in MODULES if path.stem in vague]


def test_no_function_is_longer_than_fifty_lines() -> None:
    long = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or node.lineno) - node.lineno > 50
    ]
    assert not long


def test_library_code_never_prints() -> None:
    assert not [p for p in MODULES if p.parts[len(ROOT.parts)] != "api" and "print(" in p.read_text("utf-8")]


def test_no_trained_chinese_pipeline_is_pinned() -> None:
    """The registry's package of that name is a placeholder put there by a third party."""
    assert "zh-core-web" not in (ROOT / "constraints.txt").read_text("utf-8").replace("_", "-").lower()
