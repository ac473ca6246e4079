"""Whole records read back from the server."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from kg.model import EntityId, Record
from kg.store.copying import Entry
from kg.store.cypher import fetching
from kg.store.cypher.claims import CITED, Statement, citation
from kg.store.cypher.port import Asking
from kg.store.folded import RelationKey
from kg.store.restating import Said, record

PAGE = 10_000
_ENTRIES = (
    "MATCH (r:Record) WHERE r.key > $after WITH r ORDER BY r.key LIMIT $page"
    " RETURN r.key, r.delivery, r.digest, r.ended"
)
_RECORDS = (
    f"UNWIND $numbers AS key MATCH (r:Record {{key: key}}) RETURN r {{{CITED}, .subject, .digest, ._at}}"
    " ORDER BY r.key"
)


def entries(asking: Asking) -> Iterator[Entry]:
    """See Copyable."""
    after = 0
    while rows := asking.ask(_ENTRIES, {"after": after, "page": PAGE}):
        yield from (Entry(*row) for row in rows)
        after = rows[-1][0]


def stated(asking: Asking, numbers: Sequence[int]) -> list[Record]:
    """See Copyable."""
    rows: list[Mapping[str, Any]] = [row[0] for row in asking.ask(_RECORDS, {"numbers": list(numbers)})]
    wanted, at = set(numbers), {EntityId(i) for row in rows for i in row["_at"]}
    entities: dict[int, dict[tuple[EntityId, str], list[Said]]] = defaultdict(lambda: defaultdict(list))
    for entity_id, one in fetching.entities(asking, at).items():
        for said in _of(one.said, wanted):
            entities[said.record][entity_id, said.type].append((said.name, said.properties, said.own))
    relations: dict[int, dict[RelationKey, list[Said]]] = defaultdict(lambda: defaultdict(list))
    for key, link in fetching.relations_from(asking, at).items():
        for said in _of(link.said, wanted):
            relations[said.record][key].append((None, said.properties, said.own))
    return [
        record(
            citation(row),
            entities[row["key"]],
            relations[row["key"]],
            subject=EntityId(row["subject"]),
            digest=row["digest"],
            ended=row["ended"],
        )
        for row in rows
    ]


def _of(said: Iterable[Statement], wanted: set[int]) -> Iterator[Statement]:
    return (one for one in said if one.record in wanted)
