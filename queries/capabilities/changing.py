"""A reviewer's word on capabilities: two are one, some wordings are another, it is called so."""

from collections.abc import Sequence

from kg.errors import NotFoundError, ValidationError
from kg.matching.capabilities import folded
from kg.model import EntityId
from kg.store.base import GraphStore
from kg.store.capability_judgements import (
    Named,
    Said,
    merge_capabilities,
    rename_capability,
    split_capability,
)
from queries.capabilities.ledger import Capability, Ledger

LONGEST = 100
"""Characters of a name."""


def named_capability(ledger: Ledger, text: str) -> Capability:
    """The capability of this id, name or wording. Raises: NotFoundError."""
    found = ledger.named(text)
    if found is None:
        raise NotFoundError(f"没有 ID 或名称为「{text}」的能力；用 kg capabilities 查找")
    return found


def joined(store: GraphStore, one: Capability, other: Capability, *, said: Said) -> str:
    """Makes two capabilities one; returns the judgement's id. Raises: ValidationError."""
    return merge_capabilities(store, Named(one.id, one.name), Named(other.id, other.name), said=said)


def parted(
    store: GraphStore, ledger: Ledger, whole: Capability, *, functions: Sequence[str], said: Said
) -> tuple[str, EntityId]:
    """Takes wordings out of a capability into one of their own; returns the ids of judgement and part.

    Raises: ValidationError when a wording is not of the capability, or none would be left.
    """
    keys = list(dict.fromkeys(folded(text) for text in functions))
    strange = [text for text in functions if ledger.of.get(folded(text)) != whole.id]
    if strange or not keys:
        raise ValidationError(
            f"「{whole.name}」中没有这样的功能：{'、'.join(strange)}；用 kg show 查看其功能"
        )
    wordings = {folded(wording.text): wording for wording in whole.wordings}
    if len(keys) == len(wordings):
        raise ValidationError(f"不能把「{whole.name}」的全部功能都拆出")
    first = sorted((wordings[key] for key in keys), key=lambda one: (-one.count, one.text))
    texts = [one.text for one in first]
    return split_capability(store, Named(whole.id, whole.name), texts, said=said)


def renamed(store: GraphStore, one: Capability, name: str, *, said: Said) -> str:
    """Gives a capability a name that stays; returns the judgement's id. Raises: ValidationError."""
    text = " ".join(name.split())
    if not folded(text) or len(text) > LONGEST:
        raise ValidationError(f"名称应为 1 至 {LONGEST} 个字，至少含一个文字")
    return rename_capability(store, Named(one.id, text), said=said)
