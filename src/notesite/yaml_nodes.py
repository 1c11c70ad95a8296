"""What is wrong with a YAML document before anything in it is constructed.

PyYAML's safe loader builds only plain values, but it walks into aliases and merge keys that expand
without end, takes the last of equal keys in silence, and lets escapes write characters that no page
may hold. All of that can be seen in the graph of nodes, whose size the text bounds.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

MAXIMUM_NODES = 5_000
"""How many nodes front matter may hold, its aliases written out."""

_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
"""What YAML text may not hold (YAML 1.2, section 5.1), and neither may HTML or XML.

Named one by one: what may be held, in a set with `^`, takes ten times as long to compile.
"""


def unprintable(text: str) -> re.Match[str] | None:
    """The first character of `text` that no YAML, HTML or XML may hold."""
    return _UNPRINTABLE.search(text)


def too_large(root: yaml.Node | None) -> yaml.Node | None:
    """The node that makes the document too large or endless; for a mapping the key at its top."""
    if root is None:
        return None
    sizes: dict[int, int] = {}
    parts = [(key, value) for key, value in root.value] if _is_mapping(root) else [(root, root)]
    total = 1
    for key, value in parts:
        try:
            total += _expanded_size(value, sizes, {id(root)} if key is not root else set())
        except RecursionError:
            return key
        if total > MAXIMUM_NODES:
            return key
    return None


def repeated_keys(node: yaml.Node) -> Iterator[yaml.Node]:
    """The keys within `node`, at any depth, that stand in one mapping for a second time.

    The document must not be too large.
    """
    if _is_mapping(node):
        seen: set[str] = set()
        for key, value in node.value:
            name = str(key.value)
            if name in seen:
                yield key
            seen.add(name)
            yield from repeated_keys(value)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from repeated_keys(item)


def _is_mapping(node: yaml.Node) -> bool:
    return isinstance(node, yaml.MappingNode)


def _expanded_size(node: yaml.Node, sizes: dict[int, int], above: set[int]) -> int:
    key = id(node)
    if key in above:
        return MAXIMUM_NODES + 1
    if key not in sizes:
        if isinstance(node, yaml.MappingNode):
            children = [child for pair in node.value for child in pair]
        else:
            children = list(node.value) if isinstance(node, yaml.SequenceNode) else []
        above.add(key)
        sizes[key] = 1 + sum(_expanded_size(child, sizes, above) for child in children)
        above.remove(key)
    return sizes[key]
