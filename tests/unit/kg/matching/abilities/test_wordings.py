"""The shipped wordings are whole, belong to abilities that exist, and are embedded beforehand."""

from pathlib import Path

import numpy as np
import pytest

from kg.matching.abilities import Ability, shared_abilities
from kg.matching.abilities.vectors import ship, wording_vectors
from kg.matching.abilities.wordings import BUSINESS, wordings_of
from kg.matching.encoder.onnx import prepared
from kg.matching.encoder.port import Encoder

FEWEST = 20


def test_every_shared_ability_has_wordings_and_none_is_business_too() -> None:
    wordings = wordings_of(shared_abilities())
    owners = np.array(wordings.owners)
    assert {
        place: int((owners == place).sum()) < FEWEST for place in range(len(shared_abilities()))
    } == dict.fromkeys(range(len(shared_abilities())), False)
    assert len(set(map(prepared, wordings.texts))) == len(wordings.texts)
    assert (owners == BUSINESS).sum() > 1000


def test_business_comes_last_and_what_is_left_out_is_gone() -> None:
    abilities = [Ability("seal", "电子印章"), Ability("none", "无此能力", ("从未说过的话",))]
    wordings = wordings_of(abilities, without={"电子印章"})
    assert "电子印章" not in wordings.texts
    assert wordings.owners.index(1) > wordings.owners.index(0)
    assert set(wordings.owners[wordings.owners.index(BUSINESS) :]) == {BUSINESS}


def test_vectors_of_another_model_are_made_by_it(lexical: Encoder) -> None:
    texts = ("短信群发", "扫码亮证")
    assert (wording_vectors(texts, lexical) == lexical.encode(texts)).all()


def test_shipped_vectors_are_as_exact_as_a_byte_allows(lexical: Encoder, tmp_path: Path) -> None:
    file = tmp_path / "vectors.npz"
    ship(("短信群发", "扫码亮证"), lexical, file)
    with np.load(file) as parts:
        back = parts["steps"].astype(np.float32) / 127 * parts["scales"]
    assert np.abs(back - lexical.encode(("短信群发", "扫码亮证"))).max() < 0.005


class Refusing:
    """An encoder of the published model's key that was not to be asked."""

    mode = "semantic"
    reason = ""

    def __init__(self, key: str) -> None:
        self.key = key

    def encode(self, phrases: object) -> object:
        raise AssertionError(phrases)


@pytest.mark.shared
def test_no_wording_is_embedded_again_for_the_published_model(semantic: Encoder) -> None:
    texts = wordings_of(shared_abilities()).texts
    vectors = wording_vectors(texts, Refusing(semantic.key))  # type: ignore[arg-type]  # refuses to encode
    some = range(0, len(texts), 97)
    own = semantic.encode([texts[place] for place in some])
    assert np.einsum("ij,ij->i", own, vectors[list(some)]).min() > 0.999
