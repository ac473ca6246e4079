"""Manifests: what they say, and what must not bring the reader down."""

from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.report import RunReport
from kg.store.base import GraphStore

Load = Callable[..., RunReport]
PUBLICCODE = """
publiccodeYmlVersion: "0.4"
name: 政务消息服务
url: https://example.org/messages.git
developmentStatus: stable
organisation: {name: 南宁市大数据发展局}
description:
  en: {shortDescription: Messages}
  zh: {shortDescription: 统一发送短信和站内信}
dependsOn:
  open: [{name: PostgreSQL}]
"""
CATALOG = """
apiVersion: backstage.io/v1alpha1
kind: Component
metadata: {name: seal, title: 电子印章服务}
spec: {owner: group:default/data-team, lifecycle: production, dependsOn: ["component:default/identity"]}
---
apiVersion: backstage.io/v1alpha1
kind: Group
metadata: {name: data-team}
---
apiVersion: backstage.io/v1alpha1
kind: API
metadata: {name: identity}
spec: {lifecycle: unheard-of}
"""
BOMB = "a: &a [x]\n" + "\n".join(f"{chr(98 + n)}: [{', '.join(['*a'] * 30)}]" for n in range(5))


def test_publiccode_names_system_owner_and_dependencies(
    load: Load, store: GraphStore, tmp_path: Path
) -> None:
    (tmp_path / "publiccode.yml").write_text(PUBLICCODE, "utf-8")
    load(tmp_path / "publiccode.yml")
    found = {entity.name: entity for entity in store.entities(entity_type="System")}
    assert set(found) == {"政务消息服务", "PostgreSQL"}
    assert found["政务消息服务"].properties["status"] == "在用"
    assert found["政务消息服务"].properties["description"] == "统一发送短信和站内信"
    assert [r.properties["basis"] for r in store.relations(types=["DEPENDS_ON"])] == ["declared"]
    assert [r.target for r in store.relations(types=["OWNS"])] == [found["政务消息服务"].id]


def test_each_document_of_a_catalog_is_a_row(load: Load, store: GraphStore, tmp_path: Path) -> None:
    (tmp_path / "catalog-info.yaml").write_text(CATALOG, "utf-8")
    report = load(tmp_path / "catalog-info.yaml")
    assert (report.rows.read, report.rows.written, report.rows.rejected) == (3, 2, 1)
    assert (report.rejected[0].row, "Group" in report.rejected[0].reason) == (2, True)
    assert "unheard-of" in report.warnings[0].text
    assert {e.name for e in store.entities(entity_type="Component")} == {"identity"}


@pytest.mark.parametrize(
    "text",
    [
        BOMB,
        "[" * 3000,
        "a: !!python/object/apply:os.system [echo]",
        "key: [unclosed",
        "just: data",
        "x" * 1_200_000,
        "\udcff",
    ],
    ids=["aliases", "depth", "object", "broken", "foreign", "size", "bytes"],
)
def test_hostile_or_foreign_yaml_is_refused_in_words(load: Load, tmp_path: Path, text: str) -> None:
    (tmp_path / "a.yaml").write_text(text, "utf-8", errors="surrogateescape")
    report = load(tmp_path / "a.yaml")
    assert report.status == "failed"
    (refused,) = report.rejected
    assert refused.reason
    assert refused.remedy
