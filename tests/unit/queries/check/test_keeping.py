"""The prepared estate kept in a file: it answers as the one in memory, and only while it is right."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from kg.matching.description import Description, Item
from kg.matching.encoder.lexical import LexicalEncoder
from kg.matching.proposal import Proposal
from kg.store.memory import MemoryStore
from queries.check import CheckContext, Kept, check, prepare
from queries.check.keeping import load_prepared
from queries.recommend import Need, recommend
from tests.unit.queries.small_estate import CARE

LEXICAL = LexicalEncoder("test")


def prepared(store: MemoryStore, file: Path, *, identity: str = "1") -> CheckContext:
    return prepare(store, LEXICAL, engine="1.0", newest="2025-06-30", kept=Kept(file, identity))


def test_what_is_kept_answers_every_question_as_what_was_built(
    store: MemoryStore, context: CheckContext, tmp_path: Path
) -> None:
    for again in (prepared(store, tmp_path / "estate"), prepared(store, tmp_path / "estate")):
        assert again.estate.members == context.estate.members
        for key, member in context.estate.members.items():
            assert again.estate.members[key].details() == member.details()
        for name in ("organizations", "offers", "offerers", "offering", "adopters", "uses", "wholes"):
            assert getattr(again.estate, name) == getattr(context.estate, name)
        items = tuple(Item(text, amount=Decimal(100)) for text in CARE)
        paper = Proposal(
            Description("p", "智慧养老平台", department="丙市民政局", items=items), "p.docx", "0" * 64
        )
        found, wanted = (check(store, paper, context=one).to_json() for one in (again, context))
        assert found == wanted
        need = Need("需要给群众发送短信通知")
        assert recommend(need, again) == recommend(need, context)
    assert [file.name for file in tmp_path.iterdir()] == ["estate"]


def test_the_second_opening_reads_what_the_first_kept(store: MemoryStore, tmp_path: Path) -> None:
    assert load_prepared(Kept(tmp_path / "estate", "1"), LEXICAL, engine="1.0") is None
    prepared(store, tmp_path / "estate")
    found = load_prepared(Kept(tmp_path / "estate", "1"), LEXICAL, engine="1.0")
    assert found is not None
    assert found.estate.version == store.version()


@pytest.mark.parametrize("other", [("2", "1.0"), ("1", "1.1")])
def test_what_another_state_or_program_kept_is_not_taken(
    store: MemoryStore, tmp_path: Path, other: tuple[str, str]
) -> None:
    prepared(store, tmp_path / "estate")
    identity, engine = other
    assert load_prepared(Kept(tmp_path / "estate", identity), LEXICAL, engine=engine) is None


@pytest.mark.parametrize(
    "harm", [lambda whole: b"", lambda _: b"KGESTA01 no more", lambda whole: whole[:-99]]
)
def test_a_damaged_file_is_made_again(
    store: MemoryStore, tmp_path: Path, harm: Callable[[bytes], bytes]
) -> None:
    file = tmp_path / "estate"
    prepared(store, file)
    whole = file.read_bytes()
    file.write_bytes(harm(whole))
    prepared(store, file)
    assert file.read_bytes() == whole


def test_a_folder_that_cannot_be_written_costs_no_answer(store: MemoryStore, tmp_path: Path) -> None:
    assert prepared(store, tmp_path / "absent" / "estate").members
