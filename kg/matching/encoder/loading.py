"""Picks the encoder: the sentence model of a folder, or the lexical substitute with the reason."""

import functools
import logging
from pathlib import Path

from kg.errors import ModelError
from kg.matching.encoder.lexical import LexicalEncoder
from kg.matching.encoder.onnx import OnnxEncoder, model_files
from kg.matching.encoder.port import Encoder

logger = logging.getLogger(__name__)


@functools.cache
def load_encoder(folder: Path | None) -> Encoder:
    """The sentence model in `folder`; without a sound one the lexical encoder, whose `reason` says why.

    Never raises for an absent or damaged model. The same folder gives the same object.
    """
    if folder is None:
        return LexicalEncoder("未指定语义模型目录，按字面比较")
    try:
        return OnnxEncoder(*model_files(folder))
    except ModelError as error:
        logger.warning("comparing by wording only: %s", error)
        return LexicalEncoder("语义模型未安装或已损坏，按字面比较")
