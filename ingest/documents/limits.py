"""The sizes up to which a document is read."""

from functools import cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, PositiveInt


class Limits(BaseModel):
    """Bytes, counts and seconds; each is the last value that is still read."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: int
    source: str
    file_bytes: PositiveInt
    pdf_bytes: PositiveInt
    pdf_pages: PositiveInt
    zip_entries: PositiveInt
    part_bytes: PositiveInt
    sheet_bytes: PositiveInt
    total_bytes: PositiveInt
    packed_bytes: PositiveInt
    packed_total_bytes: PositiveInt
    ratio: PositiveInt
    ratio_from_bytes: PositiveInt
    grid_span: PositiveInt
    nodes: PositiveInt
    nodes_free: PositiveInt
    nodes_per_byte: PositiveInt
    repeated_cells: PositiveInt
    repeated_chars: PositiveInt
    depth: PositiveInt
    rows: PositiveInt
    columns: PositiveInt
    cells: PositiveInt
    cell_chars: PositiveInt
    memory_bytes: PositiveInt
    cpu_seconds: PositiveInt
    wall_seconds: PositiveInt
    files_per_child: PositiveInt
    scan_pages: PositiveInt
    scan_pixels: PositiveInt
    scan_memory_bytes: PositiveInt
    scan_cpu_seconds: PositiveInt


@cache
def limits() -> Limits:
    """The shipped limits."""
    text = Path(__file__).with_name("limits.yaml").read_text(encoding="utf-8")
    return Limits.model_validate(yaml.safe_load(text))
