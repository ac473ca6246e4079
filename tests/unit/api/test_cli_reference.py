from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from api.cli.app import FAMILIES, application
from api.cli.reference import PAGE, reference

COMMITTED = Path(__file__).parents[3] / PAGE


def test_the_page_is_what_the_commands_say() -> None:
    assert COMMITTED.read_text("utf-8") == reference()


@pytest.mark.parametrize("columns", ["40", "200"])
def test_the_page_does_not_depend_on_the_terminal(columns: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    assert COMMITTED.read_text("utf-8") == reference()


def parameters(command: Any) -> Iterator[tuple[str, Any]]:
    yield from ((f"{command.name} {parameter.name}", parameter) for parameter in command.params)
    for below in getattr(command, "commands", {}).values():
        yield from parameters(below)


def test_every_command_option_and_argument_says_what_it_is() -> None:
    every = dict(parameters(typer.main.get_command(application())))
    assert len(every) > 50
    assert [name for name, parameter in every.items() if not parameter.help] == []


def test_each_command_is_found_by_its_family_alone() -> None:
    whole: Any = typer.main.get_command(application())
    assert set(whole.commands) == {name for names in FAMILIES.values() for name in names}
    for name in whole.commands:
        alone: Any = typer.main.get_command(application(name))
        assert name in alone.commands
