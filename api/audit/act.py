"""What the audit log says of one act, and by whom it was done."""

import os
import pwd
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Detail = str | int | bool | None


@dataclass(frozen=True, slots=True)
class Actor:
    """The name of a key or of a user of this machine, and the door taken."""

    who: str
    via: Literal["command", "http"]


@dataclass(frozen=True, slots=True)
class Act:
    """One write or one check.

    `run` is the number of the run in the store, `inputs` the SHA-256 of the files read. Never a key, never
    text of a file, never the name of a file.
    """

    what: str
    outcome: str
    run: str | None = None
    inputs: tuple[str, ...] = ()
    details: Mapping[str, Detail] = field(default_factory=dict)


def this_user() -> Actor:
    """The user of the operating system, whatever the environment says; the number of one without a name."""
    number = os.getuid()
    try:
        return Actor(pwd.getpwuid(number).pw_name, "command")
    except KeyError:
        return Actor(str(number), "command")
