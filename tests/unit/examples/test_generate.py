from pathlib import Path

import yaml

from examples.generate.__main__ import generate
from examples.generate.systems import estate
from examples.generate.vocabulary import HERE, components

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
    assert all(8 <= len(system.functions) <= 40 for system in systems)
    assert len(components()) == 25


def test_every_proposal_states_what_it_expects() -> None:
    rows = yaml.safe_load((HERE / "proposals.yaml").read_text("utf-8"))["proposals"]
    assert {row["expected"] for row in rows} == {"不予立项", "核减", "有条件推进", "通过"}
    assert all((COMMITTED / "proposals" / row["file"]).is_file() for row in rows)
