"""What an entity stands on, and what stands on it: any distance, one path with evidence for each."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.errors import NotFoundError
from kg.model import Direction, Entity, EntityId, Modality, Relation
from kg.ontology import Impact, load_ontology
from kg.snapshot import NOBODY, Hop, Nodes, Reach, Snapshot, Step
from kg.store.base import GraphReader
from queries.backing import Backing, backings, cited

SHOWN = 500
"""Items listed at most; `total` counts them all."""
Key = tuple[EntityId, str, EntityId]


@dataclass(frozen=True, slots=True)
class PathStep:
    """One relation on the way, with its best claim; `claim` cites document, sheet and row.

    `bases` says on what it rests, side by side: declared, extracted, measured, inferred.
    """

    source: EntityId
    type: str
    target: EntityId
    basis: str
    confidence: float
    claim: str
    bases: tuple[Backing, ...] = ()


@dataclass(frozen=True, slots=True)
class Reached:
    """One entity reached over `hop` relations; `department` is its owner, "" when not known."""

    entity: Entity
    department: str
    hop: int
    modality: Modality
    path: tuple[PathStep, ...]


@dataclass(frozen=True, slots=True)
class Dependencies:
    """All that is reached from a root, facts first and nearest first; `total` counts what is not listed."""

    root: Entity
    items: tuple[Reached, ...]
    by_department: tuple[tuple[str, int], ...]
    total: int
    others: tuple[EntityId, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The answer as `kg deps --json` and `kg impact --json` print it."""
        return {
            "root": {"id": self.root.id, "name": self.root.name, "type": self.root.type},
            "items": [_item(item) for item in self.items],
            "by_department": [{"department": name, "systems": n} for name, n in self.by_department],
            "total": self.total,
            "truncated": self.total > len(self.items),
            "others": list(self.others),
        }


def _item(item: Reached) -> dict[str, Any]:
    steps = [
        {
            "source": step.source,
            "type": step.type,
            "target": step.target,
            "basis": step.basis,
            "confidence": step.confidence,
            "claim": step.claim,
            "bases": [backing.to_json() for backing in step.bases],
        }
        for step in item.path
    ]
    return {
        "id": item.entity.id,
        "name": item.entity.name,
        "type": item.entity.type,
        "department": item.department,
        "hop": item.hop,
        "modality": item.modality.value,
        "path": steps,
    }


@dataclass(frozen=True, slots=True)
class Question:
    """How far and which way: OUT is what the root stands on, IN what stands on it; depth None is any."""

    direction: Direction = Direction.OUT
    depth: int | None = None
    planned: bool = False
    limit: int = SHOWN


def dependencies(
    reader: GraphReader, root: EntityId, *, snapshot: Snapshot, question: Question
) -> Dependencies:
    """Everything reached from `root`; `snapshot` must be of the reader's version.

    Raises:
        NotFoundError: no entity has this id.
    """
    found = reader.get([root]).get(root)
    if found is None:
        raise NotFoundError(f"知识库中没有 ID 为「{root}」的条目")
    reach = snapshot.reach(
        found.id, _walk(question.direction), depth=question.depth, modalities=_modalities(question)
    )
    owners, names = _owners(reader, reach, snapshot)
    departments = [names.get(owner, "") for owner in owners[: question.limit].tolist()]
    items = _items(reader, reach, departments, snapshot=snapshot)
    systems = snapshot.of_types(reach.nodes, ("System", "Component"))
    return Dependencies(found, items, _by_department(owners, names, systems), len(reach))


def impact(
    reader: GraphReader,
    root: EntityId,
    *,
    snapshot: Snapshot,
    depth: int | None = None,
    planned: bool = False,
) -> Dependencies:
    """Everything affected when `root` changes or fails. Raises: NotFoundError."""
    question = Question(Direction.IN, depth, planned)
    return dependencies(reader, root, snapshot=snapshot, question=question)


def _walk(direction: Direction) -> tuple[Step, ...]:
    ways = (Direction.OUT, Direction.IN) if direction is Direction.BOTH else (direction,)
    return tuple(
        (name, _opposite(way) if kind.impact is Impact.TARGET_ON_SOURCE else way)
        for way in ways
        for name, kind in sorted(load_ontology().relation_types.items())
        if kind.impact is not Impact.NONE
    )


def _opposite(direction: Direction) -> Direction:
    return Direction.IN if direction is Direction.OUT else Direction.OUT


def _modalities(question: Question) -> tuple[Modality, ...]:
    return (Modality.FACT, Modality.PLAN) if question.planned else (Modality.FACT,)


def _owners(reader: GraphReader, reach: Reach, snapshot: Snapshot) -> tuple[Nodes, dict[int, str]]:
    """The owner of everything reached, as a position or NOBODY, and the owners' names by position."""
    owners = np.full(len(snapshot), NOBODY, dtype=np.int32)
    assets, found = snapshot.neighbours(reach.nodes, ("OWNS", Direction.IN))
    # Assigned backwards, so that of several owners the first by id stays.
    owners[assets[::-1]] = found[::-1]
    places = {snapshot.ids[int(node)]: int(node) for node in np.unique(found)}
    # As a stream, because a department of thousands of rows has as many claims.
    units = reader.entities(entity_type="Organization") if places else iter(())
    names = {places[unit.id]: unit.name for unit in units if unit.id in places}
    return owners[reach.nodes], names


def _by_department(
    owners: Nodes, names: Mapping[int, str], systems: NDArray[np.bool_]
) -> tuple[tuple[str, int], ...]:
    counted: Counter[str] = Counter()
    for owner, count in zip(*np.unique(owners[systems], return_counts=True), strict=True):
        counted[names.get(int(owner), "")] += int(count)
    return tuple(sorted(counted.items(), key=lambda item: (-item[1], item[0])))


def _items(
    reader: GraphReader, reach: Reach, departments: Sequence[str], *, snapshot: Snapshot
) -> tuple[Reached, ...]:
    """What is reached first, one item for each of the departments."""
    ids = reach.entity_ids(limit=len(departments))
    paths = [reach.path(position) for position in range(len(ids))]
    steps = {key: _step(relation) for key, relation in _relations(reader, paths, snapshot).items()}
    entities = reader.get(ids)
    return tuple(
        Reached(
            entity=entities[one],
            department=departments[position],
            hop=int(reach.hops[position]),
            modality=Modality.PLAN if reach.planned[position] else Modality.FACT,
            path=tuple(steps[hop.source, hop.type, hop.target] for hop in paths[position]),
        )
        for position, one in enumerate(ids)
        if one in entities
    )


def _relations(
    reader: GraphReader, paths: Iterable[Sequence[Hop]], snapshot: Snapshot
) -> dict[Key, Relation]:
    """The relations of all paths, each type read from the end where fewer others must be read with it."""
    wanted = {(hop.source, hop.type, hop.target) for path in paths for hop in path}
    found: dict[Key, Relation] = {}
    for kind in sorted({key[1] for key in wanted}):
        ends = {
            Direction.OUT: sorted({key[0] for key in wanted if key[1] == kind}),
            Direction.IN: sorted({key[2] for key in wanted if key[1] == kind}),
        }
        way = min(ends, key=lambda one: snapshot.degree(ends[one], (kind, one)))
        read = reader.relations(ends[way], types=[kind], direction=way)
        found.update((one.key, one) for one in read if one.key in wanted)
    return found


def _step(relation: Relation) -> PathStep:
    best = relation.claims[0] if relation.claims else None
    return PathStep(
        *relation.key,
        str(relation.properties.get("basis", "declared")),
        best.confidence if best else 1.0,
        cited(best) if best else "",
        backings(relation),
    )
