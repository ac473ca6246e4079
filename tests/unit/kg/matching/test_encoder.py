"""The encoders: unit rows, no influence between phrases, a cache that changes nothing."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from kg.errors import ModelError
from kg.matching.encoder.cache import CachedEncoder, VectorCache
from kg.matching.encoder.loading import load_encoder
from kg.matching.encoder.onnx import model_files
from kg.matching.encoder.port import Encoder

PHRASES = ["统一身份认证", "", "GIS图层叠加", "河道巡查"]


def test_rows_have_length_one_and_an_empty_phrase_is_zero(lexical: Encoder) -> None:
    lengths = np.linalg.norm(lexical.encode(PHRASES), axis=1)
    assert lengths == pytest.approx([1, 0, 1, 1], abs=1e-5)


def test_an_absent_model_gives_the_lexical_encoder_with_a_reason(tmp_path: Path) -> None:
    encoder = load_encoder(tmp_path)
    assert encoder.mode == "lexical"
    assert "语义模型" in encoder.reason


def test_a_damaged_model_is_refused(tmp_path: Path) -> None:
    for name in ("bge-small-zh-v1.5-q.onnx", "bge-small-zh-v1.5-q-tokenizer.json"):
        (tmp_path / name).write_bytes(b"not a model")
    with pytest.raises(ModelError, match="sha256"):
        model_files(tmp_path)


@pytest.mark.shared
def test_neighbours_in_a_batch_do_not_change_a_vector(semantic: Encoder) -> None:
    alone = semantic.encode(["河道巡查"])[0]
    assert np.array_equal(alone, semantic.encode(PHRASES)[3])


@pytest.mark.shared
def test_capitals_and_full_width_do_not_matter(semantic: Encoder) -> None:
    first, second = semantic.encode(["GIS图层", "ｇｉｓ图层"])
    assert np.array_equal(first, second)


def test_the_cache_gives_the_same_vectors_cold_and_warm(lexical: Encoder, tmp_path: Path) -> None:
    cache = VectorCache(tmp_path / "vectors.db")
    cold = CachedEncoder(lexical, cache).encode(PHRASES)
    warm = CachedEncoder(lexical, cache).encode(PHRASES[::-1])[::-1]
    cache.close()
    assert np.array_equal(cold, warm)
    assert np.allclose(cold, lexical.encode(PHRASES), atol=2e-3)


def test_threads_may_write_to_one_cache(tmp_path: Path) -> None:
    cache = VectorCache(tmp_path / "vectors")

    def put(number: int) -> None:
        texts = [f"{number}-{k}" for k in range(20)]
        cache.put("model", texts, np.ones((20, 8), dtype=np.float32))
        assert len(cache.get("model", texts)) == 20

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(put, range(200)))
