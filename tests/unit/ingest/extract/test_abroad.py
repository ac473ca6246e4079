"""Components of other countries are mentions of a text that is not in Chinese."""

import pytest

from ingest.extract.extractor import extract
from ingest.extract.model import Label


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("I cittadini accedono con SPID e pagano tramite pagoPA.", ["SPID", "pagoPA"]),
        ("The service sends texts using GOV.UK Notify.", ["GOV.UK Notify"]),
        ("Inwoners loggen in met DigiD of eHerkenning.", ["DigiD", "eHerkenning"]),
        ("Signatures comply with eIDAS.", []),
        ("The io library of the BAG of words.", []),
    ],
)
def test_listed_components_are_mentions_with_their_spans(text: str, names: list[str]) -> None:
    found = [item for item in extract(text).mentions if item.label is Label.COMPONENT]
    assert [item.text for item in found] == names
    assert all(text[item.start : item.end] == item.text for item in found)
