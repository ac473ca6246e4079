"""Runs the sentence model on the CPU, one phrase at a time so that neighbours cannot change a vector."""

import functools
import unicodedata
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from kg.errors import ModelError
from kg.matching.disguise import undisguised
from kg.matching.encoder.manifest import manifest, sha256_of
from kg.matching.encoder.port import Mode, Vectors

MAX_TOKENS = 256
REMEMBERED = 20_000


class OnnxEncoder:
    """A BERT-like ONNX sentence encoder; its vector is the first token's, normalised."""

    mode: Mode = "semantic"
    reason = ""

    def __init__(self, model: Path, tokenizer: Path) -> None:
        self.key = f"onnx:{sha256_of(model)}"
        self._session = _session(model)
        self._inputs = {node.name for node in self._session.get_inputs()}
        try:
            self._tokenizer = Tokenizer.from_file(str(tokenizer))
        except Exception as error:  # the library raises a bare Exception for any bad file
            raise ModelError(f"cannot read the tokenizer {tokenizer}: {error}") from error
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(MAX_TOKENS)
        self._remembered = functools.lru_cache(maxsize=REMEMBERED)(self._vector)
        self._width = len(self._vector("空"))

    def encode(self, phrases: Sequence[str]) -> Vectors:
        """Rows of length 1; recent phrases are remembered, an empty one is a row of zeros."""
        rows = np.zeros((len(phrases), self._width), dtype=np.float32)
        for index, phrase in enumerate(phrases):
            text = prepared(phrase)
            if text:
                rows[index] = self._remembered(text)
        return rows

    def _vector(self, text: str) -> Vectors:
        encoding = self._tokenizer.encode(text)
        columns = {
            "input_ids": encoding.ids,
            "attention_mask": encoding.attention_mask,
            "token_type_ids": encoding.type_ids,
        }
        feed = {
            name: np.asarray([ids], dtype=np.int64) for name, ids in columns.items() if name in self._inputs
        }
        first = np.asarray(self._session.run(None, feed)[0], dtype=np.float32)[0, 0]
        unit: Vectors = (first / np.linalg.norm(first)).astype(np.float32)
        return unit


@functools.lru_cache(maxsize=200_000)
def prepared(phrase: str) -> str:
    """The text the model sees: as it looks, NFKC and lower case, because its tokenizer knows no capitals."""
    return unicodedata.normalize("NFKC", undisguised(phrase)).lower().strip()


def model_files(folder: Path) -> tuple[Path, Path]:
    """Model and tokenizer of a folder: the published ones, checked, or any other single pair.

    Raises:
        ModelError: a file is absent, or carries the published name with another content.
    """
    wanted = manifest()
    model, tokenizer = folder / wanted.model.file, folder / wanted.tokenizer.file
    if model.is_file() and tokenizer.is_file():
        for path, part in ((model, wanted.model), (tokenizer, wanted.tokenizer)):
            if sha256_of(path) != part.sha256:
                raise ModelError(f"{path} is damaged: its sha256 differs")
        return model, tokenizer
    models, tokenizers = sorted(folder.glob("*.onnx")), sorted(folder.glob("*tokenizer.json"))
    if len(models) != 1 or len(tokenizers) != 1:
        raise ModelError(f"{folder} does not hold one .onnx file and one tokenizer.json")
    return models[0], tokenizers[0]


def _session(model: Path) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    try:
        return onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime raises its own unexported classes
        raise ModelError(f"cannot load the model {model}: {error}") from error
