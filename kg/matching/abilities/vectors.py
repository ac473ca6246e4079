"""Vectors of the wordings of abilities: shipped for the published model, embedded for any other."""

import functools
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

import numpy as np

from kg.matching.encoder.port import Encoder, Vectors

_FILE = "vectors.npz"
_STEPS = 127.0


@dataclass(frozen=True, slots=True)
class _Shipped:
    """Vectors in one byte a number, by text, of the model that `key` names."""

    key: str
    rows: Mapping[str, int]
    vectors: Vectors


def wording_vectors(texts: Sequence[str], encoder: Encoder) -> Vectors:
    """One row for each text; those that are shipped are not embedded again, which would take seconds."""
    shipped = _shipped()
    if encoder.key != shipped.key:
        return encoder.encode(texts)
    fresh = [text for text in texts if text not in shipped.rows]
    added = {text: len(shipped.vectors) + place for place, text in enumerate(fresh)}
    known = np.concatenate([shipped.vectors, encoder.encode(fresh)]) if fresh else shipped.vectors
    chosen: Vectors = known[[added[text] if text in added else shipped.rows[text] for text in texts]]
    return chosen


def ship(texts: Sequence[str], encoder: Encoder, file: Path) -> None:
    """Writes the vectors of these texts, one byte a number, as `wording_vectors` reads them."""
    vectors = encoder.encode(texts)
    scales = np.abs(vectors).max(axis=1, keepdims=True)
    parts = {
        "key": _letters(encoder.key),
        "texts": _letters("\n".join(texts)),
        "scales": scales.astype(np.float32),
        "steps": np.round(vectors / scales * _STEPS).astype(np.int8),
    }
    np.savez(file, **parts)


@functools.cache
def _shipped() -> _Shipped:
    data = resources.files("kg.matching.abilities").joinpath(_FILE).read_bytes()
    with np.load(io.BytesIO(data)) as parts:
        vectors: Vectors = parts["steps"].astype(np.float32) * parts["scales"]
        key, texts = _text(parts["key"]), _text(parts["texts"]).split("\n")
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return _Shipped(key, {text: row for row, text in enumerate(texts)}, vectors)


def _letters(text: str) -> np.ndarray[tuple[int], np.dtype[np.uint8]]:
    return np.frombuffer(text.encode("utf-8"), dtype=np.uint8)


def _text(letters: np.ndarray[tuple[int], np.dtype[np.uint8]]) -> str:
    return letters.tobytes().decode("utf-8")
