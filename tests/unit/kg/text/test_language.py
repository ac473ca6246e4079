"""Languages are told by common words and the look of others; where nothing tells, nothing is said."""

from time import process_time

import pytest

from kg.text import prose_of, told_language


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Portale per la presentazione delle pratiche edilizie al comune", "it"),
        ("Gestione documentale e protocollo informatico", "it"),
        ("Piattaforma di pagamento per gli enti", "it"),
        ("Anagrafe degli assistiti della regione", "it"),
        ("Prenotazione online degli appuntamenti allo sportello", "it"),
        ("Servizi digitali ai cittadini", "it"),
        ("Gérer les demandes de logement social", "fr"),
        ("Simulateur d'aides sociales pour les ménages", "fr"),
        ("Plateforme de prise de rendez-vous en mairie", "fr"),
        ("Suivi des dossiers et des courriers", "fr"),
        ("Annuaire des administrations", "fr"),
        ("Tableau de bord de la transformation numérique", "fr"),
        ("Aanvragen van een parkeervergunning", "nl"),
        ("Registratie van meldingen openbare ruimte", "nl"),
        ("Applicatie voor het heffen van belastingen", "nl"),
        ("Beheren van subsidies en bezwaarschriften", "nl"),
        ("Apply for a parking permit", "en"),
        ("Case management for social housing", "en"),
        ("Dashboard of public spending", "en"),
        ("Verwaltung der Anträge für die Bürger", "de"),
        ("Gestión de expedientes para los ayuntamientos", "es"),
        ("不动产登记系统", "zh"),
    ],
)
def test_the_language_of_short_descriptions_is_told(text: str, code: str) -> None:
    assert told_language(text) == code


@pytest.mark.parametrize("text", ["", "12345", "v2.0", "https://example.org/de/het", "ABC_DEF GHI", "🚀"])
def test_where_no_word_tells_nothing_is_said(text: str) -> None:
    assert told_language(text) is None


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("see https://login.gov/x now", "see now"),
        ("write to a.b@example.org or call", "write to or call"),
        ("run `kg show` first", "run first"),
        ("the FIELD_NAME of SPID/CIE.", "the of SPID/CIE."),
    ],
)
def test_addresses_code_and_names_of_fields_are_no_prose(text: str, kept: str) -> None:
    plain = prose_of(text)
    assert len(plain) == len(text)
    assert plain.split() == kept.split()


@pytest.mark.parametrize("sign", ["a", "/.", "@.", "`", "a_", "é"])
def test_long_runs_of_one_sign_take_little_time(sign: str) -> None:
    text = sign * 200_000
    start = process_time()
    told_language(text)
    prose_of(text)
    assert process_time() - start < 2
