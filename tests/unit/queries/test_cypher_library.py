"""The library of questions in Cypher: documented, with parameters that are asked for and checked."""

import re

import pytest

from kg.errors import ValidationError
from kg.ontology import load_ontology
from queries.cypher import load_library

LIBRARY = load_library()
BOOKS = {"Entity", "Former", "FormerRelation", "Record", "Run", "Delivery", "Graph"}


def test_the_library_answers_what_architects_ask() -> None:
    assert {"impact", "rebuilt", "co_use", "orphans", "chains", "contradictions", "changes"} <= set(LIBRARY)


@pytest.mark.parametrize("name", LIBRARY)
def test_a_question_says_what_it_answers_and_declares_what_it_uses(name: str) -> None:
    question = LIBRARY[name]
    assert question.title
    body = "\n".join(line for line in question.text.splitlines() if not line.startswith("//"))
    assert set(re.findall(r"\$(\w+)", body)) == {one.name for one in question.parameters}


@pytest.mark.parametrize("name", LIBRARY)
def test_a_question_names_only_what_the_ontology_has(name: str) -> None:
    types = load_ontology()
    text = re.sub(r"'[^']*'|//.*", "", LIBRARY[name].text)
    labels = set(re.findall(r"\(\w*:([A-Z]\w+)", text))
    links = {found for group in re.findall(r"\[\w*:([A-Z_|]+)\]", text) for found in group.split("|")}
    assert labels <= set(types.entity_types) | BOOKS
    assert links <= set(types.relation_types)


def test_parameters_are_asked_for_and_checked() -> None:
    impact = LIBRARY["impact"]
    assert impact.filled({"id": "a"}) == {"id": "a", "depth": 4}
    with pytest.raises(ValidationError, match="缺少参数 id"):
        impact.filled({})
    with pytest.raises(ValidationError, match="未知的参数 deep"):
        impact.filled({"id": "a", "deep": 3})
