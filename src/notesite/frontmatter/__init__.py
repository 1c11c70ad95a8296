"""Front matter: the YAML block that opens a note, typed and checked.

`reading` is imported where it is used, as YAML is slow to import.
"""

from notesite.frontmatter.block import FrontMatterBlock, missed_front_matter, split_front_matter

__all__ = [
    "FrontMatterBlock",
    "missed_front_matter",
    "split_front_matter",
]
