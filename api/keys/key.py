"""One key as it is kept: everything but the key."""

import re
from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from api.keys.scopes import Scope
from kg.errors import ValidationError

NAME = r"^[^\s,;:/\\\x00-\x1f\x7f]{1,40}$"
"""A name is written into the audit log and on command lines."""
State = Literal["active", "expired", "revoked"]


def check_name(text: str) -> str:
    """The same text. Raises: ValidationError for what is no name of a key."""
    if not re.fullmatch(NAME, text):
        raise ValidationError("名称应为 1 至 40 个字符，不含空白、逗号、分号、冒号和斜线")
    return text


class Key(BaseModel):
    """A key by its digest; `expires` is the last day on which it opens anything.

    `ended` is the day on which it was first seen to have run out: from then on no clock brings it back.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(pattern=NAME)
    scopes: frozenset[Scope] = Field(min_length=1)
    digest: str = Field(pattern=r"^[0-9a-f]{64}$")
    created: date
    expires: date | None = None
    ended: date | None = None
    revoked: date | None = None

    def state(self, today: date) -> State:
        """Whether the key opens anything on this day."""
        if self.revoked is not None:
            return "revoked"
        run_out = self.expires is not None and today > self.expires
        return "expired" if run_out or self.ended is not None else "active"
