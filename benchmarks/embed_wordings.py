"""Embeds the wordings of abilities with the published model, once they have changed.

Run: `python -m benchmarks.embed_wordings FOLDER_OF_THE_MODEL`; writes kg/matching/abilities/vectors.npz.
"""

import argparse
from pathlib import Path

from kg.matching.abilities.ability import shared_abilities
from kg.matching.abilities.vectors import ship
from kg.matching.abilities.wordings import wordings_of
from kg.matching.encoder.loading import load_encoder

FILE = Path(__file__).parent.parent / "kg" / "matching" / "abilities" / "vectors.npz"


def main() -> None:
    """Writes the file anew."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path)
    ship(wordings_of(shared_abilities()).texts, load_encoder(parser.parse_args().model), FILE)


if __name__ == "__main__":
    main()
