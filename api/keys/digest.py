"""How a key is made and how it stands in a file: not as itself."""

import hashlib
import secrets

PREFIX = "kg_"
"""Lets scanners of leaked secrets, and people, tell what a string is."""
BYTES = 32
MARK = 16
"""Hex digits that tell one key from another."""


def new_key() -> str:
    """A key of 256 random bits."""
    return PREFIX + secrets.token_urlsafe(BYTES)


def digest_of(key: bytes) -> str:
    """The SHA-256 of a key.

    Neither salted nor slow: those guard what people choose, against lists of likely choices. Nobody can go
    through 256 random bits, and every request is to be answered at once.
    """
    return hashlib.sha256(key).hexdigest()


def mark_of(digest: str) -> str:
    """The part of a digest that stands for the key in sessions and counters."""
    return digest[:MARK]
