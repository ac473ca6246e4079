"""Plans to retire or replace a system: whom to tell, and what the replacement lacks."""

import pytest

from kg.errors import ValidationError
from kg.matching.encoder.lexical import LexicalEncoder
from kg.model import Direction, Entity, EntityId, Relation
from kg.snapshot import Snapshot
from kg.store import open_store
from queries.dependencies import Question, dependencies
from queries.what_if import WhatIf, what_if
from tests.conformance.graphs import CENSUS, entity, load, relation, row

FACTS: tuple[Entity | Relation, ...] = (
    entity("asset-old", "System", "短信网关"),
    entity("asset-new", "Component", "统一消息平台"),
    entity("asset-near", "System", "催缴系统", contact="王工 8801"),
    entity("asset-far", "System", "收费大厅系统"),
    entity("asset-lone", "System", "巡河系统"),
    entity("organization-a", "Organization", "岚河市水务局"),
    entity("organization-b", "Organization", "岚河市税务局", contact="办公室 8802"),
    *(entity(f"function-{name}", "Function", name) for name in ("短信下发", "回执统计", "消息下发")),
    relation("asset-old", "PROVIDES", "function-短信下发"),
    relation("asset-old", "PROVIDES", "function-回执统计"),
    relation("asset-new", "PROVIDES", "function-短信下发"),
    relation("asset-near", "DEPENDS_ON", "asset-old"),
    relation("asset-near", "REUSES", "asset-new"),
    relation("asset-far", "DEPENDS_ON", "asset-near"),
    relation("asset-lone", "DEPENDS_ON", "asset-old"),
    relation("organization-a", "OWNS", "asset-near"),
    relation("organization-b", "OWNS", "asset-far"),
)


def planned(replacement: str | None = None, *, root: str = "asset-old") -> WhatIf:
    with open_store("memory:") as store:
        load(store, CENSUS, row(CENSUS, *FACTS))
        question = Question(Direction.IN)
        found = dependencies(store, EntityId(root), snapshot=Snapshot.build(store), question=question)
        other = EntityId(replacement) if replacement else None
        return what_if(store, found, replacement=other, encoder=LexicalEncoder(""))


def test_every_department_is_told_what_of_its_own_is_affected() -> None:
    notices = planned().notices
    assert [(n.department, [one.entity.name for one in n.affected]) for n in notices] == [
        ("岚河市水务局", ["催缴系统"]),
        ("岚河市税务局", ["收费大厅系统"]),
        ("", ["巡河系统"]),
    ]
    assert [n.contacts for n in notices] == [("王工 8801",), ("办公室 8802",), ()]
    assert (
        notices[0].text == "岚河市水务局：“短信网关”拟停用，你单位的“催缴系统”依赖它，请反馈影响和替代安排。"
    )


def test_a_replacement_is_held_against_what_it_replaces() -> None:
    plan = planned("asset-new")
    assert [one.text for one in plan.uncovered] == ["回执统计"]
    assert plan.already == ("asset-near",)
    assert "拟由“统一消息平台”替代" in plan.notices[0].text
    told = plan.to_json()
    assert told["what_if"]["replacement"]["id"] == "asset-new"
    assert told["total"] == len(told["items"])


@pytest.mark.parametrize(("other", "root"), [("asset-old", "asset-old"), ("function-短信下发", "asset-old")])
def test_a_replacement_must_be_another_system(other: str, root: str) -> None:
    with pytest.raises(ValidationError, match="替代"):
        planned(other, root=root)
