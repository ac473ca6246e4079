"""Components of other countries are found by name, and no other words are taken for them."""

import pytest

from kg.registry.named_components import component_by_name, components_named, named_components
from kg.text import told_language


def named(text: str) -> list[str]:
    return [one.component.id for one in components_named(text, language=told_language(text))]


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("I cittadini accedono con SPID e CIE e pagano con pagoPA.", ["spid", "cie", "pagopa"]),
        ("Le notifiche arrivano sull'app IO dei cittadini.", ["appio"]),
        ("Il comune consulta la ANPR tramite PDND.", ["anpr", "pdnd"]),
        ("L'usager se connecte avec FranceConnect+ ou un compte.", ["franceconnect"]),
        ("Les agents utilisent ProConnect (ex AgentConnect).", ["proconnect", "proconnect"]),
        ("Inloggen met DigiD of eHerkenning via het portaal.", ["digid", "eherkenning"]),
        ("Een koppelvlak op Digikoppeling voor de BAG-gegevens.", ["digikoppeling", "nlbag"]),
        ("It sends texts with GOV.UK Notify and takes money with GOV.UK Pay.", ["uknotify", "ukpay"]),
        ("Users sign in with GOV.UK One Login or GOV.UK Verify.", ["ukonelogin", "ukverify"]),
        ("An example client for login.gov and Login.gov.", ["logingov", "logingov"]),
        ("Connects to the eIDAS node over X-Road or Peppol.", ["eidasnode", "xroad", "peppol"]),
        ("Signatures are made with Signicat under eIDAS.", ["signicat", "eidas"]),
        ("GOV.UK Notify templates; Notify sends them.", ["uknotify", "uknotify"]),
    ],
)
def test_components_are_found_under_their_names(text: str, ids: list[str]) -> None:
    assert named(text) == ids


@pytest.mark.parametrize(
    "text",
    [
        "Anche io posso usare il servizio della regione.",
        "The io library reads and writes files.",
        "An ANPR camera reads the number plates of cars.",
        "A SPIDER that walks the web and the CIELAB colours.",
        "Notify a channel when the certificates are due.",
        "Verify the signature of a file and pay the fee.",
        "A bag of words model, BAG of features.",
        "See https://login.gov/docs and help@login.gov for more.",
        "sandbox.login.gov is a host of the team.",
        "Send the data to the service with a digid.",
        "Il sistema permette di inviare, SEND è un verbo inglese.",
        "Une base d'adresses nationales pour les communes.",
    ],
)
def test_common_words_and_addresses_are_none(text: str) -> None:
    assert named(text) == []


def test_every_form_of_every_component_is_found_where_it_may_count() -> None:
    for component in named_components():
        for form in component.forms:
            if not form.beside:
                language = form.languages[0] if form.languages else None
                (found,) = components_named(f"x {form.text} y", language=language)
                assert found.component == component


def test_a_component_is_known_by_each_of_its_names() -> None:
    for name in ("GOV.UK Notify", "gov.uk notify", "FranceConnect", "AgentConnect"):
        assert component_by_name(name) is not None
    assert component_by_name("Notify") is None
