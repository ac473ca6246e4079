"""The kinds of source a caller may name."""

import typer

from ingest.sources.recognition import source_names


def said_source(text: str) -> str:
    """The same text. Raises: BadParameter when no source has this name."""
    if text and text not in source_names():
        raise typer.BadParameter(f"未知的来源 {text}；可用的来源：{'、'.join(source_names())}")
    return text
