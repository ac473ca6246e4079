"""The ontology as an object: what types there are and whether a fact fits them."""

from collections.abc import Mapping
from dataclasses import dataclass

from kg.model import Entity, Modality, Relation
from kg.ontology.types import EntityType, PropertyType, RelationType, ValueKind
from kg.ontology.values import problem_of

Categories = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Ontology:
    """All types of the graph. `categories` map every accepted wording, case-folded, to its value."""

    name: str
    version: int
    default_precedence: tuple[str, ...]
    categories: Categories
    entity_types: Mapping[str, EntityType]
    relation_types: Mapping[str, RelationType]
    relation_properties: Mapping[str, PropertyType]

    def is_a(self, type_name: str, ancestor: str) -> bool:
        """Whether a type is `ancestor` or extends it, over any number of steps."""
        current: str | None = type_name
        while current is not None and current != ancestor:
            known = self.entity_types.get(current)
            current = known.extends if known else None
        return current == ancestor

    def precedence(self, type_name: str, property_name: str) -> tuple[str, ...]:
        """Source names for this property, best first; sources not listed come after all listed ones."""
        known = self.entity_types.get(type_name)
        declared = known.properties.get(property_name) if known else None
        return declared.precedence if declared and declared.precedence else self.default_precedence

    def category(self, category: str, text: str) -> str | None:
        """The category's value for a wording such as 运行中; None when the wording is not known."""
        return self.categories[category].get(text.strip().casefold())

    def check_entity(self, entity: Entity) -> list[str]:
        """Every reason, in Chinese, why this entity must be refused; empty when it fits."""
        known = self.entity_types.get(entity.type)
        if known is None:
            return [f"未知的实体类型 {entity.type!r}"]
        problems = [] if entity.name.strip() else ["名称为空"]
        return problems + self._value_problems(entity.properties, known.properties)

    def check_relation(self, relation: Relation, source_type: str, target_type: str) -> list[str]:
        """Every reason why a relation between entities of these types must be refused."""
        known = self.relation_types.get(relation.type)
        if known is None:
            return [f"未知的关系类型 {relation.type!r}"]
        problems = []
        if (source_type, target_type) not in known.pairs:
            problems.append(f"{relation.type} 不能从 {source_type} 指向 {target_type}")
        modality = relation.properties.get("modality", Modality.FACT.value)
        if modality not in set(Modality):
            problems.append(f"未知的语气 {modality!r}")
        return problems + self._value_problems(relation.properties, self.relation_properties)

    def unknown_properties(self, fact: Entity | Relation) -> list[str]:
        """Names of properties the ontology does not declare: kept, but counted as warnings."""
        if isinstance(fact, Relation):
            declared = self.relation_properties
        else:
            declared = self.entity_types[fact.type].properties
        return sorted(name for name in fact.properties if name not in declared)

    def sensitive(self, type_name: str) -> frozenset[str]:
        """Properties of a type that leave by no keyless route beyond this machine."""
        known = self.entity_types.get(type_name)
        return frozenset(p.name for p in known.properties.values() if p.sensitive) if known else frozenset()

    def _value_problems(
        self, properties: Mapping[str, object], declared: Mapping[str, PropertyType]
    ) -> list[str]:
        problems = []
        for name, value in properties.items():
            if name not in declared:
                continue
            problem = problem_of(declared[name].kind, value)
            if problem is None and declared[name].kind is ValueKind.CATEGORY:
                values = self.categories[declared[name].category or ""].values()
                problem = None if value in set(values) else f"不在取值范围内：{value}"
            if problem:
                problems.append(f"{declared[name].label.zh}（{name}）{problem}")
        return problems
