"""Tables, code and figures in LaTeX, with what stands above or below them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notesite.exporting import code, tables
from notesite.markdown.code import fence_language

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from markdown_it.tree import SyntaxTreeNode

    from notesite.exporting.inlines import Inlines

_PARTS = frozenset({"thead", "tbody"})


class Floats:
    """Writes what may have a caption; `line` and `sequence` write what they hold."""

    def __init__(
        self,
        inlines: Inlines,
        line: Callable[[SyntaxTreeNode], str],
        sequence: Callable[[Iterable[SyntaxTreeNode]], str],
    ) -> None:
        self._inlines = inlines
        self._line = line
        self._sequence = sequence
        self.uses: set[str] = set()
        """What the preamble must bring: `code`, `captions`."""
        self.in_argument = False
        """Whether what is written stands in the argument of a command."""
        self.has_labels = True
        """Whether what is written is the document's own, and can be referred to."""

    def table(self, node: SyntaxTreeNode) -> str:
        """A table with its caption."""
        self._inlines.in_cell = True
        parts = [part for part in node.children if part.type in _PARTS]
        rows = [
            [(cell, self._line(cell)) for cell in row.children]
            for part in parts
            for row in part.children
        ]
        self._inlines.in_cell = False
        has_head = any(part.type == "thead" for part in parts)
        return tables.table(rows, has_head=has_head, caption=self._caption(node, "caption"))

    def code(self, node: SyntaxTreeNode) -> str:
        """A block of code."""
        token = node.token
        language = fence_language(token) if token and node.type == "fence" else ""
        if self.in_argument:
            lines = node.content.rstrip("\n").split("\n")
            return "\\\\\n".join(f"\\texttt{{{self._inlines.text(line)}}}" for line in lines)
        self.uses.add("code")
        return code.listing(node.content, language)

    def figure(self, node: SyntaxTreeNode) -> str:
        """A picture with its caption, or code with one."""
        if "listing" in str(node.attrs.get("class", "")):
            said = self._caption(node, "figcaption", "lstlisting")
            return f"{said}\n{self._sequence(n for n in node.children if n.type == 'fence')}"
        image = self._inlines.write(node.children[0].token)
        said = self._caption(node, "figcaption")
        if not said and "\\notesitegraphic" not in image:
            return f"\\begin{{center}}\n{image}\n\\end{{center}}"
        inner = "\n".join(filter(None, (image, said)))
        return f"\\begin{{figure}}[htbp]\n\\centering\n{inner}\n\\end{{figure}}"

    def _caption(self, node: SyntaxTreeNode, kind: str, of: str = "") -> str:
        """The caption in a node; without a label it has no number, as on the page."""
        inner = next((child for child in node.children if child.type == kind), None)
        label = str(node.attrs.get("id", "")) if self.has_labels else ""
        if inner is None:
            return ""
        outer, self.in_argument = self.in_argument, True
        words = self._line(inner)
        self.in_argument = outer
        self.uses.add("captions")
        star = "" if label else "*"
        command = f"\\captionof{star}{{{of}}}" if of else f"\\caption{star}"
        return f"{command}{{{words}}}" + (f"\\label{{{label}}}" if label else "")
