"""The command line `kg`."""

from api.cli.app import main

__all__ = ["main"]
