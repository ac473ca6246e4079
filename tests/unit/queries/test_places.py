"""Places of claims in words."""

import pytest

from kg.model import Claim, Place
from queries.places import claimed_place, place_in_words


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (Place(sheet="清单", row=5, column=2, block=1), "工作表「清单」第5行第2列"),
        (Place(row=7), "第7行"),
        (Place(page=3, block=12), "第3页第12段"),
        (Place(page=3, row=5), "第3页的表格第5行"),
        (Place(block=12, row=5), "第12段的表格第5行"),
        (Place(block=4, start=0, end=6), "第4段第1至6字"),
        (Place(), ""),
    ],
)
def test_place_is_told_as_far_as_it_is_known(place: Place, words: str) -> None:
    assert place_in_words(place) == words


def test_place_of_a_claim_says_when_its_words_were_read_off_a_picture() -> None:
    claim = Claim("proposal", "方案.pdf", "2026-05-06", Place(page=3), "proposal+ocr", 0.75)
    assert claimed_place(claim) == "第3页（文字识别）"
