"""Puts an estate into arrays to be mapped from a file; what a member says is read when it is compared."""

import functools
import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.matching.description import Description, Item
from kg.model import EntityId
from kg.snapshot.names import Ids, pack
from kg.store.rows import decode, encode
from queries.estate.members import Details, Estate, Member, offerers_of

Arrays = Mapping[str, NDArray[Any]]
READ = 8_192
"""Members whose details stay in memory, some 8 KB each."""
LINKS = ("organizations", "offers", "adopters", "uses", "wholes", "built_on")


def packed(estate: Estate) -> dict[str, NDArray[Any]]:
    """Everything an estate holds but its version."""
    members = list(estate.members.values())
    details = pack([_text(_told(member.details())) for member in members])
    links: dict[str, object] = {name: _plain(getattr(estate, name)) for name in LINKS}
    links |= {"offering": sorted(estate.offering), "suppliers": sorted(estate.suppliers)}
    return {
        "heads": _bytes([_head(member) for member in members]),
        "links": _bytes(links),
        "details": details.block,
        "places": details.offsets,
    }


def unpacked(arrays: Arrays, version: int) -> Estate:
    """The estate of these arrays. Raises: KeyError, TypeError, ValueError when they are damaged."""
    read = _Reading(Ids(arrays["details"], arrays["places"]), _said(arrays["heads"]))
    links = _said(arrays["links"])
    offers = _tupled(links["offers"])
    return Estate(
        version=version,
        members={EntityId(head[0]): read.member(place) for place, head in enumerate(read.heads)},
        organizations=links["organizations"],
        offers=offers,
        offerers=offerers_of(offers),
        offering=frozenset(links["offering"]),
        adopters=_tupled(links["adopters"]),
        uses=_tupled(links["uses"]),
        wholes=_tupled(links["wholes"]),
        built_on=_tupled(links["built_on"]),
        suppliers=frozenset(links["suppliers"]),
    )


class _Reading:
    """Reads the details of members by their place; those asked for last stay in memory."""

    def __init__(self, texts: Ids, heads: list[list[Any]]) -> None:
        self.heads = heads
        self._texts = texts
        self._known = functools.lru_cache(maxsize=READ)(self._details)

    def member(self, place: int) -> Member:
        key, kind, name, aliases, stage, owner, department, listed = self.heads[place]
        return Member(
            id=EntityId(key),
            type=kind,
            name=name,
            aliases=tuple(aliases),
            stage=stage,
            owner=EntityId(owner) if owner is not None else None,
            department=department,
            listed=listed,
            details=functools.partial(self._known, place),
        )

    def _details(self, place: int) -> Details:
        key, _, name, aliases, *_, department, _ = self.heads[place]
        text, region, period, stage, language, items, functions, properties = json.loads(self._texts[place])
        description = Description(
            id=key,
            name=name,
            aliases=tuple(aliases),
            text=text,
            items=tuple(_item(*told) for told in items),
            department=department,
            region=region,
            period=period,
            stage=stage,
            language=language,
        )
        return Details(description, tuple(map(EntityId, functions)), decode(properties))


def _head(member: Member) -> list[object]:
    """What is asked of every member."""
    told = (member.id, member.type, member.name, member.aliases, member.stage, member.owner)
    return [*told, member.department, member.listed]


def _told(details: Details) -> list[object]:
    said = details.description
    items = [[item.text, item.path, None if item.amount is None else str(item.amount)] for item in said.items]
    told = (said.text, said.region, said.period, said.stage, said.language)
    return [*told, items, details.functions, encode(details.properties)]


def _item(text: str, path: str, amount: str | None) -> Item:
    return Item(text, path, Decimal(amount) if amount is not None else None)


def _plain(links: Mapping[EntityId, Any]) -> dict[str, Any]:
    return {str(key): value for key, value in links.items()}


def _tupled(links: Mapping[str, list[str]]) -> dict[EntityId, tuple[EntityId, ...]]:
    return {EntityId(key): tuple(map(EntityId, ids)) for key, ids in links.items()}


def _text(told: object) -> str:
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def _bytes(told: object) -> NDArray[np.uint8]:
    return np.frombuffer(_text(told).encode(), dtype=np.uint8)


def _said(row: NDArray[np.uint8]) -> Any:
    return json.loads(row.tobytes())
