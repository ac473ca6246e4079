"""Ids: a type and sixteen hex digits of the few raw fields that make a thing that thing."""

import unicodedata
from hashlib import sha256

from kg.model import EntityId

SEPARATOR = "\x1f"
REGISTERED = "capability:"


def id_fold(text: str) -> str:
    """Version 1 of the fold under ids, frozen: NFKC, lower case, no spaces.

    Deliberately apart from `kg.text`, so that cleaning can be improved without an id changing.
    """
    return "".join(unicodedata.normalize("NFKC", text).split()).lower()


def _id(prefix: str, *fields: str) -> EntityId:
    joined = SEPARATOR.join(id_fold(field) for field in fields)
    return EntityId(f"{prefix}-{sha256(joined.encode()).hexdigest()[:16]}")


def organization_id(name: str, *, region: str = "", credit_code: str = "") -> EntityId:
    """By unified social credit code, else by region code and name."""
    return _id("organization", "credit", credit_code) if credit_code else _id("organization", region, name)


def asset_id(name: str, *, owner: str = "", code: str = "") -> EntityId:
    """Of a System or Component: by registration code, else by owner's id and name."""
    return _id("asset", "code", code) if code else _id("asset", owner, name)


def project_id(name: str, *, owner: str = "", code: str = "") -> EntityId:
    """By project code, else by owner's id and name."""
    return _id("project", "code", code) if code else _id("project", owner, name)


def function_id(asset: str, path: str, text: str) -> EntityId:
    """By the asset's id, the path in its function list and the wording."""
    return _id("function", asset, path, text)


def standard_id(code: str) -> EntityId:
    """By the normalised code, e.g. GB/T 40692-2021."""
    return _id("standard", code)


def region_id(code: str) -> EntityId:
    """By GB/T 2260 code, readable: region:450000."""
    return EntityId(f"region:{code}")


def capability_id(key: str, *, registered: bool = False) -> EntityId:
    """By registry id when registered (capability:identity), else by its first name."""
    return EntityId(f"{REGISTERED}{key}") if registered else _id("capability", key)


def is_registered(identity: EntityId) -> bool:
    """Whether it is the id of a capability of the registry."""
    return identity.startswith(REGISTERED)


def document_id(name: str) -> EntityId:
    """By document number or title."""
    return _id("document", name)
