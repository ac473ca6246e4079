"""The commands and their options as a page; written by `python -m api.cli.reference`."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer

from api.cli.app import application

PAGE = Path("docs") / "cli.md"
WIDTH = 100
HEAD = """# Commands

Made from the commands themselves by `python -m api.cli.reference`; do not edit.

Exit code 0: done, whatever a verdict says. 1: refused, failed, or not there. 2: wrong usage. With `--json`
one JSON document goes to standard output and nothing else; messages and progress go to standard error. The
store is `--store URL`, else `KG_STORE`, else `sqlite:///kg.db` in the working folder; only `kg ingest` makes
it. Where a command takes `ID|NAME`, an id comes first, then the exact name, then an alias; of several the
first by id, the rest stand under `others`.
"""


def reference() -> str:
    """The page: the help of `kg` and of each command, in the order in which `kg --help` lists them."""
    parts = [f"## {title}\n\n```\n{text.strip()}\n```\n" for title, text in _helps("kg", _command(), None)]
    return "\n".join([HEAD, *parts])


def _command() -> Any:
    return typer.main.get_command(application())


def _helps(name: str, command: Any, parent: Any) -> Iterator[tuple[str, str]]:
    """Title and help of a command, then of those below it."""
    given = {"resilient_parsing": True, "terminal_width": WIDTH}
    context = command.make_context(name, [], parent=parent, **given)
    yield context.command_path, _plain(command.get_help(context))
    for below, one in getattr(command, "commands", {}).items():
        yield from _helps(below, one, context)


def _plain(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.splitlines())


def main() -> None:
    """Writes the page below the working folder, or below the one named."""
    root = Path(sys.argv[1]) if len(sys.argv) > 1 else Path()
    (root / PAGE).write_text(reference(), "utf-8")


if __name__ == "__main__":
    main()
