"""Logs go to standard error, one line each; standard output belongs to answers."""

import logging
import sys


def configure_logging(*, verbose: int = 0) -> None:
    """Shows warnings, with `verbose` 1 what is done, with 2 everything."""
    level = (logging.WARNING, logging.INFO, logging.DEBUG)[min(verbose, 2)]
    logging.basicConfig(
        level=level, stream=sys.stderr, format="%(levelname)s %(name)s: %(message)s", force=True
    )
