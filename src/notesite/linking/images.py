"""What an image says of itself: its size, and what it shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notesite.linking.urls import relative_url

if TYPE_CHECKING:
    from notesite.model import ImageSize, Reference


def alt_hint(reference: Reference) -> tuple[str, ...]:
    """How to write an alternative text."""
    written = "![[" + reference.target + "|what it shows]]"
    other = f"![what it shows]({relative_url('', reference.target)})"
    return (f"write {written if reference.is_wikilink else other}",)


def sized(attributes: dict[str, str], size: ImageSize | None) -> dict[str, str]:
    """The attributes with both width and height, where the image's own proportions are known."""
    if size is None or "height" in attributes:
        return attributes
    width, height = size
    if "width" not in attributes:
        return {**attributes, "width": str(width), "height": str(height)}
    if not attributes["width"].isdigit() or not width:
        return attributes
    return {**attributes, "height": str(round(int(attributes["width"]) * height / width))}
