"""Which release of the program this is."""

from importlib.metadata import version

DISTRIBUTION = "reuse-knowledge-graph"


def engine_version() -> str:
    """The version of the installed package."""
    return version(DISTRIBUTION)
