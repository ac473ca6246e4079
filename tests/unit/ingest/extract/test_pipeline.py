"""The stages as components that any spaCy pipeline can take, and what the rule files say of confidence."""

import json
import tomllib
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest
import spacy

from ingest.extract.extractor import extract
from ingest.extract.pipeline import FACTORIES, pipeline, reading_of
from ingest.extract.schema import rules_digest
from ingest.extract.statistics import Tally, confidence, statistics, together
from ingest.extract.tally import rule_names, tally

ROOT = Path(__file__).resolve().parents[4]
TEXT = "市民政局建立养老服务信息系统，总投资120万元，2024年6月上线。"
ENTRY_POINTS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["entry-points"]


@pytest.mark.parametrize("name", sorted(FACTORIES))
def test_a_component_is_an_entry_point_that_leads_to_its_factory(name: str) -> None:
    told = ENTRY_POINTS["spacy_factories"][name]
    assert EntryPoint(name, told, "spacy_factories").load() is FACTORIES[name]


def test_there_is_an_entry_point_for_every_component_and_the_tokenizer() -> None:
    assert set(ENTRY_POINTS["spacy_factories"]) == set(FACTORIES)
    ((name, told),) = ENTRY_POINTS["spacy_tokenizers"].items()
    tokenizer = EntryPoint(name, told, "spacy_tokenizers").load()()(spacy.blank("zh"))
    assert [token.text for token in tokenizer("民政GB2022局")] == ["民", "政", "GB", "2022", "局"]


def test_components_added_to_a_plain_pipeline_read_as_the_assembled_one() -> None:
    nlp = spacy.blank("zh")
    for name in FACTORIES:
        nlp.add_pipe(name)
    plain, own = nlp(TEXT), pipeline()(TEXT)
    assert reading_of(plain).relations == reading_of(own).relations != ()
    assert [(span.text, span.label_) for span in plain.spans["kg"]] == [
        ("市民政局", "DEPARTMENT"),
        ("养老服务信息系统", "SYSTEM"),
    ]
    assert [span.label_ for span in own.spans["values"]] == ["launched_on"]


def test_a_pipeline_on_disk_tells_the_rules_it_was_made_of(tmp_path: Path) -> None:
    pipeline().to_disk(tmp_path)
    assert json.loads((tmp_path / "meta.json").read_text("utf-8"))["rules"] == rules_digest()


def test_the_statistics_name_the_rules_that_exist() -> None:
    assert tuple(statistics().rules) == rule_names()


def test_the_statistics_hold_at_least_what_the_own_passages_show() -> None:
    lines = (ROOT / "tests" / "data" / "extraction" / "dev.jsonl").read_text("utf-8").splitlines()
    for rule, counted in tally(map(json.loads, lines)).items():
        kept = statistics().rules[rule]
        assert kept.right >= counted["right"], rule
        assert kept.told >= counted["told"], rule


def test_a_rule_without_evidence_is_believed_two_times_in_three() -> None:
    assert confidence("supplies.by") == confidence("no rule") == pytest.approx(2 / 3, abs=1e-4)
    assert Tally(right=97, told=97).confidence == 0.99


def test_a_tally_with_more_right_than_told_is_refused() -> None:
    with pytest.raises(ValueError, match="right exceeds told"):
        Tally(right=2, told=1)


def test_every_finding_is_as_sure_as_its_rule() -> None:
    found = extract(TEXT)
    assert [item.confidence for item in found.mentions] == [confidence(m.rule) for m in found.mentions]
    (relation,) = found.relations
    ends = min(relation.head.confidence, relation.tail.confidence)
    assert relation.confidence == pytest.approx(confidence(relation.rule) * ends**0.5, abs=1e-4)


def test_what_two_sentences_tell_is_surer_than_what_one_tells() -> None:
    once = "养老服务信息系统对接政务服务平台。"
    again = "目前，养老服务信息系统对接政务服务平台。"
    (sure,), (surer,) = extract(once).relations, extract(once + again).relations
    assert surer.confidence == together(sure.confidence, sure.confidence) > sure.confidence
    assert extract(once + once).relations[0].confidence == sure.confidence
