"""A function is known by what it says, whatever stands beside it, and business is left alone."""

import random
from pathlib import Path

import pytest

from kg.matching.abilities import AbilityMatcher, match_abilities, shared_abilities
from kg.matching.encoder.port import Encoder
from kg.matching.thresholds import ability_bands

DATA = Path(__file__).parents[4] / "data" / "matching"
ASKED = ("短信群发", "扫码亮证", "学费线上缴纳", "巡河问题整改", "证照到期提醒", "用户管理", "异地容灾", "")


def unseen() -> list[tuple[str, str]]:
    """Ability and phrase, written after the wordings, the weights and the limits."""
    rows = (DATA / "component_phrases_unseen.tsv").read_text(encoding="utf-8").splitlines()[1:]
    return [(row[0], row[1]) for row in (line.split("\t") for line in rows) if row[2] == "last"]


def certain_share(encoder: Encoder) -> tuple[float, float]:
    """Precision and recall of the certain matches on the unseen phrases."""
    rows = unseen()
    found = match_abilities([phrase for _, phrase in rows], encoder)
    said = [(wanted, one.id) for (wanted, _), one in zip(rows, found, strict=True) if one and one.certain]
    hits = sum(wanted == given for wanted, given in said)
    return hits / len(said), hits / sum(wanted != "-" for wanted, _ in rows)


def test_abilities_are_found_and_business_and_own_administration_are_not(lexical: Encoder) -> None:
    found = [match and match.id for match in match_abilities(ASKED, lexical)]
    assert found == ["message", "license", "pay", None, None, None, "backup", None]


def test_no_answer_depends_on_its_neighbours_or_their_order(lexical: Encoder) -> None:
    phrases = [phrase for _, phrase in unseen()]
    matcher = AbilityMatcher(shared_abilities(), lexical)
    together = dict(zip(phrases, matcher.match(phrases), strict=True))
    random.Random(7).shuffle(phrases)
    assert {phrase: matcher.match([phrase])[0] for phrase in phrases} == together


def test_what_explains_a_function_does_not_hide_it(lexical: Encoder) -> None:
    [match] = match_abilities(["短信群发（面向全市中小学生家长，按年级班级选择）"], lexical)
    assert match is not None
    assert (match.id, match.certain) == ("message", True)


def test_parts_that_are_business_are_of_no_ability(lexical: Encoder) -> None:
    assert match_abilities(["护理派单与床位登记"], lexical) == [None]


def test_hidden_signs_do_not_hide_an_ability(lexical: Encoder) -> None:
    [plain, hidden] = match_abilities(["短信群发", "短\u200b信群\u2060发"], lexical)
    assert plain is not None
    assert hidden == plain


def test_a_longer_sentence_of_business_is_no_more_of_an_ability(lexical: Encoder) -> None:
    sentences = ["对快递企业分支机构备案信息与实际经营地址进行核对", "组织开展网络安全宣传周进社区活动"]
    assert [match for match in match_abilities(sentences, lexical) if match and match.certain] == []


def test_evidence_names_the_wording_and_others_that_were_near(lexical: Encoder) -> None:
    [match] = match_abilities(["学费线上缴纳"], lexical)
    assert match is not None
    assert match.score == match.top[0][1] >= ability_bands("lexical").certain
    assert match.prototype in {"线上缴纳", "学费缴纳", "学费线上缴纳"}
    assert len(match.top) == 3


def test_nothing_is_asked_and_no_ability_is_known(lexical: Encoder) -> None:
    assert match_abilities([], lexical) == []
    assert match_abilities(["短信群发"], lexical, among=[]) == [None]


def test_unseen_functions_without_the_sentence_model(lexical: Encoder) -> None:
    precision, recall = certain_share(lexical)
    assert precision >= 0.95
    assert recall >= 0.80


@pytest.mark.shared
def test_unseen_functions(semantic: Encoder) -> None:
    precision, recall = certain_share(semantic)
    assert precision >= 0.95
    assert recall >= 0.85
