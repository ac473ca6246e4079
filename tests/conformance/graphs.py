"""Small graphs to write into a store."""

from kg.model import Claim, Entity, EntityId, Place, Properties, Record, Relation, RunId
from kg.store.base import Counts, Delivery, GraphStore

CENSUS = Delivery("census:a", "census", "甲单位", "2023", "2023-12-31", 0)
LATER = Delivery("census:a:2024", "census", "甲单位", "2024", "2024-12-31", 0)
MANIFEST = Delivery("manifest:m", "manifest", None, None, "2024-06-30", 0)
OWNER = EntityId("organization-a")
SEAL = EntityId("asset-seal")
SIGN = EntityId("function-sign")


def claim(delivery: Delivery, *, row: int = 1, source: str = "") -> Claim:
    """A citation of a row of the delivery's document."""
    return Claim(
        source or delivery.source, f"{delivery.key}.xlsx", delivery.said_on, Place("表", row), "map@1"
    )


def entity(entity_id: str, kind: str, name: str, **properties: object) -> Entity:
    """An entity with the properties given as keywords."""
    return Entity(EntityId(entity_id), kind, name, properties)  # type: ignore[arg-type]


def relation(source: str, kind: str, target: str, properties: Properties | None = None) -> Relation:
    """A relation between two ids."""
    return Relation(EntityId(source), kind, EntityId(target), properties or {})


def seal_row(
    delivery: Delivery = CENSUS, *, name: str = "电子印章系统", kind: str = "System", **said: object
) -> Record:
    """A row about one system with its owner and one function."""
    system = entity(SEAL, kind, name, **(said or {"status": "在用", "aliases": ("印章平台",)}))
    others = entity(OWNER, "Organization", "大数据局"), entity(SIGN, "Function", "在线签章")
    links = relation(OWNER, "OWNS", SEAL), relation(SEAL, "PROVIDES", SIGN)
    return Record(SEAL, claim(delivery), (system, *others), links)


def row(delivery: Delivery, *facts: Entity | Relation, at: int = 1) -> Record:
    """A row that says these facts; its subject is the first entity, else the source of the first relation."""
    entities = tuple(fact for fact in facts if isinstance(fact, Entity))
    relations = tuple(fact for fact in facts if isinstance(fact, Relation))
    subject = entities[0].id if entities else relations[0].source
    return Record(subject, claim(delivery, row=at), entities, relations)


def load(store: GraphStore, delivery: Delivery, *records: Record) -> Counts:
    """Writes records in a run of their own."""
    run = store.begin("load")
    counts = store.upsert(run, delivery, records)
    finish(store, run)
    return counts


def drop(store: GraphStore, delivery: Delivery, *, said_on: str = "") -> Counts:
    """Sweeps everything of a delivery."""
    run = store.begin("sweep")
    counts = store.sweep(
        run, delivery.key, list(store.records(delivery.key)), said_on=said_on or delivery.said_on
    )
    finish(store, run)
    return counts


def finish(store: GraphStore, run: RunId) -> None:
    """Ends a run well."""
    store.finish(run, status="complete", summary={"rows": 1})
