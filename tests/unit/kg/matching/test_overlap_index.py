"""All overlaps of an estate: as the pairwise scorer has them, whatever the order, kept up to date."""

import random
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from benchmarks.generated_estate import generated
from kg.matching.description import Description, Item
from kg.matching.encoder.port import Encoder
from kg.matching.judged_blocks import forget_blocks
from kg.matching.overlap_file import load_overlaps, save_overlaps
from kg.matching.overlap_index import OverlapIndex, built, updated
from kg.matching.pairs import Context, compare
from kg.matching.scoring import LABELS, judge_pairs

KEY = "rules"
Rows = dict[tuple[str, str], tuple[str, float]]


def rows(index: OverlapIndex) -> Rows:
    judged = index.judged
    return {
        (index.ids[i], index.ids[j]): (LABELS[label], score)
        for (i, j), label, score in zip(
            judged.pairs.tolist(), judged.labels.tolist(), judged.scores.tolist(), strict=True
        )
    }


def pairwise(descriptions: Sequence[Description], index: OverlapIndex, encoder: Encoder) -> Rows:
    context = Context(encoder, index.rarity)
    found = {}
    for a, b in combinations(sorted(descriptions, key=lambda one: one.id), 2):
        compared = compare(a, b, context=context)
        if compared.label != "different":
            found[a.id, b.id] = (str(compared.label), compared.score)
    return found


@pytest.fixture(scope="module")
def estate() -> tuple[Description, ...]:
    return generated(60).descriptions


@pytest.fixture(scope="module")
def large() -> tuple[Description, ...]:
    return generated(300).descriptions


def test_labels_and_scores_are_those_of_the_pairwise_scorer(
    estate: tuple[Description, ...], lexical: Encoder
) -> None:
    index = built(estate, lexical, key=KEY)
    every = pairwise(estate, index, lexical)
    found = rows(index)
    assert found
    assert {pair: every[pair] for pair in found} == found
    assert [score for _, score in found.values()] == sorted((s for _, s in found.values()), reverse=True)


@pytest.mark.shared
def test_labels_and_scores_by_meaning_are_those_of_the_pairwise_scorer(semantic: Encoder) -> None:
    descriptions = generated(30).descriptions
    index = built(descriptions, semantic, key=KEY)
    every = pairwise(descriptions, index, semantic)
    found = rows(index)
    assert found
    assert {pair: every[pair] for pair in found} == found


def test_planted_pairs_are_among_the_candidates(lexical: Encoder) -> None:
    made = generated(400)
    found = rows(built(made.descriptions, lexical, key=KEY))
    planted = [(one.a, one.b) for one in made.planted if one.kind in ("copy", "extended")]
    assert planted
    assert all(pair in found for pair in planted)


def test_the_order_of_systems_changes_nothing(estate: tuple[Description, ...], lexical: Encoder) -> None:
    shuffled = list(estate)
    random.Random(5).shuffle(shuffled)
    first, second = built(estate, lexical, key=KEY), built(shuffled, lexical, key=KEY)
    assert list(rows(first).items()) == list(rows(second).items())


def test_the_number_of_workers_changes_nothing(
    estate: tuple[Description, ...], lexical: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.matching.scoring.PARALLEL_FROM", 1)
    monkeypatch.setattr("kg.matching.scoring.BLOCK", 100)
    index = built(estate, lexical, key=KEY)
    pairs = np.array(list(combinations(range(40), 2)), dtype=np.int64)
    context = Context(lexical, index.rarity)
    one, two = (judge_pairs(estate, pairs, context, workers=count) for count in (1, 2))
    assert np.array_equal(one.pairs, two.pairs)
    assert np.array_equal(one.labels, two.labels)
    assert np.array_equal(one.scores, two.scores)


def test_an_interrupted_run_goes_on_where_it_stopped(
    estate: tuple[Description, ...], lexical: Encoder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.matching.scoring.BLOCK", 100)
    heard: list[int] = []

    def stop(stage: str, done: int, total: int) -> None:
        heard.append(done)
        if stage == "系统比对" and done >= 300:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        built(estate, lexical, key=KEY, unfinished=tmp_path / "part", progress=stop)
    whole = built(estate, lexical, key=KEY)
    heard.clear()
    resumed = built(
        estate, lexical, key=KEY, unfinished=tmp_path / "part", progress=lambda *told: heard.append(told[1])
    )
    assert list(rows(resumed).items()) == list(rows(whole).items())
    assert min(done for done in heard if done) > 300
    for file in (tmp_path / "part").glob("*/*.npz"):
        file.write_bytes(b"cut")
    assert rows(built(estate, lexical, key=KEY, unfinished=tmp_path / "part")) == rows(whole)


def test_what_was_judged_by_other_rules_is_not_taken_up(
    estate: tuple[Description, ...], lexical: Encoder, tmp_path: Path
) -> None:
    part = tmp_path / "part"
    built(estate, lexical, key=KEY, unfinished=part)
    (before,) = part.iterdir()
    built(estate, lexical, key="other rules", unfinished=part)
    assert not before.exists()
    built(estate, lexical, key=KEY, unfinished=tmp_path / "no" / "such" / "folder")
    forget_blocks(part)
    assert not part.exists()


def test_what_has_not_changed_is_the_same_index(estate: tuple[Description, ...], lexical: Encoder) -> None:
    index = built(estate, lexical, key=KEY)
    assert updated(index, estate, lexical, key=KEY) is index
    assert updated(index, estate, lexical, key="other rules") is not index


def test_a_changed_system_is_judged_anew_and_no_other(
    large: tuple[Description, ...], lexical: Encoder
) -> None:
    index = built(large, lexical, key=KEY)
    copied, changed = large[0], replace(large[1], items=large[0].items)
    after = updated(index, [changed if one.id == changed.id else one for one in large], lexical, key=KEY)
    assert after.drift == 1
    old, new = rows(index), rows(after)
    assert (min(copied.id, changed.id), max(copied.id, changed.id)) in new
    assert {k: v for k, v in old.items() if changed.id not in k} == {
        k: v for k, v in new.items() if changed.id not in k
    }
    known, context = {one.id: one for one in large} | {changed.id: changed}, Context(lexical, after.rarity)
    for (a, b), found in new.items():
        if changed.id in (a, b):
            compared = compare(known[a], known[b], context=context)
            assert (compared.label, compared.score) == found


def test_systems_that_come_and_go_take_their_pairs_with_them(
    large: tuple[Description, ...], lexical: Encoder
) -> None:
    index = built(large, lexical, key=KEY)
    gone = large[7]
    copy = replace(large[3], id="system:999999", department="新市数据局")
    after = updated(index, [*(one for one in large if one.id != gone.id), copy], lexical, key=KEY)
    found = rows(after)
    assert gone.id not in after.ids
    assert (large[3].id, copy.id) in found
    assert not any(gone.id in pair for pair in found)


def test_much_change_fits_everything_anew(estate: tuple[Description, ...], lexical: Encoder) -> None:
    index = built(estate, lexical, key=KEY)
    changed = [replace(one, items=estate[0].items) for one in estate[:30]] + list(estate[30:])
    after = updated(index, changed, lexical, key=KEY)
    assert after.drift == 0
    assert rows(after) == rows(built(changed, lexical, key=KEY))


def test_the_file_gives_back_what_was_kept(
    estate: tuple[Description, ...], lexical: Encoder, tmp_path: Path
) -> None:
    index = built(estate, lexical, key=KEY)
    save_overlaps(index, tmp_path / "kg.db.overlaps")
    kept = load_overlaps(tmp_path / "kg.db.overlaps")
    assert kept is not None
    assert list(rows(kept).items()) == list(rows(index).items())
    assert kept.rarity.counts == index.rarity.counts
    assert updated(kept, estate, lexical, key=KEY) is kept


@pytest.mark.parametrize("content", [b"", b"no archive", b"PK\x03\x04cut"])
def test_a_damaged_file_counts_as_none(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "kg.db.overlaps").write_bytes(content)
    assert load_overlaps(tmp_path / "kg.db.overlaps") is None
    assert load_overlaps(tmp_path / "absent") is None


@pytest.mark.parametrize(
    "descriptions",
    [
        [],
        [Description("a")],
        [Description("a", "用户管理系统"), Description("b", "用户管理系统")],
        [Description(str(n), items=tuple(Item(f"{n}{k}号") for k in range(3))) for n in range(3)],
    ],
)
def test_small_estates_do_no_harm(descriptions: list[Description], lexical: Encoder) -> None:
    index = built(descriptions, lexical, key=KEY)
    assert len(index.ids) == len(descriptions)
    assert updated(index, descriptions, lexical, key=KEY) is index
