"""Who asks, once it is known."""

from dataclasses import dataclass

from api.keys.scopes import EVERY, WRITES, Scope


@dataclass(frozen=True, slots=True)
class Caller:
    """The name to put beside what is done, and the doors that are open.

    `mark` tells this key from every other without being one; "" for somebody at this machine without a key.
    """

    name: str
    scopes: frozenset[Scope]
    mark: str = ""


HERE = Caller("本机", EVERY - WRITES)
"""Whoever asks from this machine while no keys are set."""
