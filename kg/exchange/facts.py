"""One fact as one line of native JSONL, and back."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, fields
from decimal import Decimal
from typing import Any, NoReturn

from pydantic import ValidationError as PydanticError

from kg.exchange.wire import ClaimWire, EntityWire, JsonProperties, JsonValue, RelationWire, fact_adapter
from kg.model import Claim, Entity, EntityId, Place, Properties, Relation, Value
from kg.ontology import PropertyType, ValueKind, load_ontology

UNSAID = Claim(source="", document="", said_on="")
CARRIED = (*(field.name for field in fields(Claim) if field.compare), "ended")
REASONS = {
    "missing": "缺少该字段",
    "extra_forbidden": "未知的字段",
    "string_type": "应为文字",
    "string_too_short": "不能为空",
    "string_pattern_mismatch": "应为 ISO 日期",
    "union_tag_invalid": "应为 entity 或 relation",
    "union_tag_not_found": "缺少 kind（entity 或 relation）",
}


def encode_fact(fact: Entity | Relation) -> str:
    """The fact as one line of JSON, without its line break; equal facts give equal lines."""
    row: dict[str, object]
    if isinstance(fact, Entity):
        row = {"kind": "entity", "id": fact.id, "type": fact.type, "name": fact.name}
    else:
        row = {"kind": "relation", "source": fact.source, "type": fact.type, "target": fact.target}
    row |= {"properties": _encoded(fact.properties), "claims": [_claim(claim) for claim in fact.claims]}
    return json.dumps(row, ensure_ascii=False, separators=(",", ":"))


def _claim(claim: Claim) -> dict[str, object]:
    said = {name: getattr(claim, name) for name in CARRIED if getattr(claim, name) != getattr(UNSAID, name)}
    if "properties" in said:
        said["properties"] = _encoded(claim.properties)
    if "place" in said:
        said["place"] = {name: part for name, part in asdict(claim.place).items() if part is not None}
    return said


def _encoded(properties: Properties) -> dict[str, object]:
    return {name: _plain(value) for name, value in sorted(properties.items())}


def _plain(value: Value) -> object:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return list(value) if isinstance(value, tuple) else value


def parse_line(line: str) -> Entity | Relation | list[str]:
    """The fact a line tells, or every reason, in Chinese, why it cannot be read.

    Fractions of money become decimals; properties that are null count as absent. Whether the fact fits the
    ontology is not asked here.
    """
    try:
        decoded = json.loads(line, parse_constant=_refuse)
        if not isinstance(decoded, dict):
            return ["应为一个 JSON 对象"]
        json.dumps(decoded, ensure_ascii=False).encode("utf-8")
        row = fact_adapter().validate_python(decoded)
    except PydanticError as error:
        return list(dict.fromkeys(map(_reason, error.errors(include_url=False, include_input=False))))
    except json.JSONDecodeError as error:
        return [f"不是 JSON：第 {error.pos + 1} 个字符处有误"]
    except UnicodeEncodeError:
        return ["含有无法编码的字符"]
    except RecursionError:
        return ["嵌套过深"]
    except ValueError as error:
        return [f"不是 JSON：{error}"]
    return _entity(row) if isinstance(row, EntityWire) else _relation(row)


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} 不是数值")


def _reason(problem: Mapping[str, Any]) -> str:
    where = ".".join(str(part) for part in problem["loc"] if part not in {"entity", "relation"})
    kind = str(problem["type"])
    reason = REASONS.get(kind, "值的形式不符")
    return f"{where} {reason}".strip()


def _entity(row: EntityWire) -> Entity:
    known = load_ontology().entity_types.get(row.type)
    declared = known.properties if known else {}
    properties = _properties(row.properties, declared)
    return Entity(EntityId(row.id), row.type, row.name, properties, _claims(row.claims, declared))


def _relation(row: RelationWire) -> Relation:
    declared = load_ontology().relation_properties
    properties = _properties(row.properties, declared)
    ends = EntityId(row.source), row.type, EntityId(row.target)
    return Relation(*ends, properties, _claims(row.claims, declared))


def _claims(rows: Iterable[ClaimWire], declared: Mapping[str, PropertyType]) -> tuple[Claim, ...]:
    claims = []
    for row in rows:
        said = {name: getattr(row, name) for name in CARRIED}
        said["place"] = Place(**row.place.model_dump())
        said["properties"] = _properties(row.properties, declared)
        claims.append(Claim(**said))
    return tuple(claims)


def _properties(rows: JsonProperties, declared: Mapping[str, PropertyType]) -> Properties:
    return {name: _value(value, declared.get(name)) for name, value in rows.items() if value is not None}


def _value(value: JsonValue, declared: PropertyType | None) -> Value:
    if isinstance(value, float) and declared is not None and declared.kind is ValueKind.MONEY:
        return Decimal(repr(value))
    if isinstance(value, list):
        return tuple(value)
    assert value is not None, "absent properties are left out before"
    return value
