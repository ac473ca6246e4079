"""Native JSONL: what goes out comes back, and what cannot be read says why."""

import io
import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.exchange import encode_fact, parse_line, write_jsonl
from kg.model import Claim, Entity, EntityId, Place, Record, Relation
from kg.ontology import load_ontology
from kg.store.base import Delivery
from kg.store.memory import MemoryStore
from tests.conformance.graphs import CENSUS, OWNER, SEAL, load, relation, row, seal_row

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
NAME = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
MONEY = st.decimals(0, 10**11, places=2)
NUMBER = st.one_of(st.integers(), st.booleans(), st.floats(allow_nan=False, allow_infinity=False))
PROPERTIES = st.fixed_dictionaries(
    {},
    optional={
        "description": TEXT,
        "aliases": st.lists(TEXT, max_size=3).map(tuple),
        "budget": MONEY,
        "users": st.integers(0, 10**9),
        "unknown": st.one_of(TEXT, NUMBER),
    },
)
PLACE = st.builds(Place, sheet=st.one_of(st.none(), TEXT), row=st.one_of(st.none(), st.integers(1, 99)))
CLAIM = st.builds(
    Claim,
    source=NAME,
    document=TEXT,
    said_on=st.sampled_from(["", "2023", "2023-12", "2023-12-31"]),
    place=PLACE,
    rule=TEXT,
    confidence=st.floats(0, 1),
    name=st.one_of(st.none(), NAME),
    properties=PROPERTIES,
    sha256=TEXT,
    quote=st.one_of(st.none(), TEXT),
    by=st.one_of(st.none(), TEXT),
    because=st.one_of(st.none(), TEXT),
)
ENTITY = st.builds(
    Entity, NAME, st.sampled_from(["System", "Project"]), NAME, PROPERTIES, st.lists(CLAIM).map(tuple)
)
RELATION = st.builds(
    Relation,
    NAME,
    st.sampled_from(["OWNS", "DEPENDS_ON"]),
    NAME,
    st.fixed_dictionaries({}, optional={"note": TEXT, "score": st.floats(0, 1)}),
)


@given(st.one_of(ENTITY, RELATION))
def test_a_fact_written_and_read_is_the_same_fact(fact: Entity | Relation) -> None:
    line = encode_fact(fact)
    assert "\n" not in line
    assert parse_line(line) == fact
    assert encode_fact(parse_line(line)) == line  # type: ignore[arg-type]  # equal facts are facts


def test_money_is_written_as_a_number_and_read_as_a_decimal() -> None:
    line = encode_fact(Entity(EntityId("p"), "Project", "项目", {"budget": Decimal("120000.50")}))
    assert json.loads(line)["properties"] == {"budget": 120000.5}
    read = parse_line(line)
    assert isinstance(read, Entity)
    assert repr(read.properties["budget"]) == "Decimal('120000.5')"


def test_properties_and_claims_may_be_left_out() -> None:
    assert parse_line('{"kind":"relation","source":"a","type":"OWNS","target":"b"}') == relation(
        "a", "OWNS", "b"
    )


def test_a_property_that_is_null_is_absent() -> None:
    read = parse_line('{"kind":"entity","id":"a","type":"System","name":"甲","properties":{"remark":null}}')
    assert read == Entity(EntityId("a"), "System", "甲")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("", "不是 JSON：第 1 个字符处有误"),
        ("[1]", "应为一个 JSON 对象"),
        ("{}", "缺少 kind（entity 或 relation）"),
        ('{"kind":"node"}', "应为 entity 或 relation"),
        ('{"kind":"entity","id":"a","type":"System"}', "name 缺少该字段"),
        ('{"kind":"entity","id":"","type":"System","name":"甲"}', "id 不能为空"),
        ('{"kind":"entity","id":7,"type":"System","name":"甲"}', "id 应为文字"),
        ('{"kind":"entity","id":"a","type":"System","name":"甲","propertys":{}}', "propertys 未知的字段"),
        ('{"kind":"entity","id":"a","type":"System","name":"\\ud800"}', "含有无法编码的字符"),
        ('{"kind":"entity","properties":{"users":NaN}}', "不是 JSON：NaN 不是数值"),
        ("[" * 100_000, "嵌套过深"),
    ],
)
def test_a_line_that_cannot_be_read_says_why(line: str, reason: str) -> None:
    assert parse_line(line) == [reason]


def test_a_nested_property_is_named_as_the_problem() -> None:
    read = parse_line(
        '{"kind":"entity","id":"a","type":"System","name":"甲","properties":{"owner":{"name":"乙"}}}'
    )
    assert isinstance(read, list)
    assert all(reason.startswith("properties.owner") for reason in read)


def _store() -> MemoryStore:
    store = MemoryStore(load_ontology())
    load(store, CENSUS, seal_row())
    load(store, CENSUS, row(CENSUS, Entity(EntityId("asset-b"), "System", "乙系统"), at=2))
    overlap = relation(SEAL, "OVERLAPS", "asset-b", {"score": 0.5})
    load(store, Delivery("derived", "derived", None, None, "2024", 0), row(CENSUS, overlap, at=3))
    return store


def test_entities_are_written_before_relations_and_all_of_them_once() -> None:
    out = io.StringIO()
    counts = write_jsonl(_store(), out)
    rows = [json.loads(line) for line in out.getvalue().splitlines()]
    assert [one["kind"] for one in rows] == ["entity"] * 4 + ["relation"] * 2
    assert (counts.entities, counts.relations) == (4, 2)
    assert all(one["claims"] for one in rows)


def test_derived_relations_are_written_only_when_asked_for() -> None:
    out = io.StringIO()
    assert write_jsonl(_store(), out, include_derived=True).relations == 3
    assert '"OVERLAPS"' in out.getvalue()


def test_an_exported_graph_loaded_again_exports_the_same_bytes() -> None:
    first, second = io.StringIO(), io.StringIO()
    write_jsonl(_store(), first)
    facts = [parse_line(line) for line in first.getvalue().splitlines()]
    entities = tuple(fact for fact in facts if isinstance(fact, Entity))
    relations = tuple(fact for fact in facts if isinstance(fact, Relation))
    again = MemoryStore(load_ontology())
    record = Record(OWNER, Claim("native", "a.jsonl", "2024"), entities, relations)
    load(again, Delivery("native", "native", None, None, "2024", 0), record)
    write_jsonl(again, second)
    assert second.getvalue() == first.getvalue()
