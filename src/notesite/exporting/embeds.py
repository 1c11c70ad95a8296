"""What an embed shows of another note: all of it, a section, a block."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markdown_it.tree import SyntaxTreeNode

from notesite.linking import embedding
from notesite.text import anchor, slugify

if TYPE_CHECKING:
    from collections.abc import Sequence

    from notesite.exporting.material import Material
    from notesite.markdown.note import ReadNote
    from notesite.model import Reference

DEEPEST = embedding.DEEPEST


Part = tuple[str, "ReadNote", "Sequence[SyntaxTreeNode]"]
"""A part of a note: a name of its own, the note, its blocks."""


def find_result(reference: Reference, path: str, material: Material) -> Part | None:
    """The result that a restatement names; None without one."""
    homes = material.labels.find(reference.fragment, path)
    read = material.read(homes[0].path) if homes else None
    if read is None:
        return None
    name = homes[0].label.anchor
    part = _result(SyntaxTreeNode(list(read.tokens)).children, name)
    return (f"{homes[0].path}#{name}", read, part) if part else None


def find(reference: Reference, path: str, material: Material) -> Part | None:
    """The embedded part with a name of its own and the note that it is of; None without one."""
    if embedding.is_medium(reference.target):
        return None
    found = material.finder.by_name(reference.target, path) if reference.target else None
    target = found.path if found else "" if reference.target else path
    read = material.read(target) if target else None
    if read is None:
        return None
    nodes = SyntaxTreeNode(list(read.tokens)).children
    fragment = reference.fragment
    if fragment.startswith("^"):
        part = _block(nodes, fragment)
    elif fragment:
        name = fragment.rpartition("#")[2]
        part = _section(nodes, name) or _result(nodes, name)
    else:
        part = nodes
    return (f"{target}#{fragment}", read, part) if part else None


def _section(nodes: Sequence[SyntaxTreeNode], name: str) -> Sequence[SyntaxTreeNode]:
    start = next((at for at, node in enumerate(nodes) if _is_named(node, name)), None)
    if start is None:
        return ()
    level = nodes[start].tag
    rest = range(start + 1, len(nodes))
    end = next((at for at in rest if _ends(nodes[at], level)), len(nodes))
    return nodes[start:end]


def _result(nodes: Sequence[SyntaxTreeNode], name: str) -> Sequence[SyntaxTreeNode]:
    """The result of that label."""
    for node in (each for top in nodes for each in top.walk()):
        if node.type == "result" and name in {
            node.meta["result"].anchor,
            node.meta["result"].label,
        }:
            return [node]
    return ()


def _is_named(node: SyntaxTreeNode, name: str) -> bool:
    if node.type != "heading":
        return False
    own = str(node.attrs.get("id", ""))
    source = node.children[0].content if node.children else ""
    return own in {name, anchor(name)} or slugify(source) == slugify(name) != ""


def _ends(node: SyntaxTreeNode, level: str) -> bool:
    return node.type == "footnote_block" or (node.type == "heading" and node.tag <= level)


def _block(nodes: Sequence[SyntaxTreeNode], name: str) -> Sequence[SyntaxTreeNode]:
    marks = [at for at, node in enumerate(nodes) if _marks(node, name)]
    if len(marks) > 1:
        return nodes[marks[0] : marks[1]]
    for node in nodes:
        inner = _block(node.children, name) if node.children else ()
        if inner:
            return inner
    return ()


def _marks(node: SyntaxTreeNode, name: str) -> bool:
    return node.type == "part" and node.meta["reference"].fragment == name
