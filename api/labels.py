"""The Chinese words for types, properties, relations and values, as the ontology gives them."""

from decimal import Decimal

from kg.model import Direction, Modality, Value
from kg.ontology import load_ontology
from kg.ontology.types import ValueKind
from queries.entity import Link

BASIS = {"declared": "申报", "extracted": "文本抽取", "measured": "实测", "inferred": "推断"}
MODALITIES = {Modality.PLAN: "规划", Modality.FORBIDDEN: "禁止"}
SOURCES = {
    "census": "普查表",
    "calls": "调用记录",
    "intention": "采购意向",
    "projects": "项目清单",
    "proposal": "申报材料",
    "policy": "政策文件",
    "manifest": "元数据清单",
    "native": "原生数据",
    "reviewer": "人工判定",
    "resolver": "自动归并",
}


def type_label(name: str) -> str:
    """信息系统 for System; the name itself where the ontology has none."""
    known = load_ontology().entity_types.get(name)
    return known.label.zh if known else name


def property_label(type_name: str, name: str) -> str:
    """运行状态 for status of a System; the name itself where the ontology has none."""
    known = load_ontology().entity_types.get(type_name)
    declared = known.properties.get(name) if known else None
    return declared.label.zh if declared else name


def is_money(type_name: str, name: str) -> bool:
    """Whether a property holds yuan."""
    known = load_ontology().entity_types.get(type_name)
    declared = known.properties.get(name) if known else None
    return declared is not None and declared.kind is ValueKind.MONEY


def relation_label(link: Link) -> str:
    """The relation as seen from the entity shown: 依赖, or 被…依赖 from the other end."""
    known = load_ontology().relation_types.get(link.relation.type)
    if known is None:
        return link.relation.type
    return (known.label if link.direction is Direction.OUT else known.inverse).zh


def step_label(relation_type: str) -> str:
    """The relation from its source's side."""
    known = load_ontology().relation_types.get(relation_type)
    return known.label.zh if known else relation_type


def modality_label(modality: Modality) -> str:
    """规划 for what is only planned, 禁止 for what must not be; "" for facts."""
    return MODALITIES.get(modality, "")


def basis_label(basis: str) -> str:
    """申报 for declared, and so on."""
    return BASIS.get(basis, basis)


def source_label(source: str) -> str:
    """普查表 for census, and so on."""
    return SOURCES.get(source, source)


def value_text(value: Value) -> str:
    """A value in words: lists joined, yes and no, numbers without a needless fraction."""
    if isinstance(value, tuple):
        return "、".join(value)
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Decimal):
        return f"{value:,f}"
    return str(value)
