"""What in a note can be referred to: its headings, results, equations, figures and tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notesite.exporting import code
from notesite.exporting.citations import label_key
from notesite.text import anchor

if TYPE_CHECKING:
    from collections.abc import Iterable

    from markdown_it.tree import SyntaxTreeNode

    from notesite.exporting.inlines import Inlines
    from notesite.markdown.results.tokens import Written


def collect_anchors(root: SyntaxTreeNode, inlines: Inlines) -> None:
    """Tell `inlines` which label of the document each name in the note means."""
    for node in root.walk(include_self=False):
        if node.type == "heading":
            _heading(node, inlines)
        elif node.type == "result" and node.meta["result"].anchor:
            written: Written = node.meta["result"]
            _name(inlines, filter(None, (written.label, written.anchor)), written.anchor)
        elif node.type == "math":
            _equations(node, inlines)
        elif node.type in {"figure", "table"} and node.attrs.get("id"):
            label = str(node.attrs["id"])
            _name(inlines, (label,), label)


def _heading(node: SyntaxTreeNode, inlines: Inlines) -> None:
    own = str(node.attrs.get("id", ""))
    source = node.children[0].content if node.children else ""
    for name in (own, source, anchor(source)):
        inlines.anchors.setdefault(name, f"sec:{own}")
    inlines.citations.own_labels[label_key(own)] = f"sec:{own}"


def _equations(node: SyntaxTreeNode, inlines: Inlines) -> None:
    labels = code.labels_in(node.content)
    block_id = str(node.meta.get("block_id", ""))
    for label in (*labels, *((block_id,) if block_id else ())):
        target = label if label in labels else block_id
        if labels and label == block_id:
            target = labels[0]
        _name(inlines, (label,), target)
        inlines.anchors[f"^{label}"] = target


def _name(inlines: Inlines, names: Iterable[str], target: str) -> None:
    for name in names:
        inlines.citations.own_labels[label_key(name)] = target
        inlines.anchors[name] = target
