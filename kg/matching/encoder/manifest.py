"""Names the published sentence model and the hashes of its files."""

import functools
import hashlib
from importlib import resources
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict


class ModelFile(BaseModel):
    """One file of the model: its name inside the archive and on disk, and its sha256 in hex."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    file: str
    sha256: str


class Manifest(BaseModel):
    """What is published, and where: Maven coordinates and the two files that are kept."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: int
    source: str
    coordinates: str
    dimensions: int
    model: ModelFile
    tokenizer: ModelFile

    @property
    def files(self) -> tuple[ModelFile, ModelFile]:
        return self.model, self.tokenizer


@functools.cache
def manifest() -> Manifest:
    """The manifest shipped with the package."""
    text = resources.files(__package__).joinpath("model.yaml").read_text(encoding="utf-8")
    return Manifest.model_validate(yaml.safe_load(text))


def sha256_of(path: Path) -> str:
    """Hex digest of a file's content."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
