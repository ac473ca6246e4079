"""Finds the short forms that a text gives to names (以下简称…)."""

import re

from ingest.extract.mentions import mention
from ingest.extract.model import Mention

ALIAS = re.compile(r"（(?:以下|下)?(?P<kind>简称|称|统称|合称)(?:为|：)?“?(?P<short>[^”（）]{2,20})”?）")


def short_forms(text: str, found: list[Mention]) -> tuple[tuple[Mention, Mention], ...]:
    """Returns pairs (short form, full name) where the text itself defines a short form.

    A word for several things together (统称) is a pair too, under the rule `collective`.
    """
    by_end = {item.end: item for item in found}
    pairs = []
    for hit in ALIAS.finditer(text):
        full = by_end.get(hit.start())
        if full is not None:
            rule = "collective" if hit["kind"] in {"统称", "合称"} else "alias"
            short = mention(text, hit.span("short"), full.label, rule=rule)
            pairs.append((short, full))
    return tuple(pairs)
