"""The spaCy pipeline: a character tokenizer and one named component for each stage."""

import functools
import re
from collections.abc import Callable
from itertools import chain

import spacy
from spacy import util
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from ingest.extract import candidates, lists, names, resolve
from ingest.extract import relations as reading
from ingest.extract.model import Label, Mention

_TOKEN = re.compile(r"[A-Za-z]+|\d+|\s+|.", re.DOTALL)


class CharRunTokenizer:
    """Makes every Chinese character a token and keeps runs of Latin letters and of digits whole."""

    def __init__(self, vocab: Vocab) -> None:
        self._vocab = vocab

    def __call__(self, text: str) -> Doc:
        pieces = _TOKEN.findall(text)
        kept = {"kg.text": text}  # a Doc joins its tokens anew whenever it is asked for its text
        return Doc(self._vocab, words=pieces, spaces=[False] * len(pieces), user_data=kept)


@util.registry.tokenizers("kg.ZhCharRun.v1")  # type: ignore[untyped-decorator]  # untyped in catalogue
def create_tokenizer() -> Callable[[Language], CharRunTokenizer]:
    """Returns the factory spaCy asks for."""
    return lambda nlp: CharRunTokenizer(nlp.vocab)


def _found(doc: Doc) -> list[Mention]:
    mentions: list[Mention] = doc.user_data.setdefault("kg.mentions", [])
    return mentions


def _text(doc: Doc) -> str:
    return str(doc.user_data["kg.text"])


@Language.component("kg_words")
def words(doc: Doc) -> Doc:
    """Cuts the text into words, the hint for left edges."""
    doc.user_data["kg.words"] = names.cut(_text(doc))
    return doc


@Language.component("kg_names")
def find_names(doc: Doc) -> Doc:
    """Adds the candidates of all name finders; a described system's own name comes first, as one name."""
    told: int = doc.user_data.get("kg.subject", 0)
    if told:
        span = 0, told
        _found(doc).append(candidates.mention(_text(doc), span, Label.SYSTEM, rule="subject", confidence=1.0))
    for _, finder in candidates.FINDERS:
        found = finder(doc.user_data["kg.words"])
        _found(doc).extend(item for item in found if item.start >= told)
    return doc


@Language.component("kg_lists")
def find_lists(doc: Doc) -> Doc:
    """Adds listed functions."""
    named = sorted(item.start for item in _found(doc) if item.label in lists.OWNERS)
    _found(doc).extend(lists.owned(_text(doc), named))
    return doc


@Language.component("kg_resolve")
def choose(doc: Doc) -> Doc:
    """Leaves flat mentions: defines short forms, carries names on, lets the longest win."""
    text, chosen = _text(doc), resolve.longest(_found(doc))
    learned = (resolve.joined(text, chosen), resolve.branded(text, chosen), resolve.owning(chosen))
    chosen = resolve.longest([*chosen, *chain.from_iterable(learned)])
    pairs = candidates.short_forms(text, chosen)
    chosen = resolve.longest([*chosen, *(short for short, _ in pairs)])
    doc.user_data["kg.mentions"] = resolve.longest([*chosen, *resolve.carried(text, chosen)])
    doc.user_data["kg.aliases"] = tuple(
        (short.text, full.text) for short, full in pairs if short.rule == "alias"
    )
    spans = [doc.char_span(item.start, item.end, label=item.label) for item in _found(doc)]
    doc.spans["kg"] = [span for span in spans if span is not None]
    return doc


@Language.component("kg_relations")
def relate(doc: Doc) -> Doc:
    """Reads the relations between the mentions."""
    doc.user_data["kg.relations"] = reading.relations(
        _text(doc), _found(doc), dict(doc.user_data["kg.aliases"])
    )
    return doc


STAGES = ("kg_words", "kg_names", "kg_lists", "kg_resolve", "kg_relations")


@functools.cache
def pipeline() -> Language:
    """Returns the assembled pipeline; it holds no state between texts."""
    nlp = spacy.blank("zh", config={"nlp": {"tokenizer": {"@tokenizers": "kg.ZhCharRun.v1"}}})
    for stage in STAGES:
        nlp.add_pipe(stage)
    nlp.max_length = 10_000_000
    return nlp
