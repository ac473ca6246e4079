from pathlib import Path

import yaml

from examples.generate.__main__ import generate
from examples.generate.systems import estate
from examples.generate.vocabulary import HERE, components, domains
from ingest.documents.blocks import Block
from ingest.documents.reader import read_document

COMMITTED = HERE.parent


def test_generating_again_gives_the_committed_bytes(tmp_path: Path) -> None:
    generate(tmp_path)
    made = sorted(path for path in tmp_path.rglob("*") if path.is_file())
    assert made
    assert [p for p in made if p.read_bytes() != (COMMITTED / p.relative_to(tmp_path)).read_bytes()] == []


def test_the_estate_is_as_large_as_described() -> None:
    systems = estate()
    assert len(systems) == 300
    assert len({system.owner for system in systems}) == 40
    sizes = {len(system.functions) for system in systems}
    assert (min(sizes) >= 8, max(sizes)) == (True, 40)
    assert len({system.name for system in systems}) == 300
    assert len(components()) == 25
    assert len({system.domain for system in systems}) == len(domains()) >= 30


def test_every_proposal_states_what_is_expected_of_it() -> None:
    rows = yaml.safe_load((COMMITTED / "proposals" / "expected.yaml").read_text("utf-8"))["proposals"]
    assert [row["verdict"] for row in rows] == ["不予立项", "不予立项", "核减", "有条件推进", "通过"]
    assert all((COMMITTED / "proposals" / row["file"]).is_file() and row["why"] for row in rows)


def test_every_committed_file_says_that_it_is_synthetic() -> None:
    files = [path for part in ("estate", "proposals") for path in (COMMITTED / part).rglob("*")]
    files = [path for path in files if path.is_file()]
    assert files
    assert [path.name for path in files if "虚构" not in _text(path)] == []


def test_the_estate_stays_small() -> None:
    assert sum(path.stat().st_size for path in (COMMITTED / "estate").rglob("*")) < 2_000_000


def _text(path: Path) -> str:
    if path.suffix in {".xlsx", ".docx", ".pdf"}:
        return "".join(_words(block) for block in read_document(path).blocks)
    return path.read_bytes().decode("gb18030" if path.suffix == ".csv" else "utf-8")


def _words(block: Block) -> str:
    return block.text + "".join(cell for row in block.rows for cell in row.cells)
