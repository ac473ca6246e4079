"""Every relation rule fires on its own example and keeps quiet on its counterexample."""

import pytest

from ingest.extract import schema
from ingest.extract.details import details
from ingest.extract.extractor import extract

RULES = schema.relations().rules


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_rule_finds_its_relation_in_its_example(rule: schema.RelationRule) -> None:
    assert rule.type in {item.type for item in extract(rule.positive).relations}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_rule_finds_nothing_in_its_counterexample(rule: schema.RelationRule) -> None:
    assert rule.type not in {item.type for item in extract(rule.negative).relations}


def test_rule_names_are_unique() -> None:
    assert len({rule.id for rule in RULES}) == len(RULES)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_rule_repeats_nothing_without_a_bound(rule: schema.RelationRule) -> None:
    assert "*" not in rule.pattern
    assert "+" not in rule.pattern.replace("{S+", "").replace("{O+", "")


DETAILS = schema.details().rules


@pytest.mark.parametrize("rule", DETAILS, ids=lambda rule: rule.id)
def test_detail_reads_its_example(rule: schema.DetailRule) -> None:
    found = details(rule.positive, extract(rule.positive).mentions)
    assert [(item.rule, str(item.value)) for item in found if item.rule == rule.id] == [
        (rule.id, rule.expect)
    ]


@pytest.mark.parametrize("rule", DETAILS, ids=lambda rule: rule.id)
def test_detail_keeps_quiet_on_its_counterexample(rule: schema.DetailRule) -> None:
    assert rule.id not in {item.rule for item in details(rule.negative, extract(rule.negative).mentions)}


FIELDS = schema.fields().fields


@pytest.mark.parametrize("rule", FIELDS, ids=lambda rule: rule.id)
def test_field_is_read_in_its_example_only(rule: schema.FieldRule) -> None:
    assert (rule.id, rule.label) in {(item.rule, item.label) for item in extract(rule.positive).mentions}
    assert rule.label not in {item.label for item in extract(rule.negative).mentions}
