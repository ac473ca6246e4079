"""What a request is given: the graph at one version, with what is prepared for it."""

from collections.abc import Iterator
from typing import Annotated

from fastapi import Depends, Request

from api.graph import View
from kg.store.canonical import CanonicalReader


def view(request: Request) -> Iterator[View]:
    """The graph for the length of one request."""
    with request.app.state.graph.view() as opened:
        yield opened


Ready = Annotated[View, Depends(view)]


def reader_of(opened: Ready) -> CanonicalReader:
    """What is one thing shown as one."""
    return opened.reader


Reader = Annotated[CanonicalReader, Depends(reader_of)]
