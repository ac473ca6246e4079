"""Keeps the groups in one file beside the store; a file that cannot be read counts as none."""

import json
import logging
import os
import tempfile
from pathlib import Path

from kg.matching.capabilities.grouping import Grouping
from kg.model import EntityId

logger = logging.getLogger(__name__)
FORM = 1


def save_grouping(grouping: Grouping, file: Path) -> None:
    """Writes the groups; the file appears whole or not at all. Raises: OSError."""
    kept = {"form": FORM, "key": grouping.key, "groups": grouping.groups}
    text = json.dumps(kept, ensure_ascii=False, separators=(",", ":"))
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}-")
    part = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", errors="surrogatepass") as out:
            out.write(text)
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)


def load_grouping(file: Path) -> Grouping | None:
    """The groups of the file; None when there are none that this version can read."""
    try:
        kept = json.loads(file.read_text("utf-8", errors="surrogatepass"))
        if kept["form"] != FORM:
            return None
        groups = {EntityId(one): tuple(map(str, group)) for one, group in kept["groups"].items()}
        return Grouping(str(kept["key"]), groups)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        logger.warning("capabilities are grouped anew, %s cannot be read: %s", file, error)
        return None
