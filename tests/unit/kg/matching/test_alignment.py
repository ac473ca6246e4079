"""Lists of functions: scores within bounds, partners one to one, a floor of quality on held-out domains."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.measure_alignment import drawn, measured
from examples.generate.vocabulary import domains
from kg.matching.alignment import align, likeness, pair_likeness, pair_up
from kg.matching.encoder.loading import load_encoder
from kg.matching.encoder.port import Encoder
from kg.matching.thresholds import thresholds

WORDING = st.lists(
    st.text(alphabet="养老床位登记查询审批河道", min_size=1, max_size=6), min_size=1, max_size=5
)


@given(first=WORDING, second=WORDING)
def test_likeness_is_bounded_and_of_a_pair_the_same_as_in_the_matrix(
    first: list[str], second: list[str]
) -> None:
    encoder = load_encoder(None)
    like = likeness(first, second, encoder)
    assert like.max() <= 1.0
    assert pair_likeness([(first[0], second[0])], encoder)[0] == pytest.approx(like[0, 0], abs=1e-4)


@given(first=WORDING, second=WORDING)
def test_pairs_are_one_to_one(first: list[str], second: list[str]) -> None:
    pairs = pair_up(likeness(first, second, load_encoder(None)), 0.3)
    assert len({i for i, _ in pairs}) == len({j for _, j in pairs}) == len(pairs)


@pytest.mark.shared
def test_equal_wordings_score_one(semantic: Encoder) -> None:
    assert pair_likeness([("附件上传", "附件上传"), ("安全教育课程", "安全教育课程")], semantic) == [1.0, 1.0]


@pytest.mark.shared
def test_functions_of_one_list_do_not_share_a_partner(semantic: Encoder) -> None:
    found = align(["河道巡查", "河道巡查记录", "水位监测"], ["河道巡查", "排污口排查", "雨情快报"], semantic)
    assert [pair.j for pair in found if pair.same] == [0]


@pytest.mark.shared
def test_held_out_lists_keep_their_floor(semantic: Encoder) -> None:
    rows = measured(drawn(domains()[1::6]), semantic)
    limits = thresholds().phrases.lists
    chosen = (rows.likeness >= limits.likeness) & (rows.score >= limits.score)
    hits = int((chosen & rows.right).sum())
    assert hits / int(chosen.sum()) >= 0.52
    assert hits / rows.pairs >= 0.55
