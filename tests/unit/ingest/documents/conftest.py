"""A printer of PDF files into the folder of a test."""

from pathlib import Path

import pytest

from tests.unit.ingest.documents.samples import Printer


@pytest.fixture
def printer(tmp_path: Path) -> Printer:
    return Printer(tmp_path)
