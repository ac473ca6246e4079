"""Words on the picture of a page put together as lines and tables in reading order."""

from collections.abc import Sequence

from ingest.documents.drawnlines import drawn_tables
from ingest.documents.laidout import laid_out
from ingest.documents.pages import Part
from ingest.documents.recognition import Picture, Word


def printed_parts(picture: Picture, words: Sequence[Word], *, page: int) -> list[Part]:
    """Lines and tables from top to bottom, of an upright picture and the words on it."""
    return laid_out(drawn_tables(picture), words, page=page)
