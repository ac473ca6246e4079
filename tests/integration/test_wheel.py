"""The wheel carries its data: installed outside the checkout it ingests and checks."""

import json
import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def run(*command: str | Path, cwd: Path) -> str:
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("KG_", "PYTHONPATH"))}
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


@pytest.mark.slow
def test_the_wheel_works_outside_the_checkout(tmp_path: Path) -> None:
    run(sys.executable, "-m", "build", "--wheel", "--outdir", tmp_path, ROOT, cwd=tmp_path)
    (wheel,) = tmp_path.glob("*.whl")
    venv.create(tmp_path / "fresh", with_pip=True)
    python = tmp_path / "fresh" / "bin" / "python"
    run(python, "-m", "pip", "install", "-q", "-c", ROOT / "constraints.txt", wheel, cwd=tmp_path)
    kg = tmp_path / "fresh" / "bin" / "kg"
    assert run(kg, "--version", cwd=tmp_path).startswith("kg ")
    loaded = json.loads(run(kg, "ingest", ROOT / "examples" / "estate", "--json", cwd=tmp_path))
    assert loaded["status"] == "complete"
    proposal = ROOT / "examples" / "proposals" / "1-重复建设.docx"
    report = json.loads(run(kg, "check", proposal, "--out", "paper", "--json", cwd=tmp_path))
    assert report["verdict"] == "不予立项"
    assert (tmp_path / "paper" / "report.html").is_file()
