"""Drawings of parts of the graph as pages that stand alone."""

from api.drawing.choice import chosen_part
from api.drawing.page import drawing_page

__all__ = ["chosen_part", "drawing_page"]
