"""Encoders for the tests of matching: the lexical one, and the installed sentence model."""

import sys
from pathlib import Path

import pytest

from kg.matching.encoder.loading import load_encoder
from kg.matching.encoder.port import Encoder


@pytest.fixture(scope="session")
def lexical() -> Encoder:
    return load_encoder(None)


@pytest.fixture(scope="session")
def semantic() -> Encoder:
    return load_encoder(Path(sys.prefix) / "share" / "reuse-knowledge-graph")
