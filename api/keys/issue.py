"""Making and revoking keys."""

from collections.abc import Collection
from datetime import date

from api.keys.caller import HERE
from api.keys.digest import digest_of, new_key
from api.keys.file import KeyFile
from api.keys.key import Key
from api.keys.ring import FROM_SETTINGS
from api.keys.scopes import Scope
from kg.errors import NotFoundError, ValidationError


def issue(
    file: KeyFile, name: str, *, scopes: Collection[Scope], today: date, expires: date | None = None
) -> str:
    """A new key under this name; it is told here and nowhere again.

    Raises: ValidationError for a name that was used before: the audit log tells callers apart by their names.
    """
    if expires is not None and expires < today:
        raise ValidationError(f"到期日 {expires} 已过，请给出今天或以后的日期")
    key = new_key()
    made = Key(
        name=name, scopes=frozenset(scopes), digest=digest_of(key.encode()), created=today, expires=expires
    )

    def added(keys: tuple[Key, ...]) -> tuple[Key, ...]:
        if name in {HERE.name, FROM_SETTINGS} | {one.name for one in keys}:
            raise ValidationError(f"名称「{name}」已用过（审计记录以名称区分密钥），请另取一个，如 {name}-2")
        return (*keys, made)

    file.change(added)
    return key


def revoke(file: KeyFile, name: str, *, today: date) -> None:
    """Ends a key for good; one that is revoked already stays so.

    Raises: NotFoundError when no key has this name.
    """

    def ended(keys: tuple[Key, ...]) -> tuple[Key, ...]:
        if name not in {one.name for one in keys}:
            raise NotFoundError(f"没有名为「{name}」的密钥；可用 kg keys list 查看")
        return tuple(
            one.model_copy(update={"revoked": today}) if one.name == name and one.revoked is None else one
            for one in keys
        )

    file.change(ended)
