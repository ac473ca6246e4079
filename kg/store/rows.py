"""How values, places and citations are written into a column, and read back the same."""

import json
from collections.abc import Collection, Mapping
from decimal import Decimal
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from kg.model import EMPTY, NOWHERE, Claim, Place, Properties, Value

_DECIMAL = "decimal"
# Column order of a citation in every query that reads claims.
CITATION = (
    "o.source, o.document, o.sha256, r.said_on, r.place, r.rule, r.confidence, r.quote, r.judge, r.because"
)


def encode(properties: Properties) -> str | None:
    """The column text of properties, None when there are none; one text for equal properties."""
    if not properties:
        return None
    return _ENCODER.encode(dict(sorted(properties.items())))


def decode(text: str | None) -> Properties:
    """The properties of a column text."""
    if text is None:
        return EMPTY
    return MappingProxyType({name: _value(value) for name, value in json.loads(text).items()})


def encode_place(place: Place) -> str | None:
    """The column text of a place, None for nowhere."""
    return None if place == NOWHERE else json.dumps(place.coordinates, ensure_ascii=False)


@lru_cache(maxsize=4096)
def decode_place(text: str | None) -> Place:
    """The place of a column text."""
    return NOWHERE if text is None else Place(*json.loads(text))


def encode_citation(claim: Claim) -> str:
    """Everything of a claim but what it asserts and its runs."""
    return json.dumps(
        [
            *(claim.source, claim.document, claim.sha256, claim.said_on, encode_place(claim.place)),
            *(claim.rule, claim.confidence, claim.quote, claim.by, claim.because),
        ],
        ensure_ascii=False,
    )


def claim_of(citation: tuple[Any, ...], own: str | None, **asserted: Any) -> Claim:
    """A claim from its record's citation, or from its own when it has one."""
    cited = json.loads(own) if own is not None else citation
    source, document, sha256, said_on, place, rule, confidence, quote, by, because = cited
    return Claim(
        source=source,
        document=document,
        said_on=said_on,
        place=decode_place(place),
        rule=rule,
        confidence=confidence,
        sha256=sha256,
        quote=quote,
        by=by,
        because=because,
        **asserted,
    )


def _tagged(value: object) -> Mapping[str, str]:
    if isinstance(value, Decimal):
        return {_DECIMAL: str(value)}
    raise TypeError(f"not a property value: {value!r}")


def _value(value: Any) -> Value:
    if isinstance(value, list):
        return tuple(value)
    if isinstance(value, dict):
        return Decimal(value[_DECIMAL])
    return value  # type: ignore[no-any-return]  # JSON holds only the scalars written by encode


def packed(texts: Collection[str]) -> str:
    """Texts as one parameter, for `json_each`; sorted, each once."""
    return json.dumps(sorted(set(texts)), ensure_ascii=False)


_ENCODER = json.JSONEncoder(ensure_ascii=False, default=_tagged)
