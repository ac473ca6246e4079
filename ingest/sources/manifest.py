"""Manifests beside source code: publiccode.yml and catalog-info.yaml."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field

from ingest.sources.abroad import told_abroad
from ingest.sources.base import Context, Lot, Note, Reading, Rejection
from ingest.sources.organizations import Named, organization
from ingest.sources.yaml_text import load_documents
from kg.errors import DocumentError
from kg.identity import asset_id
from kg.model import Claim, Entity, EntityId, Place, Record, Relation, Value

SOURCE = "manifest"
DECLARED = {"basis": "declared"}
Keys = Mapping[str, object]


class _Publiccode(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    status: Mapping[str, str]


class _Catalog(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    types: Mapping[str, str]
    status: Mapping[str, str]


class _Limits(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    bytes: int = Field(gt=0)
    documents: int = Field(gt=0)
    aliases: int = Field(ge=0)
    depth: int = Field(gt=0)


class _Rules(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    version: int
    source: str
    publiccode: _Publiccode
    catalog: _Catalog
    limits: _Limits


@cache
def _rules() -> _Rules:
    text = files("ingest.sources").joinpath("manifest.yaml").read_text("utf-8")
    return _Rules.model_validate(yaml.safe_load(text))


@dataclass(frozen=True, slots=True)
class _Manifest:
    """What one document says of a thing; `related` holds relation type, type and name of each other thing."""

    type: str
    name: str
    properties: Mapping[str, Value]
    owner: str
    related: tuple[tuple[str, str, str], ...] = ()
    problems: tuple[str, ...] = ()


def read_manifest(path: Path, context: Context, *, sha256: str) -> Reading:
    """One record for each document of the file that describes a system; others are rejected.

    Raises: DocumentError when the file is no YAML or no document of it is a manifest.
    """
    limits = _rules().limits
    documents = load_documents(
        path, max_bytes=limits.bytes, max_aliases=limits.aliases, max_depth=limits.depth
    )
    if len(documents) > limits.documents:
        raise DocumentError(f"YAML 文档超过 {limits.documents} 个", "请拆分后重新提交")
    if not any(_kind(found) for found in documents):
        raise DocumentError("不是 publiccode.yml 或 catalog-info.yaml", "请核对文件，或转换为 JSONL 后提交")
    said_on = context.dated or context.today
    records: list[Record] = []
    rejected: list[Rejection] = []
    warnings: list[Note] = []
    for number, found in enumerate(documents, 1):
        told = _told(found)
        if isinstance(told, str):
            rejected.append(Rejection(context.document, None, number, told, "改正该文档后重新提交"))
            continue
        place = Place(block=number)
        warnings += [Note(context.document, None, number, text) for text in told.problems]
        claim = Claim(SOURCE, context.document, said_on, place, _kind(found), sha256=sha256)
        records.append(_record(told, claim, region=context.region))
    lots = [Lot(f"{SOURCE}:{context.document}", None, None, said_on, tuple(records))] if records else []
    return Reading(tuple(lots), tuple(rejected), tuple(warnings))


def _kind(found: object) -> str:
    if not isinstance(found, dict):
        return ""
    if "publiccodeYmlVersion" in found:
        return "publiccode"
    if str(found.get("apiVersion", "")).startswith("backstage.io/"):
        return "catalog"
    return ""


def _told(found: object) -> _Manifest | str:
    """What a document says, or why it is refused."""
    kind = _kind(found)
    if not isinstance(found, dict) or not kind:
        return "不是系统描述文档"
    return _publiccode(found) if kind == "publiccode" else _catalog(found)


def _publiccode(keys: Keys) -> _Manifest | str:
    name = _text(keys.get("name"))
    if not name:
        return "缺少 name"
    language, described = _described(keys.get("description"))
    status, problems = _status(keys.get("developmentStatus"), _rules().publiccode.status)
    legal, maintenance = _map(keys.get("legal")), _map(keys.get("maintenance"))
    organisation = _map(keys.get("organisation"))
    contacts = [_text(_map(one).get("name")) for one in _list(maintenance.get("contacts"))]
    properties: dict[str, Value] = {
        "repository": _text(keys.get("url")),
        "url": _text(keys.get("landingURL")),
        "description": described,
        "language": language,
        "status": status,
        "ip_owner": _text(legal.get("mainCopyrightOwner") or legal.get("repoOwner")),
        "launched_on": _text(keys.get("releaseDate"))[:10],
        "contact": "、".join(filter(None, contacts)),
        "categories": tuple(filter(None, map(_text, _list(keys.get("categories"))))),
    }
    owner = _text(organisation.get("name")) or _text(legal.get("repoOwner"))
    depends = [_map(one) for group in _map(keys.get("dependsOn")).values() for one in _list(group)]
    named = [("DEPENDS_ON", "System", other) for one in depends if (other := _text(one.get("name")))]
    based = [
        ("DERIVED_FROM", "System", other) for one in _list(keys.get("isBasedOn")) if (other := _text(one))
    ]
    kept = {key: value for key, value in properties.items() if value}
    return _Manifest("System", name, kept, owner, (*named, *based), problems)


def _described(value: object) -> tuple[str, str]:
    """The description in Chinese where there is one, else in the first language; before it the language."""
    languages = _map(value)
    chosen = next((key for key in languages if key.startswith("zh")), next(iter(languages), ""))
    texts = _map(languages.get(chosen))
    text = _text(texts.get("longDescription")) or _text(texts.get("shortDescription"))
    return (chosen[:2].lower() if text and chosen[:2].isalpha() else ""), text


def _catalog(keys: Keys) -> _Manifest | str:
    kind, metadata, spec = _text(keys.get("kind")), _map(keys.get("metadata")), _map(keys.get("spec"))
    if kind not in _rules().catalog.types:
        return f"类别 {kind or '（空）'} 不是系统或组件"
    name = _text(metadata.get("title")) or _text(metadata.get("name"))
    if not name:
        return "缺少 metadata.name"
    status, problems = _status(spec.get("lifecycle"), _rules().catalog.status)
    title, code = _text(metadata.get("title")), _text(metadata.get("name"))
    properties: dict[str, Value] = {
        "description": _text(metadata.get("description")),
        "status": status,
        "aliases": (code,) if title and code and code != title else (),
        "tags": tuple(filter(None, map(_text, _list(metadata.get("tags"))))),
        "interfaces": "、".join(map(_reference, _list(spec.get("providesApis")))),
    }
    related = [("DEPENDS_ON", "System", _reference(one)) for one in _list(spec.get("dependsOn"))]
    related += [("DEPENDS_ON", "Component", _reference(one)) for one in _list(spec.get("consumesApis"))]
    parents = [spec.get("system"), spec.get("subcomponentOf")]
    related += [("PART_OF", "System", _reference(one)) for one in parents if one]
    kept = {key: value for key, value in properties.items() if value}
    named = tuple(row for row in related if row[2])
    return _Manifest(_rules().catalog.types[kind], name, kept, _reference(spec.get("owner")), named, problems)


def _reference(value: object) -> str:
    """The name in an entity reference such as component:default/unified-identity."""
    return _text(value).rpartition(":")[2].rpartition("/")[2]


def _status(value: object, words: Mapping[str, str]) -> tuple[str, tuple[str, ...]]:
    text = _text(value)
    if not text or text in words:
        return words.get(text, ""), ()
    return "", (f"未知的状态 {text}，该值未采用",)


def _record(told: _Manifest, claim: Claim, *, region: str) -> Record:
    owner: Named | None = organization(told.owner, region=region) if told.owner else None
    subject = asset_id(told.name, owner=owner.id if owner else "")
    entities = {subject: Entity(subject, told.type, told.name, told.properties)}
    relations: list[Relation] = []
    if owner:
        entities |= {entity.id: entity for entity in owner.entities}
        relations += [*owner.relations, Relation(owner.id, "OWNS", subject)]
    for fact in _related(told, subject):
        if isinstance(fact, Entity):
            entities.setdefault(fact.id, fact)
        else:
            relations.append(fact)
    said = tuple({r.key: r for r in relations}.values())
    return told_abroad(Record(subject, claim, tuple(entities.values()), said))


def _related(told: _Manifest, subject: EntityId) -> Iterator[Entity | Relation]:
    for relation, kind, name in told.related:
        target = asset_id(name)
        if target != subject:
            yield Entity(target, kind, name)
            yield Relation(subject, relation, target, DECLARED if relation == "DEPENDS_ON" else {})


def _text(value: object) -> str:
    return "" if value is None or isinstance(value, dict | list) else str(value).strip()


def _map(value: object) -> Keys:
    return {str(key): item for key, item in value.items()} if isinstance(value, dict) else {}


def _list(value: object) -> list[object]:
    if isinstance(value, list):
        return value
    return [] if value is None else [value]
