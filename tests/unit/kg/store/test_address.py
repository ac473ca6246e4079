"""Addresses of servers: taken apart, never shown with their password; and names that cannot be commands."""

import pytest

from kg.errors import StoreError, ValidationError
from kg.store import open_console, open_store
from kg.store.cypher.address import is_address, parse_address, redacted
from kg.store.cypher.names import alternatives, quoted


def test_an_address_is_taken_apart() -> None:
    found = parse_address("neo4j+s://kg:p%40ss%2F@db.example:7688/estate")
    assert (found.server, found.database) == ("neo4j+s://db.example:7688", "estate")
    assert (found.user, found.password) == ("kg", "p@ss/")


def test_the_login_beside_the_address_counts_where_it_names_none() -> None:
    found = parse_address("bolt://[::1]:7687", user="kg", password="secret")
    assert (found.server, found.database, found.user, found.password) == (
        "bolt://[::1]:7687",
        None,
        "kg",
        "secret",
    )
    assert parse_address("bolt://a:b@host", user="kg", password="secret").user == "a"


@pytest.mark.parametrize(
    "url", ["neo4j://", "bolt:///kg", "neo4j://u:secret@h:port", "bolt://u:secret@h/?a=secret"]
)
def test_a_wrong_address_is_refused_without_its_password(url: str) -> None:
    with pytest.raises(StoreError) as told:
        open_store(url)
    assert "u:secret" not in str(told.value)


def test_passwords_are_never_shown() -> None:
    assert redacted("bolt://kg:secret@host/db") == "bolt://kg:***@host/db"
    assert "secret" not in repr(parse_address("bolt://kg:secret@host"))


def test_only_schemes_of_the_driver_are_servers() -> None:
    assert is_address("bolt+ssc://host")
    assert not any(map(is_address, ["sqlite:///kg.db", "memory:", "http://host:7474", "neo4j:host"]))


def test_cypher_needs_a_server() -> None:
    with pytest.raises(StoreError, match="Neo4j"):
        open_console("sqlite:///kg.db")


def test_types_are_quoted_or_refused() -> None:
    assert quoted("DEPENDS_ON") == "`DEPENDS_ON`"
    assert alternatives(["OWNS", "x`) DELETE n //"]) == "`OWNS`"
    assert alternatives(["Record"]) is None
    for name in ("", "a`b", "Entity", "1st", "a" * 65):
        with pytest.raises(ValidationError):
            quoted(name)
