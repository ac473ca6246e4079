from decimal import Decimal
from importlib.resources import files

import pytest

from kg.errors import OntologyError
from kg.model import Entity, EntityId, Relation
from kg.ontology import Impact, load_ontology, parse_ontology

SHIPPED = files("kg.ontology").joinpath("government.yaml").read_text("utf-8")


def system(**properties: object) -> Entity:
    return Entity(EntityId("asset-1"), "System", "居家养老服务管理系统", dict(properties))  # type: ignore[arg-type]  # wrong kinds are the point


def test_every_type_and_property_has_both_labels() -> None:
    ontology = load_ontology()
    for entity_type in ontology.entity_types.values():
        for label in (entity_type.label, *(p.label for p in entity_type.properties.values())):
            assert label.zh
            assert label.en


def test_a_component_is_a_system_and_inherits_its_properties() -> None:
    ontology = load_ontology()
    assert ontology.is_a("Component", "System")
    assert not ontology.is_a("System", "Component")
    assert "network" in ontology.entity_types["Component"].properties


def test_impact_runs_against_a_dependency() -> None:
    types = load_ontology().relation_types
    assert types["DEPENDS_ON"].impact is Impact.SOURCE_ON_TARGET
    assert types["PART_OF"].impact is Impact.TARGET_ON_SOURCE
    assert types["OWNS"].impact is Impact.NONE


@pytest.mark.parametrize(
    ("properties", "problem"),
    [
        ({"budget": Decimal("-1")}, "超出范围"),
        ({"budget": Decimal("1.005")}, "两位小数"),
        ({"budget": Decimal(10) ** 12}, "超出范围"),
        ({"budget": "100"}, "应为金额"),
        ({"status": "飞行中"}, "取值范围"),
        ({"launched_on": "十四五期间"}, "应为日期"),
        ({"aliases": "一网通"}, "列表"),
        ({"users": True}, "整数"),
    ],
)
def test_a_value_of_the_wrong_kind_is_refused_with_its_reason(
    properties: dict[str, object], problem: str
) -> None:
    assert any(problem in found for found in load_ontology().check_entity(system(**properties)))


def test_good_values_pass() -> None:
    fits = system(
        budget=Decimal("1900000.50"), status="在用", launched_on="2024-05", aliases=("一网通",), users=3
    )
    assert load_ontology().check_entity(fits) == []


def test_an_unknown_type_and_an_empty_name_are_problems() -> None:
    ontology = load_ontology()
    assert ontology.check_entity(Entity(EntityId("x"), "Spaceship", "a"))
    assert ontology.check_entity(Entity(EntityId("x"), "System", "  "))


def test_a_relation_is_held_to_its_ends() -> None:
    ontology = load_ontology()
    owns = Relation(EntityId("o"), "OWNS", EntityId("s"))
    assert ontology.check_relation(owns, "Organization", "System") == []
    assert ontology.check_relation(owns, "System", "Organization")
    part = Relation(EntityId("a"), "PART_OF", EntityId("b"))
    assert ontology.check_relation(part, "Organization", "System")
    odd = Relation(EntityId("a"), "DEPENDS_ON", EntityId("b"), {"modality": "perhaps"})
    assert ontology.check_relation(odd, "System", "System")


def test_unknown_properties_are_named_not_refused() -> None:
    fact = system(colour="红")
    assert load_ontology().unknown_properties(fact) == ["colour"]
    assert load_ontology().check_entity(fact) == []


def test_category_wordings_lead_to_one_value() -> None:
    ontology = load_ontology()
    assert ontology.category("system_status", "已上线") == "在用"
    assert ontology.category("security_grade", "等保三级") == "第三级"
    assert ontology.category("system_status", "量子态") is None


def test_precedence_falls_back_to_the_default_order() -> None:
    ontology = load_ontology()
    assert ontology.precedence("Project", "budget")[1] == "projects"
    assert ontology.precedence("System", "status") == ontology.default_precedence
    assert ontology.precedence("System", "never_heard_of") == ontology.default_precedence


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("extends: System", "extends: Sistem", "unknown Sistem"),
        ("extends: System", "extends: Component", "extends itself"),
        ("category: network}", "category: netwerk}", "unknown category list"),
        ("value: category, category: price_mode", "value: text, category: price_mode", "go together"),
        ("source: [Rating], target: [Component]", "source: [Rating], target: [Komponent]", "unknown end"),
        ("运维: [运行维护,", "运维: [升级,", "means two values"),
        (
            "precedence: [reviewer, manifest, census, native]}",
            "precedence: [rumour]}",
            "unknown source rumour",
        ),
        ("impact: target_on_source}", "impact: sideways}", "impact"),
        ("version: 1", "version: 1\ncolour: red", "colour"),
    ],
)
def test_an_ontology_that_contradicts_itself_is_refused(old: str, new: str, message: str) -> None:
    assert old in SHIPPED
    with pytest.raises(OntologyError, match=message):
        parse_ontology(SHIPPED.replace(old, new, 1))
