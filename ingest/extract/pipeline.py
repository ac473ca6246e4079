"""The spaCy pipeline: a character tokenizer and one named component for each stage.

The names are entry points of the package: `spacy.blank("zh").add_pipe("kg_structure")` works wherever it is
installed. Components keep what they read in `doc.user_data` and show it as span groups `kg` and `values`.
"""

import functools
import re
from collections.abc import Callable, Iterable

import spacy
from spacy import util
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from ingest.extract.reading import STAGES, Reading
from ingest.extract.schema import rules_digest

Component = Callable[[Doc], Doc]
Factory = Callable[[Language, str], Component]

_TOKEN = re.compile(r"[A-Za-z]+|\d+|\s+|.", re.DOTALL)
READING = "kg.reading"
TOKENIZER = "kg.ZhCharRun.v1"


class CharRunTokenizer:
    """Makes every Chinese character a token and keeps runs of Latin letters and of digits whole."""

    def __init__(self, vocab: Vocab) -> None:
        self._vocab = vocab

    def __call__(self, text: str) -> Doc:
        pieces = _TOKEN.findall(text)
        kept = {READING: Reading(text)}
        return Doc(self._vocab, words=pieces, spaces=[False] * len(pieces), user_data=kept)

    def to_disk(self, *_: object, **__: object) -> None:
        """Writes nothing: a tokenizer without settings has nothing to keep."""

    def from_disk(self, *_: object, **__: object) -> "CharRunTokenizer":
        """Returns itself: nothing was kept."""
        return self


@util.registry.tokenizers(TOKENIZER)  # type: ignore[untyped-decorator]  # untyped in catalogue
def create_tokenizer() -> Callable[[Language], CharRunTokenizer]:
    """Returns the factory spaCy asks for."""
    return lambda nlp: CharRunTokenizer(nlp.vocab)


def reading_of(doc: Doc) -> Reading:
    """Returns what has been read of the document; nothing yet when another tokenizer made it."""
    if READING not in doc.user_data:
        doc.user_data[READING] = Reading(doc.text)
    reading: Reading = doc.user_data[READING]
    return reading


def _mentions(doc: Doc, reading: Reading) -> None:
    doc.spans["kg"] = _spans(doc, ((item.start, item.end, item.label) for item in reading.mentions))


def _values(doc: Doc, reading: Reading) -> None:
    doc.spans["values"] = _spans(doc, ((item.start, item.end, item.property) for item in reading.details))


def _spans(doc: Doc, found: Iterable[tuple[int, int, str]]) -> list[Span]:
    spans = (doc.char_span(start, end, label=label) for start, end, label in found)
    return [span for span in spans if span is not None]


_SHOWN: dict[str, Callable[[Doc, Reading], None]] = {"kg_resolve": _mentions, "kg_values": _values}


def _factory(name: str, stage: Callable[[Reading], None]) -> Factory:
    shown = _SHOWN.get(name)

    def run(doc: Doc) -> Doc:
        reading = reading_of(doc)
        stage(reading)
        if shown:
            shown(doc, reading)
        return doc

    def create(nlp: Language, name: str) -> Component:  # noqa: ARG001  # the form spaCy calls
        return run

    return Language.factory(name, func=create)


FACTORIES: dict[str, Factory] = {name: _factory(name, stage) for name, stage in STAGES}
"""The factory of each component under its name, what the entry points lead to."""
(structure, gazetteer, departments, chunker, lists, resolve, relations, values) = FACTORIES.values()


@functools.cache
def pipeline() -> Language:
    """Returns the assembled pipeline; it holds no state between texts.

    Its meta holds the digest of the rules under `rules`, so a pipeline on disk tells what it was made of.
    """
    nlp = spacy.blank("zh", config={"nlp": {"tokenizer": {"@tokenizers": TOKENIZER}}})
    for name, _ in STAGES:
        nlp.add_pipe(name)
    nlp.max_length = 10_000_000
    nlp.meta["rules"] = rules_digest()
    return nlp
