"""Descriptions in other languages tell their language and the shared components that are used."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.report import RunReport
from ingest.sources.abroad import uses_said
from kg.identity import asset_id
from kg.model import EntityId, Modality
from kg.store.base import GraphStore
from kg.text import told_language

Load = Callable[..., RunReport]
FACT, PLAN = Modality.FACT, Modality.PLAN


def used(text: str) -> list[tuple[str, Modality]]:
    return [
        (use.mention.component.name, use.modality) for use in uses_said(text, language=told_language(text))
    ]


@pytest.mark.parametrize(
    ("text", "uses"),
    [
        ("I cittadini accedono con SPID, CIE o eIDAS e pagano tramite pagoPA.", ["SPID", "CIE", "pagoPA"]),
        ("Autenticazione tramite SPID/CIE per gli utenti del portale.", ["SPID", "CIE"]),
        ("Il sistema è integrato con la ANPR.", ["ANPR"]),
        (
            "L'usager se connecte avec FranceConnect, les agents via ProConnect.",
            ["FranceConnect", "ProConnect"],
        ),
        ("Inwoners loggen in met DigiD of eHerkenning.", ["DigiD", "eHerkenning"]),
        ("De berichten gaan via de Berichtenbox van de overheid.", ["Berichtenbox"]),
        (
            "It sends texts using GOV.UK Notify and takes money with GOV.UK Pay.",
            ["GOV.UK Notify", "GOV.UK Pay"],
        ),
        ("An example OpenID Connect client for login.gov.", ["Login.gov"]),
        ("La connexion des agents repose sur ProConnect.", ["ProConnect"]),
        (
            "It uses GOV.UK Pay to collect fees, and GOV.UK Notify to write to owners.",
            ["GOV.UK Pay", "GOV.UK Notify"],
        ),
        ("The form uses GOV.UK Notify for reminders and GOV.UK Pay.", ["GOV.UK Notify", "GOV.UK Pay"]),
        ("Il portale usa pagoPA per incassare i tributi e SPID.", ["pagoPA", "SPID"]),
        ("It uses GOV.UK Pay to collect fees and is told apart from GOV.UK Notify.", ["GOV.UK Pay"]),
        ("It uses GOV.UK Pay to collect fees and does not use GOV.UK Notify.", ["GOV.UK Pay"]),
        ("Messages are exchanged through Peppol and X-Road.", ["Peppol", "X-Road"]),
        ("Electronic signatures comply with eIDAS.", ["eIDAS"]),
    ],
)
def test_what_a_description_says_is_used_is_read(text: str, uses: list[str]) -> None:
    assert used(text) == [(name, FACT) for name in uses]


@pytest.mark.parametrize(
    "text",
    [
        "Il portale non utilizza SPID.",
        "Ce service ne passe pas par FranceConnect.",
        "Documentation of login.gov for its developers.",
        "It replaces the use of GOV.UK Verify.",
        "Design assets associated with cloud.gov.",
        "Deze standaard wordt ook gebruikt binnen DigiD.",
        "The style guide of GOV.UK Pay.",
    ],
)
def test_what_is_only_named_or_ruled_out_is_no_use(text: str) -> None:
    assert used(text) == []


@pytest.mark.parametrize("text", ["In futuro sarà integrato con PDND.", "Users will sign in with login.gov."])
def test_what_is_to_come_is_a_plan(text: str) -> None:
    assert [modality for _, modality in used(text)] == [PLAN]


def line(name: str, description: str, **said: object) -> dict[str, object]:
    return {
        "kind": "entity",
        "id": f"sys-{name}",
        "type": "System",
        "name": name,
        "properties": {"description": description, **said},
    }


def native(load: Load, folder: Path, *lines: dict[str, object]) -> RunReport:
    path = folder / "facts.jsonl"
    path.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in lines), "utf-8")
    return load(path)


def test_a_description_is_tagged_with_its_language_by_a_claim_of_its_own(
    load: Load, store: GraphStore, tmp_path: Path
) -> None:
    native(
        load,
        tmp_path,
        line("Prenota", "Prenotazione degli appuntamenti per i cittadini"),
        line("Permit", "Aanvragen van een parkeervergunning voor inwoners", language="nl"),
        line("证照", "电子证照的签发与核验"),
        line("X1", "ABC 123 v2"),
    )
    read = store.get([EntityId(f"sys-{name}") for name in ("Prenota", "Permit", "证照", "X1")])
    told = {entity.name: entity.properties.get("language") for entity in read.values()}
    assert told == {"Prenota": "it", "Permit": "nl", "证照": None, "X1": None}
    rules = {claim.rule: claim.confidence for claim in read[EntityId("sys-Prenota")].claims}
    assert rules == {"native.line": 1.0, "language:words": 0.95}


def test_a_use_is_a_relation_to_the_component_with_the_place_of_the_words(
    load: Load, store: GraphStore, tmp_path: Path
) -> None:
    text = "Portale dei pagamenti. I cittadini accedono con SPID."
    native(load, tmp_path, line("Portale", text))
    (uses,) = store.relations([EntityId("sys-Portale")], types=("REUSES",))
    (claim,) = uses.claims
    assert uses.target == asset_id("SPID")
    assert uses.properties["basis"] == "extracted"
    assert text[claim.place.start : claim.place.end] == "SPID"
    assert (claim.place.row, claim.rule, claim.quote) == (
        1,
        "component:named",
        "I cittadini accedono con SPID.",
    )


def test_a_component_uses_not_itself(load: Load, store: GraphStore, tmp_path: Path) -> None:
    native(load, tmp_path, line("GOV.UK Pay", "Anyone can use GOV.UK Pay to take payments"))
    assert list(store.relations(types=("REUSES",))) == []


def test_a_line_of_a_graph_that_has_been_read_is_not_read_again(
    load: Load, store: GraphStore, tmp_path: Path
) -> None:
    claim = {"source": "native", "document": "a.jsonl", "said_on": "2024-01-01"}
    native(load, tmp_path, line("Portale", "I cittadini accedono con SPID.") | {"claims": [claim]})
    assert list(store.relations(types=("REUSES",))) == []


def test_what_is_used_abroad_is_never_linked_to_what_serves_here(
    load: Load, store: GraphStore, tmp_path: Path
) -> None:
    here: list[dict[str, object]] = [
        {
            "kind": "entity",
            "id": "o-1",
            "type": "Organization",
            "name": "广西数据局",
            "properties": {"region": "广西"},
        },
        {
            "kind": "entity",
            "id": "s-1",
            "type": "System",
            "name": "婚姻登记系统",
            "properties": {"region": "南宁市"},
        },
        {"kind": "entity", "id": "capability:identity", "type": "Capability", "name": "统一身份认证"},
        {"kind": "relation", "source": "s-1", "type": "REUSES", "target": "capability:identity"},
        {"kind": "entity", "id": "o-2", "type": "Organization", "name": "AgID"},
        {"kind": "entity", "id": "c-1", "type": "Component", "name": "SPID", "properties": {"country": "IT"}},
        {"kind": "relation", "source": "o-2", "type": "OWNS", "target": "c-1"},
    ]
    native(load, tmp_path, *here, line("Portale", "I cittadini accedono con SPID."))
    linked = {(r.source, r.target) for r in store.relations(types=("REUSES", "DEPENDS_ON"))}
    assert linked == {("s-1", "capability:identity"), ("sys-Portale", asset_id("SPID"))}


MANIFEST = """publiccodeYmlVersion: "0.4"
name: Prenota
url: https://example.org/prenota.git
legal: {repoOwner: Comune di Prova}
description:
  it:
    shortDescription: Prenotazione degli appuntamenti
    longDescription: I cittadini accedono con SPID. In futuro sarà integrato con ANPR.
"""


def test_a_manifest_states_the_language_and_its_uses_are_read(
    load: Load, store: GraphStore, tmp_path: Path
) -> None:
    path = tmp_path / "publiccode.yml"
    path.write_text(MANIFEST, "utf-8")
    load(path)
    (system,) = store.entities(entity_type="System")
    assert system.properties["language"] == "it"
    uses = {r.target: r.properties.get("modality") for r in store.relations([system.id], types=("REUSES",))}
    assert uses == {asset_id("SPID"): None, asset_id("ANPR"): "plan"}


def test_a_row_of_a_sheet_in_another_language_is_read_alike(
    load: Load, store: GraphStore, workbook: Callable[..., Path]
) -> None:
    text = "Inwoners loggen in met DigiD om hun zaken te volgen."
    load(
        workbook(
            "a.xlsx", [("系统名称", "建设单位", "系统描述", "运行状态"), ("Zaken", "Gemeente", text, "在用")]
        )
    )
    (system,) = store.entities(entity_type="System")
    assert system.properties["language"] == "nl"
    assert [r.target for r in store.relations([system.id], types=("REUSES",))] == [asset_id("DigiD")]
