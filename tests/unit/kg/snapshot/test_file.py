"""The kept snapshot: used while it is right, made again when it is not, never in the way."""

from pathlib import Path

import numpy as np
import pytest

from kg.model import Direction, Entity, EntityId
from kg.ontology import load_ontology
from kg.snapshot import Snapshot, open_snapshot, steps
from kg.store.memory import MemoryStore
from tests.conformance.graphs import CENSUS, OWNER, SEAL, SIGN, load, relation, row, seal_row

WALK = steps(["OWNS", "PROVIDES"], Direction.OUT)


@pytest.fixture
def store() -> MemoryStore:
    made = MemoryStore(load_ontology())
    load(made, CENSUS, seal_row())
    return made


def _mapped(snapshot: Snapshot) -> bool:
    array, found = snapshot.types, False
    while array is not None and not found:
        found, array = isinstance(array, np.memmap), getattr(array, "base", None)  # type: ignore[assignment]  # walks to the map
    return found


def test_the_second_opening_maps_what_the_first_kept_and_answers_the_same(
    store: MemoryStore, tmp_path: Path
) -> None:
    first = open_snapshot(store, tmp_path / "s")
    second = open_snapshot(store, tmp_path / "s")
    assert (_mapped(first), _mapped(second)) == (False, True)
    for snapshot in (first, second):
        reached = snapshot.reach(OWNER, WALK)
        assert reached.entity_ids() == [SEAL, SIGN]
        assert [hop.type for hop in reached.path(1)] == ["OWNS", "PROVIDES"]
        assert snapshot.type_of(SEAL) == "System"
    assert [file.name for file in tmp_path.iterdir()] == ["s"]


def test_a_graph_that_moved_is_seen_anew(store: MemoryStore, tmp_path: Path) -> None:
    open_snapshot(store, tmp_path / "s")
    added = Entity(EntityId("asset-b"), "System", "乙系统")
    load(store, CENSUS, row(CENSUS, added, relation(OWNER, "OWNS", "asset-b"), at=2))
    assert set(open_snapshot(store, tmp_path / "s").reach(OWNER, WALK).entity_ids()) == {
        SEAL,
        SIGN,
        "asset-b",
    }


def test_another_graph_of_the_same_version_is_not_mistaken_for_it(store: MemoryStore, tmp_path: Path) -> None:
    open_snapshot(store, tmp_path / "s", identity="one")
    other = MemoryStore(load_ontology())
    load(other, CENSUS, row(CENSUS, Entity(EntityId("asset-z"), "System", "别的系统")))
    assert other.version() == store.version()
    assert len(open_snapshot(other, tmp_path / "s", identity="two")) == 1


@pytest.mark.parametrize("damage", [b"", b"not a snapshot at all", None])
def test_a_damaged_file_is_made_again(store: MemoryStore, tmp_path: Path, damage: bytes | None) -> None:
    file = tmp_path / "s"
    open_snapshot(store, file)
    whole = file.read_bytes()
    file.write_bytes(whole[:-40] if damage is None else damage)
    assert open_snapshot(store, file).reach(OWNER, WALK).entity_ids() == [SEAL, SIGN]
    assert file.read_bytes() == whole


def test_a_folder_that_cannot_be_written_costs_no_answer(store: MemoryStore, tmp_path: Path) -> None:
    assert len(open_snapshot(store, tmp_path / "absent" / "s")) == 3


def test_equal_graphs_give_equal_files(store: MemoryStore, tmp_path: Path) -> None:
    again = MemoryStore(load_ontology())
    load(again, CENSUS, seal_row())
    open_snapshot(store, tmp_path / "a")
    open_snapshot(again, tmp_path / "b")
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
