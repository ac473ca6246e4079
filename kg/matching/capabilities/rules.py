"""Names the rules by which wordings are grouped, so that groups made by others are made anew."""

import functools
import hashlib
from importlib import resources

from kg.matching.encoder.port import Encoder

FILES = (
    ("kg.matching", "phrase_model.yaml"),
    ("kg.matching", "thresholds.yaml"),
    ("kg.matching.abilities", "weights.yaml"),
    ("kg.matching.capabilities", "limits.yaml"),
    ("kg.matching.capabilities", "modifiers.yaml"),
    ("kg.matching.lexicon", "ability_wordings.tsv"),
    ("kg.matching.lexicon", "phrases.yaml"),
    ("kg.registry", "abilities.yaml"),
)
"""All the data that decides which wordings are one capability."""


def grouping_key(encoder: Encoder) -> str:
    """The rules shipped with the package and the model; 16 hex digits and the model's key."""
    return f"{_digest()} {encoder.key}"


@functools.cache
def _digest() -> str:
    said = hashlib.sha256()
    for package, name in FILES:
        said.update(hashlib.sha256(resources.files(package).joinpath(name).read_bytes()).digest())
    return said.hexdigest()[:16]
