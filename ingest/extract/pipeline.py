"""The spaCy pipeline: a character tokenizer and one named component for each stage."""

import functools
import re
from collections.abc import Callable

import spacy
from spacy import util
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from ingest.extract.reading import STAGES, Reading

_TOKEN = re.compile(r"[A-Za-z]+|\d+|\s+|.", re.DOTALL)
READING = "kg.reading"


class CharRunTokenizer:
    """Makes every Chinese character a token and keeps runs of Latin letters and of digits whole."""

    def __init__(self, vocab: Vocab) -> None:
        self._vocab = vocab

    def __call__(self, text: str) -> Doc:
        pieces = _TOKEN.findall(text)
        kept = {READING: Reading(text)}
        return Doc(self._vocab, words=pieces, spaces=[False] * len(pieces), user_data=kept)


@util.registry.tokenizers("kg.ZhCharRun.v1")  # type: ignore[untyped-decorator]  # untyped in catalogue
def create_tokenizer() -> Callable[[Language], CharRunTokenizer]:
    """Returns the factory spaCy asks for."""
    return lambda nlp: CharRunTokenizer(nlp.vocab)


def reading_of(doc: Doc) -> Reading:
    """Returns what has been read of the document."""
    reading: Reading = doc.user_data[READING]
    return reading


def _component(stage: Callable[[Reading], None]) -> Callable[[Doc], Doc]:
    def run(doc: Doc) -> Doc:
        stage(reading_of(doc))
        return doc

    return run


for _name, _stage in STAGES:
    Language.component(_name, func=_component(_stage))


@Language.component("kg_spans")
def mark(doc: Doc) -> Doc:
    """Sets the mentions as the span group `kg`."""
    spans = [doc.char_span(item.start, item.end, label=item.label) for item in reading_of(doc).mentions]
    doc.spans["kg"] = [span for span in spans if span is not None]
    return doc


@functools.cache
def pipeline() -> Language:
    """Returns the assembled pipeline; it holds no state between texts."""
    nlp = spacy.blank("zh", config={"nlp": {"tokenizer": {"@tokenizers": "kg.ZhCharRun.v1"}}})
    for name, _ in STAGES:
        nlp.add_pipe(name)
    nlp.add_pipe("kg_spans")
    nlp.max_length = 10_000_000
    return nlp
