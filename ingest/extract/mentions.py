"""Makes mentions of spans, each as sure as its rule has proved to be."""

from ingest.extract.model import Label, Mention
from ingest.extract.statistics import confidence


def mention(text: str, span: tuple[int, int], label: Label, *, rule: str) -> Mention:
    """Returns the mention of a span of the folded text."""
    return Mention(span[0], span[1], label, text[span[0] : span[1]], rule, confidence(rule))
