"""The page of the ontology is the one its data gives."""

from pathlib import Path

from kg.ontology import load_ontology
from kg.ontology.document import document

PAGE = Path(__file__).parents[4] / "docs" / "ontology.md"


def test_the_committed_page_is_current() -> None:
    assert PAGE.read_text("utf-8") == document(load_ontology())


def test_every_type_relation_property_and_value_is_on_the_page() -> None:
    ontology = load_ontology()
    page = document(ontology)
    for entity_type in ontology.entity_types.values():
        assert f"### {entity_type.name} {entity_type.label.zh}" in page
        assert all(f"| `{name}` |" in page for name in entity_type.properties)
    assert all(f"| `{name}` | {one.label.zh} |" in page for name, one in ontology.relation_types.items())
    assert all(f"| {value} |" in page for words in ontology.categories.values() for value in words.values())
