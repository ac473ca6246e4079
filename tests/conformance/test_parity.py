"""Whatever is loaded and swept, in whatever order, the stores show the same as the reference."""

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from kg.errors import ValidationError
from kg.model import Claim, Direction, Entity, EntityId, Record, Relation
from kg.store import open_store
from kg.store.base import Delivery, GraphReader, GraphStore
from kg.store.fold import ALIASES
from tests.conformance.graphs import claim, entity, relation
from tests.neo4j.servers import wipe

IDS = [EntityId("asset-a"), EntityId("asset-b")]
SOURCES = ["census", "manifest", "native"]
DATES = ["2022-12-31", "2023", "2024-06-30"]
PARTS = ["印章", "dz", "平台", "甲称", "电子印章平台"]

said = st.fixed_dictionaries(
    {"remark": st.sampled_from(["一", "二", "三"])},
    optional={
        ALIASES: st.sampled_from([("甲称",), ("乙称", "甲称"), ()]),
        "status": st.sampled_from(["在用", "停用"]),
        "repository": st.sampled_from(["一", "二"]),
    },
)
entities = st.builds(
    lambda i, kind, name, properties: entity(i, kind, name, **properties),
    st.sampled_from(IDS),
    st.sampled_from(["System", "System", "System", "Component"]),
    st.sampled_from(["电子印章平台", "印章"]),
    said,
)
relations = st.builds(
    lambda a, b, plan: relation(a, "DEPENDS_ON", b, {"modality": "plan"} if plan else {}),
    st.sampled_from(IDS),
    st.sampled_from(IDS),
    st.booleans(),
)
Row = tuple[list[Entity], list[Relation], int, bool]
Step = tuple[int, str, str, list[Row], bool]
rows = st.tuples(
    st.lists(entities, min_size=1, max_size=2, unique_by=lambda one: one.id),
    st.lists(relations, max_size=1),
    st.integers(1, 3),
    st.booleans(),
)
steps_of_a_load = st.tuples(
    st.integers(0, 1),
    st.sampled_from(SOURCES),
    st.sampled_from(DATES),
    st.lists(rows, min_size=1, max_size=3),
    st.booleans(),
)


def record(delivery: Delivery, told: Row) -> Record:
    """A row, whose facts cite for themselves where it says so."""
    facts, links, at, own = told
    said_by = claim(delivery, row=at)
    claims: tuple[Claim, ...] = (replace(said_by, rule="own"),) if own else ()
    return Record(
        IDS[0],
        said_by,
        tuple(replace(one, claims=claims) for one in facts),
        tuple(replace(one, claims=claims) for one in links),
    )


def play(store: GraphStore, steps: list[Step]) -> list[object]:
    """What a store answers to a series of loads, each of which may sweep what it does not say."""
    answers: list[object] = []
    for number, source, date, told, sweeps in steps:
        delivery = Delivery(f"{source}:{number}", source, None, None, date, 0)
        run = store.begin("load")
        before = set(store.records(delivery.key))
        try:
            answers.append(store.upsert(run, delivery, [record(delivery, one) for one in told]))
        except ValidationError:
            answers.append("refused")
        if sweeps:
            answers.append(store.sweep(run, delivery.key, before, said_on=date))
        store.finish(run, status="complete", summary={})
        answers.append(seen(store))
    return [*answers, [seen(store.as_of(date)) for date in DATES], store.deliveries(), store.version()]


def seen(reader: GraphReader) -> list[object]:
    """Everything a reader can be asked."""
    ids = [one.id for one in reader.entities()]
    both = list(reader.relations(ids, direction=Direction.BOTH))
    claimed = [one.claims for one in reader.get(ids).values()] + [one.claims for one in both]
    return [
        sorted(reader.get(ids).items()),
        [[(said.opened, said.closed) for said in claims] for claims in claimed],
        [(one.id, one.type, one.name, dict(one.properties)) for one in reader.entities()],
        [(one.key, dict(one.properties)) for one in reader.relations()],
        both,
        reader.counts(),
        [(reader.search(part), reader.named(part)) for part in PARTS],
    ]


QUIET = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
STEPS = st.lists(steps_of_a_load, min_size=2, max_size=6)


@settings(
    max_examples=50,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=QUIET,
)
@given(STEPS)
def test_the_store_file_answers_as_the_reference_does(steps: list[Step]) -> None:
    with TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder)}/kg.db"
        with open_store("memory:") as memory, open_store(url, create=True) as file:
            for one, other in zip(play(memory, steps), play(file, steps), strict=True):
                assert one == other


@pytest.mark.neo4j
@settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=QUIET,
)
@given(steps=STEPS)
def test_neo4j_answers_as_the_reference_does(neo4j_url: str, steps: list[Step]) -> None:
    wipe(neo4j_url)
    with open_store("memory:") as memory, open_store(neo4j_url, create=True) as server:
        for one, other in zip(play(memory, steps), play(server, steps), strict=True):
            assert one == other
