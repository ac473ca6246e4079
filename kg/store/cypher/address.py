"""Where a Neo4j database is and who asks: the store address taken apart."""

import re
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from kg.errors import StoreError

SCHEMES = ("neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc")
_PASSWORD = re.compile(r"(?<=://)([^:@/]*):[^/]*@")


@dataclass(frozen=True, slots=True)
class Address:
    """An address without its secret: `server` is what the driver connects to, `database` None the default."""

    server: str
    database: str | None
    user: str | None
    password: str | None

    def __repr__(self) -> str:
        return f"Address({self.server!r}, {self.database!r}, {self.user!r})"


def is_address(url: str) -> bool:
    """Whether the URL is one of a Neo4j server."""
    return url.partition("://")[0] in SCHEMES and "://" in url


def parse_address(url: str, *, user: str | None = None, password: str | None = None) -> Address:
    """The parts of `scheme://[user:password@]host[:port][/database]`.

    User and password in the address, percent-encoded where needed, come before those given beside it.

    Raises:
        StoreError: the address names no host, or says more than that.
    """
    try:
        parts = urlsplit(url)
        port = f":{parts.port}" if parts.port else ""
    except ValueError as error:
        raise StoreError(f"知识库地址有误：{redacted(url)}") from error
    if not parts.hostname or parts.query or parts.fragment:
        raise StoreError(f"知识库地址有误：{redacted(url)}；应为 neo4j://主机:端口/数据库")
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return Address(
        server=f"{parts.scheme}://{host}{port}",
        database=unquote(parts.path.strip("/")) or None,
        user=unquote(parts.username) if parts.username else user,
        password=unquote(parts.password) if parts.password is not None else password,
    )


def redacted(url: str) -> str:
    """The address as it may be shown: without a password."""
    return _PASSWORD.sub(r"\1:***@", url)
