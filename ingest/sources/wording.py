"""How the cell of a property is to be written, as the person who fills it in is told."""

from kg.ontology import PropertyType, ValueKind, load_ontology

KINDS = {
    ValueKind.MONEY: "请只填数字，可带单位（如 35 万元），不得为负",
    ValueKind.DATE: "请写成 2024-06-30、2024-06 或 2024",
    ValueKind.PERIOD: "请写成 2024 或 2024-01-01/2024-12-31",
    ValueKind.INTEGER: "请只填整数，如 1200",
    ValueKind.BOOLEAN: "请填 是 或 否",
    ValueKind.LIST: "多个之间用顿号隔开",
}


def how_to_write(declared: PropertyType) -> str:
    """What belongs in a cell of this property, in one sentence; "" for any text."""
    if declared.kind is ValueKind.CATEGORY:
        return f"请从以下取值中选一个：{'、'.join(choices(declared))}"
    return KINDS.get(declared.kind, "")


def choices(declared: PropertyType) -> tuple[str, ...]:
    """The values of a category property in the order of the ontology; none for other kinds."""
    if declared.category is None:
        return ()
    return tuple(dict.fromkeys(load_ontology().categories[declared.category].values()))
