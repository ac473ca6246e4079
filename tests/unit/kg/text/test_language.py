"""Languages are told by common words and the look of others; where nothing tells, nothing is said."""

import pytest

from kg.text import told_language


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
