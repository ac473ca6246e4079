"""What the graph knows before anything is loaded: shared abilities, departments, administrative divisions."""

from kg.registry.abilities import SharedAbility, abilities, ability, ability_by_name
from kg.registry.departments import department_core, same_department_lineage
from kg.registry.regions import Region, find_region, infer_region, is_within, leading_region, region, regions

__all__ = [
    "Region",
    "SharedAbility",
    "abilities",
    "ability",
    "ability_by_name",
    "department_core",
    "find_region",
    "infer_region",
    "is_within",
    "leading_region",
    "region",
    "regions",
    "same_department_lineage",
]
