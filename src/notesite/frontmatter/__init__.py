"""Front matter: the YAML block that opens a note, typed and checked."""

from notesite.frontmatter.block import FrontMatterBlock, missed_front_matter, split_front_matter
from notesite.frontmatter.reading import parse_front_matter

__all__ = [
    "FrontMatterBlock",
    "missed_front_matter",
    "parse_front_matter",
    "split_front_matter",
]
