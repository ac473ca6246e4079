"""The command `kg` and how it is run: arguments in, exit code out."""

import logging
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Annotated

import typer

from api.cli.answers import print_message, print_text
from api.cli.usage import usage_message
from api.errors import one_line
from api.logs import configure_logging
from api.release import engine_version
from kg.errors import KgError

FAILED, USAGE = 1, 2

FAMILIES = {
    "loading": ("ingest",),
    "templates": ("template",),
    "deliveries": ("deliveries",),
    "indexing": ("index",),
    "checking": ("check",),
    "replaying": ("replay",),
    "judging": ("recommend",),
    "overlapping": ("overlaps",),
    "capable": ("capabilities", "capability"),
    "asking": ("search", "show", "deps"),
    "impact": ("impact",),
    "reconciling": ("reconcile",),
    "reviewing": ("review",),
    "deciding": ("judge", "correct"),
    "undoing": ("runs", "undo"),
    "exporting": ("export",),
    "serving": ("serve",),
    "keys": ("keys",),
    "auditing": ("audit",),
    "texts": ("extract", "compare", "align", "similar"),
    "linking": ("link",),
    "scoring": ("eval",),
    "cypher": ("cypher",),
    "syncing": ("sync",),
}
"""The modules of the commands, in the order of the help; only the one that is asked for is imported."""


def application(command: str | None = None) -> typer.Typer:
    """The whole application, or as much of it as one command (or the question for the version) needs."""
    app = typer.Typer(
        name="kg",
        help="复用图谱：发现重复建设，推荐可复用的系统和组件，回答影响面。",
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )
    app.callback()(_shared)
    known = command == "version" or any(command in names for names in FAMILIES.values())
    for family, names in FAMILIES.items():
        if command in names or not known:
            import_module(f"api.cli.{family}").register(app)
    return app


def _version(wanted: bool) -> None:  # noqa: FBT001 - called by the option with its value
    if wanted:
        print_text(f"kg {engine_version()}")
        raise typer.Exit


def _shared(
    *,
    version: Annotated[  # noqa: ARG001 - its callback answers
        bool, typer.Option("--version", is_eager=True, callback=_version, help="显示版本")
    ] = False,
    verbose: Annotated[int, typer.Option("--verbose", "-v", count=True, help="显示运行日志")] = 0,
) -> None:
    configure_logging(verbose=verbose)


def run(arguments: Sequence[str]) -> int:
    """Runs one command and returns its exit code: 0 done, 1 failed, 2 wrong usage; errors are one line."""
    command = next((one for one in arguments if not one.startswith("-")), None)
    app = application("version" if command is None and "--version" in arguments else command)
    if not arguments:
        app(args=["--help"], prog_name="kg", standalone_mode=False)
        return USAGE
    try:
        code = app(args=list(arguments), prog_name="kg", standalone_mode=False)
    except typer.TyperException as error:
        wrong = "用法错误" if error.exit_code == USAGE else "错误"
        print_message(f"{wrong}：{usage_message(error.format_message())}")
        return error.exit_code
    except (typer.Abort, KeyboardInterrupt):
        print_message("已中止")
        return FAILED
    except (KgError, OSError) as error:
        print_message(f"错误：{one_line(error)}")
        return FAILED
    except Exception as error:
        logging.getLogger(__name__).info("unexpected", exc_info=error)
        print_message(f"错误：{type(error).__name__}：{one_line(error)}")
        return FAILED
    return code if isinstance(code, int) else 0


def main() -> None:
    """The entry point `kg`."""
    sys.exit(run(sys.argv[1:]))
