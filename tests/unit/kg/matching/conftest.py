"""Encoders for the tests of matching: the lexical one, and the installed sentence model."""

import sys
from pathlib import Path

import pytest

from kg.matching.encoder.lexical import LexicalEncoder
from kg.matching.encoder.loading import load_encoder
from kg.matching.encoder.port import Encoder


@pytest.fixture(scope="session")
def lexical() -> Encoder:
    return load_encoder(None)


class Spoken(LexicalEncoder):
    """Vectors of shared characters taken for meaning, so that the model need not be there."""

    mode = "semantic"
    key = "spoken"


@pytest.fixture(scope="session")
def spoken() -> Encoder:
    return Spoken("")


@pytest.fixture(scope="session")
def semantic() -> Encoder:
    return load_encoder(Path(sys.prefix) / "share" / "reuse-knowledge-graph")
