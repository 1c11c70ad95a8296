"""What a font file says of itself: its style, its weights, its characters."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from notesite.styling.faces import Face, unicode_range
from notesite.styling.measures import fallback_faces

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fontTools.ttLib import TTFont


class FontError(Exception):
    """A file that is no font, or not the kind of font that is wanted; the message says which."""


def open_font(path: str, content: bytes) -> TTFont:
    """The font in a file; raises FontError where there is none."""
    from fontTools.ttLib import TTFont, TTLibError  # noqa: PLC0415 - slow to import

    try:
        return TTFont(io.BytesIO(content), recalcTimestamp=False, lazy=True)
    except (TTLibError, OSError, ValueError, AssertionError) as error:
        message = f"'static/{path}' is no font that can be read"
        raise FontError(message) from error


def read_family(family: str, files: Mapping[str, bytes], *, with_fallback: bool) -> str:
    """The rules that declare the files as one family, by path; raises FontError.

    `with_fallback` adds the stand-ins, with the measures of the first upright and slanted file.
    """
    fonts = {path: open_font(path, content) for path, content in files.items()}
    faces = [_face(family, path, font) for path, font in fonts.items()]
    rules = [face.css() for face in faces]
    styles = {face.style: fonts[face.files[0]] for face in reversed(faces)}
    if with_fallback and "normal" in styles:
        rules.insert(0, fallback_faces(styles["normal"], styles.get("italic")))
    return "".join(rules)


def has_math(path: str, content: bytes) -> bool:
    """Whether a font can set formulas (OpenType, MATH); raises FontError."""
    return "MATH" in open_font(path, content)


def _face(family: str, path: str, font: TTFont) -> Face:
    is_italic = bool(font["OS/2"].fsSelection & 1) or bool(font["post"].italicAngle)
    style = "italic" if is_italic else "normal"
    return Face(family, (path,), style, _weights(font), unicode_range(font.getBestCmap()))


def _weights(font: TTFont) -> str:
    axes = font["fvar"].axes if "fvar" in font else ()
    axis = next((axis for axis in axes if axis.axisTag == "wght"), None)
    if axis is None:
        return str(font["OS/2"].usWeightClass)
    return f"{axis.minValue:g} {axis.maxValue:g}"
