"""The fold and the digests: order never matters, saying twice is saying once."""

import random
from dataclasses import replace
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model import Claim, Entity, EntityId, Modality, Place, Record
from kg.ontology import load_ontology
from kg.store.fold import contradictions, fold_entity, fold_relation, rank
from kg.store.memory import MemoryStore
from kg.store.records import Assertion, assertions, digests, stamp
from tests.conformance.graphs import CENSUS, MANIFEST, OWNER, SEAL, claim, entity, row, seal_row

ONTOLOGY = load_ontology()
VALUES = st.one_of(st.text(max_size=4), st.integers(0, 3), st.booleans(), st.decimals(0, 9, places=2))
PROPERTIES = st.dictionaries(st.sampled_from(["status", "remark", "repository"]), VALUES, max_size=3)
CLAIMS = st.builds(
    Claim,
    source=st.sampled_from(["census", "native", "manifest", "reviewer", "elsewhere"]),
    document=st.sampled_from(["a", "b"]),
    said_on=st.sampled_from(["2022", "2023-05", "2023-12-31"]),
    place=st.builds(Place, row=st.one_of(st.none(), st.integers(1, 3))),
    name=st.sampled_from(["甲", "乙", None]),
    properties=PROPERTIES,
)
SAID = st.lists(
    st.builds(Assertion, st.sampled_from(["System", "Component"]), CLAIMS), min_size=1, max_size=6
)


@given(SAID, st.randoms(use_true_random=False))
def test_the_order_of_claims_never_matters(said: list[Assertion], shuffle: random.Random) -> None:
    other = list(said)
    shuffle.shuffle(other)
    assert fold_entity(SEAL, said, ONTOLOGY) == fold_entity(SEAL, other, ONTOLOGY)
    key = (OWNER, "OWNS", SEAL)
    assert fold_relation(key, [a.claim for a in said], ONTOLOGY) == fold_relation(
        key, [a.claim for a in other], ONTOLOGY
    )


@given(SAID)
def test_every_value_shown_is_one_that_was_claimed(said: list[Assertion]) -> None:
    shown = fold_entity(SEAL, said, ONTOLOGY)
    claimed = [assertion.claim for assertion in said]
    assert all(any(c.properties.get(n) == v for c in claimed) for n, v in shown.properties.items())
    assert set(shown.properties) == {name for one in claimed for name in one.properties}
    assert shown.type == ("Component" if any(a.type == "Component" for a in said) else "System")


@given(SAID)
def test_what_is_not_shown_is_a_contradiction(said: list[Assertion]) -> None:
    shown = fold_entity(SEAL, said, ONTOLOGY)
    lost = {(one.property, repr(one.value)) for one in contradictions(shown, ONTOLOGY)}
    told = {(n, repr(v)) for a in said for n, v in a.claim.properties.items() if v != shown.properties[n]}
    named = {("name", repr(a.claim.name)) for a in said if a.claim.name and a.claim.name != shown.name}
    assert lost == told | named


def test_claims_rank_by_source_then_date_then_document_then_place() -> None:
    base = Claim("census", "b", "2023", Place(row=2))
    worse = [
        replace(base, place=Place(row=10)),
        replace(base, document="c"),
        replace(base, said_on="2022"),
        replace(base, source="manifest", said_on="2024"),
        replace(base, source="elsewhere", said_on="2025"),
    ]
    assert rank([*reversed(worse), base], ["census", "manifest"]) == [base, *worse]


def test_a_claim_without_modality_says_fact() -> None:
    plan = Claim("native", "p", "2024", properties={"modality": "plan"})
    fact = Claim("census", "c", "2023")
    key = (OWNER, "OWNS", SEAL)
    assert fold_relation(key, [plan, fact], ONTOLOGY).modality is Modality.FACT
    assert fold_relation(key, [plan, replace(fact, source="policy")], ONTOLOGY).modality is Modality.PLAN


def test_a_digest_knows_content_from_circumstance() -> None:
    base = seal_row()
    (digest,) = digests([base])
    moved = replace(
        base, claim=replace(base.claim, place=Place(row=9), sha256="f" * 64, said_on="2024"), row=9
    )
    assert digests([moved]) == [digest]
    shuffled = replace(base, entities=base.entities[::-1], relations=base.relations[::-1])
    assert digests([shuffled]) == [digest]
    changed = [
        seal_row(name="别名"),
        seal_row(kind="Component"),
        seal_row(status="停用"),
        replace(base, relations=base.relations[:1]),
        replace(base, entities=base.entities[:2]),
        replace(base, claim=replace(base.claim, rule="map@2")),
        replace(base, claim=replace(base.claim, confidence=0.5)),
        replace(base, claim=replace(base.claim, source="native")),
        replace(base, claim=replace(base.claim, because="因为")),
    ]
    assert len({digest, *(digests([other])[0] for other in changed)}) == len(changed) + 1


def test_a_digest_knows_the_kind_of_a_value() -> None:
    values = [Decimal("1"), 1, "1", ("1",), True, 1.0]
    rows = [row(CENSUS, entity(SEAL, "System", "甲", value=value)) for value in values]
    assert len({digests([one])[0] for one in rows}) == len(values)


def test_equal_rows_are_numbered_and_stamped_rows_left_alone() -> None:
    first, second = digests([seal_row(), seal_row()])
    assert second == f"{first}#1"
    (stamped,) = stamp([replace(seal_row(), digest="given")])
    assert stamped.digest == "given"


def test_bare_citations_assert_what_the_fact_says() -> None:
    fact = replace(entity(SEAL, "System", "甲", status="在用"), claims=(claim(MANIFEST),))
    ((kind, said),) = [(a.type, a.claim) for a in assertions(fact, row(CENSUS, fact))]
    assert (kind, said.source, said.name, said.properties) == ("System", "manifest", "甲", {"status": "在用"})


RECORDS = st.lists(
    st.tuples(st.sampled_from(["asset-a", "asset-b", "asset-c"]), st.sampled_from(["甲", "乙"]), PROPERTIES),
    min_size=1,
    max_size=8,
)


@settings(max_examples=50)
@given(RECORDS, st.integers(1, 4), st.randoms(use_true_random=False))
def test_batches_and_their_order_never_matter(
    told: list[tuple[str, str, dict[str, object]]], size: int, shuffle: random.Random
) -> None:
    records = [row(CENSUS, entity(i, "System", name, **said), at=1) for i, name, said in told]
    other = list(records)
    shuffle.shuffle(other)
    split = [other[n : n + size] for n in range(0, len(other), size)]
    assert written([[records]]) == written([split]) == written([[records], [records]])


def written(runs: list[list[list[Record]]]) -> dict[EntityId, Entity]:
    """What a store shows after these runs of batches."""
    store = MemoryStore(ONTOLOGY)
    for batches in runs:
        run = store.begin("load")
        for batch in batches:
            store.upsert(run, CENSUS, batch)
        store.finish(run, status="complete", summary={})
    return store.get([one.id for one in store.entities()])
