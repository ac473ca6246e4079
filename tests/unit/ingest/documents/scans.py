"""Scanned papers: pages set as PDF, turned into pictures with a tilt and the noise of a scanner."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pypdfium2
from PIL import Image

RESOLUTION = 200
"""Dots for each inch, as office scanners have it."""
NOISE = 10.0
"""Standard deviation of the grey of paper and ink, of 255."""


def scanned(printed: Path, path: Path, *, tilts: Sequence[float] = (0.4,), turned: int = 0) -> Path:
    """The pages of a PDF as pictures only, tilted by so many degrees in turn and turned by quarters."""
    pages = _pages(printed, tilts=tilts, turned=turned)
    pages[0].save(path, "PDF", resolution=RESOLUTION, save_all=True, append_images=pages[1:])
    return path


def pictures(printed: Path, folder: Path) -> list[Path]:
    """The pages of a PDF as files of pictures."""
    paths: list[Path] = []
    for number, page in enumerate(_pages(printed, tilts=(0.4,), turned=0), 1):
        paths.append(folder / f"page{number}.jpeg")
        page.save(paths[-1], quality=85)
    return paths


def _pages(printed: Path, *, tilts: Sequence[float], turned: int) -> list[Image.Image]:
    noise = np.random.default_rng(7)
    with pypdfium2.PdfDocument(printed) as document:
        return [
            _page(page, noise, tilt=tilts[number % len(tilts)], turned=turned)
            for number, page in enumerate(document)
        ]


def _page(page: pypdfium2.PdfPage, noise: np.random.Generator, *, tilt: float, turned: int) -> Image.Image:
    shown = page.render(scale=RESOLUTION / 72).to_pil().convert("L")
    tilted = shown.rotate(
        tilt + 90 * turned, expand=turned % 2 == 1, fillcolor=255, resample=Image.Resampling.BICUBIC
    )
    grey = np.asarray(tilted, dtype=np.float64) + noise.normal(0, NOISE, tilted.size[::-1])
    return Image.fromarray(grey.clip(0, 255).astype(np.uint8))
