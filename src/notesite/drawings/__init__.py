"""Drawings of the plugin Excalidraw as SVG, made when the site is built."""

from notesite.drawings.elements import Drawing, DrawingError, Element
from notesite.drawings.file import EXCALIDRAW, back_of, has_drawing, is_drawing, read_drawing
from notesite.drawings.svg import draw

__all__ = [
    "EXCALIDRAW",
    "Drawing",
    "DrawingError",
    "Element",
    "back_of",
    "draw",
    "has_drawing",
    "is_drawing",
    "read_drawing",
]
