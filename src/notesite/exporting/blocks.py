"""Block tokens as LaTeX: headings, lists, theorems, callouts, footnotes, embeds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markdown_it.tree import SyntaxTreeNode

from notesite.exporting import embeds
from notesite.exporting.anchors import collect_anchors
from notesite.exporting.floats import Floats
from notesite.exporting.inlines import plain_html
from notesite.exporting.macros import local_definitions, own_macros, used_commands
from notesite.exporting.results import Results

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from markdown_it.token import Token

    from notesite.exporting.inlines import Inlines
    from notesite.exporting.material import Material
    from notesite.markdown.note import ReadNote
    from notesite.markdown.results.tokens import Written
    from notesite.math import Macro

_SECTIONS = ("section", "subsection", "subsubsection", "paragraph", "subparagraph")


class Blocks:
    """Writes the blocks of one document; `inlines` writes what is in their lines."""

    def __init__(self, material: Material, inlines: Inlines) -> None:
        self._material = material
        self._inlines = inlines
        self.results = Results(material, inlines)
        self.floats = Floats(inlines, self._line, self.sequence)
        self.has_callouts = False
        self._footnotes: dict[int, SyntaxTreeNode] = {}
        self._macros: dict[str, Macro] = {}
        """Those of the document's own note."""
        self._noted: dict[int, None] = {}
        self._around: tuple[str, ...] = ()
        self._shift = 0
        self._home = ""
        """What is said of the next result: whose it is."""
        inlines.footnote = self._footnote

    def note(self, read: ReadNote) -> str:
        """The body of a note."""
        root = SyntaxTreeNode(list(read.tokens))
        self._around = (f"{read.note.path}#",)
        self._macros = own_macros(read.note)
        self._enter(read.note.path, read.note.file)
        collect_anchors(root, self._inlines)
        self._footnotes = _footnotes(root)
        if self._material.config.math.number == "referenced":
            self._inlines.own_numbers = _numbers(read)
        return self.sequence(root.children)

    def _enter(self, path: str, file: str) -> None:
        self._inlines.path, self._inlines.file = path, file

    # Sequences

    def sequence(self, nodes: Iterable[SyntaxTreeNode]) -> str:
        """Blocks with an empty line between them, but where a sentence goes on around a formula."""
        pieces: list[str] = []
        before = ""
        for node in nodes:
            text = self._node(node).strip("\n")
            if not text.strip():
                continue
            if pieces:
                goes_on = node.type == "math" and before == "paragraph"
                goes_on |= before == "math" and _goes_on(node, text)
                pieces.append("\n" if goes_on else "\n\n")
            pieces.append(text)
            before = node.type
        return "".join(pieces)

    def _node(self, node: SyntaxTreeNode) -> str:
        write = _WRITERS.get(node.type)
        if write is not None:
            return str(write(self, node))
        return self.sequence(node.children) if node.children else ""

    def _inline(self, node: SyntaxTreeNode) -> str:
        return self._inlines.write(_token(node))

    def _line(self, node: SyntaxTreeNode) -> str:
        """What stands in a heading or a caption, in one line."""
        inner = next((child for child in node.children if child.type == "inline"), None)
        return " ".join(self._inline(inner).split()) if inner else ""

    # Text

    def _paragraph(self, node: SyntaxTreeNode) -> str:
        return self._line_of_paragraph(node)

    def _line_of_paragraph(self, node: SyntaxTreeNode) -> str:
        return "".join(self._inline(child) for child in node.children)

    def _heading(self, node: SyntaxTreeNode) -> str:
        level = int(node.tag[1]) - 2 + self._shift
        command = _SECTIONS[min(max(level, 0), len(_SECTIONS) - 1)]
        name = str(node.attrs.get("id", ""))
        is_own = not self._shift and bool(name)
        label = f"\\label{{sec:{name}}}" if is_own else ""
        command += "*" if self._shift else ""
        title = self._line(node)
        plain = " ".join(plain_html(_words(node)).split())
        shown = f"\\texorpdfstring{{{title}}}{{{self._inlines.text(plain)}}}"
        return f"\\{command}{{{shown if '$' in title else title}}}{label}"

    def _rule(self, _: SyntaxTreeNode) -> str:
        return "\\begin{center}\\rule{0.4\\linewidth}{0.4pt}\\end{center}"

    def _quote(self, node: SyntaxTreeNode) -> str:
        return f"\\begin{{quote}}\n{self.sequence(node.children)}\n\\end{{quote}}"

    def _math(self, node: SyntaxTreeNode) -> str:
        return self._inlines.math(_token(node))

    def _html(self, node: SyntaxTreeNode) -> str:
        words = " ".join(plain_html(node.content).split())
        if any(f"<{tag}" in node.content for tag in ("iframe", "video", "audio", "svg", "object")):
            span = None
            message = "a block of HTML that has no likeness on paper is left out"
            self._material.report("export-left-out", message, self._inlines.file, span)
        return self._inlines.text(words)

    # Lists

    def _list(self, node: SyntaxTreeNode) -> str:
        is_ordered = node.type == "ordered_list"
        name = "enumerate" if is_ordered else "itemize"
        start = int(str(node.attrs.get("start", 1)))
        options = f"[start={start}]" if is_ordered and start != 1 else ""
        items = "\n".join(self._item(child) for child in node.children)
        return f"\\begin{{{name}}}{options}\n{items}\n\\end{{{name}}}"

    def _item(self, node: SyntaxTreeNode) -> str:
        inner = self.sequence(node.children)
        # A bracket behind `\item` would be its label.
        guard = "{}" if inner.lstrip().startswith("[") else ""
        return f"\\item{guard} {inner}"

    def _definitions(self, node: SyntaxTreeNode) -> str:
        lines = []
        for child in node.children:
            if child.type == "dt":
                lines.append(f"\\item[{{{self._line(child)}}}]")
            else:
                lines.append(self.sequence(child.children))
        body = "\n".join(lines)
        return f"\\begin{{description}}\n{body}\n\\end{{description}}"

    # Tables, code, figures

    def _float(self, node: SyntaxTreeNode) -> str:
        self.floats.has_labels = not self._shift
        writers = {"table": self.floats.table, "figure": self.floats.figure}
        return writers.get(node.type, self.floats.code)(node)

    # Results and callouts

    def _result(self, node: SyntaxTreeNode) -> str:
        written: Written = node.meta["result"]
        title = next((c for c in node.children if c.type == "result_title"), None)
        body = next((c for c in node.children if c.type == "result_body"), node)
        name = self._line(title) if title is not None and written.name else ""
        of = self._line(title) if title is not None and written.of else ""
        home, self._home = self._home, ""
        inner = self.sequence(body.children)
        if home:
            inner = f"\\textup{{{home}}} {inner}"
        return self.results.write(written, name or of, inner, is_embedded=bool(self._shift))

    def _callout(self, node: SyntaxTreeNode) -> str:
        self.has_callouts = True
        title = next((c for c in node.children if c.type == "callout_title"), None)
        body = next((c for c in node.children if c.type == "callout_body"), None)
        name = self._line(title) if title is not None else ""
        inner = self.sequence(body.children) if body is not None else ""
        return f"\\begin{{callout}}{{{name}}}\n{inner}\n\\end{{callout}}"

    def _drawing(self, node: SyntaxTreeNode) -> str:
        message = f"the drawing '{_token(node).meta['name']}' is left out"
        self._material.report("export-left-out", message, self._inlines.file, None)
        return ""

    def _nothing(self, _: SyntaxTreeNode) -> str:
        return ""

    # Footnotes and embeds

    def _footnote(self, number: int) -> str:
        node = self._footnotes.get(number)
        if node is None or number in self._noted:
            at = list(self._noted).index(number) + 1 if number in self._noted else ""
            return f"\\footnotemark[{at}]" if at else ""
        self._noted[number] = None
        outer, self.floats.in_argument = self.floats.in_argument, True
        in_cell, self._inlines.in_cell = self._inlines.in_cell, False
        inner = self.sequence(node.children)
        self.floats.in_argument, self._inlines.in_cell = outer, in_cell
        return f"\\footnote{{{inner}}}"

    def _embed(self, node: SyntaxTreeNode) -> str:
        reference = node.meta["reference"]
        found = embeds.find(reference, self._inlines.path, self._material)
        if found is None:
            span = reference.span
            message = f"'{reference.text or reference.target}' is not embedded in a document"
            self._material.report("export-left-out", message, self._inlines.file, span)
            return self._inlines.text(reference.text or reference.target)
        return self._shown_again(found)

    def _restatement(self, node: SyntaxTreeNode) -> str:
        """A result again, with its number."""
        reference = node.meta["reference"]
        found = embeds.find_result(reference, self._inlines.path, self._material)
        if found is None:
            return self._inlines.text(reference.text or reference.fragment)
        _, read, _ = found
        if read.note.path != self._inlines.path:
            self._home = self._inlines.citations.elsewhere.home(read.note)
        shown = self._shown_again(found)
        self._home = ""
        return shown

    def _shown_again(self, found: embeds.Part) -> str:
        key, read, nodes = found
        if key in self._around or len(self._around) > embeds.DEEPEST:
            return ""
        return self._embedded(key, read, nodes)

    def _embedded(self, key: str, read: ReadNote, nodes: Sequence[SyntaxTreeNode]) -> str:
        outer = (self._inlines.path, self._inlines.file, self._around, self._shift, self._footnotes)
        numbers, self._inlines.numbers = self._inlines.numbers, _numbers(read)
        self._enter(read.note.path, read.note.file)
        self._around = (*self._around, key)
        self._shift += 1
        self._footnotes = _footnotes(SyntaxTreeNode(list(read.tokens)))
        noted, self._noted = self._noted, {}
        before = len(self._inlines.formulas)
        inner = self.sequence(nodes)
        defined = self._definitions_of(read, self._inlines.formulas[before:])
        path, file, self._around, self._shift, self._footnotes = outer
        self._noted, self._inlines.numbers = noted, numbers
        self._enter(path, file)
        # What is embedded keeps the count of the document as it is.
        return "\n".join(["\\begin{embedded}", *defined, inner, "\\end{embedded}"])

    def _definitions_of(self, read: ReadNote, formulas: list[str]) -> list[str]:
        """The macros of an embedded note that are not the document's own, for the embed alone."""
        own = own_macros(read.note)
        others = {name: own[name] for name in own if self._macros.get(name) != own[name]}
        # What they are made of must be defined, too.
        self._inlines.formulas += [macro.body for macro in others.values()]
        return local_definitions(used_commands(formulas), others)


def _footnotes(root: SyntaxTreeNode) -> dict[int, SyntaxTreeNode]:
    """The footnotes of a note by their numbers."""
    return {node.meta["id"]: node for node in root.walk() if node.type == "footnote"}


def _goes_on(node: SyntaxTreeNode, text: str) -> bool:
    """Whether a paragraph behind a formula is a part of the sentence before it."""
    return node.type == "paragraph" and (text[0].islower() or text[0] in ",;:.")


def _numbers(read: ReadNote) -> dict[str, str]:
    """The numbers of a note's equations by their labels."""
    equations = (each for each in read.note.labels if each.kind == "equation")
    return {each.name.removeprefix("^"): each.number for each in equations}


def _token(node: SyntaxTreeNode) -> Token:
    token = node.token if node.token is not None else None
    assert token is not None
    return token


def _words(node: SyntaxTreeNode) -> str:
    return "".join(
        child.content for child in node.walk() if child.type in {"text", "code_inline", "math"}
    )


_WRITERS: dict[str, Any] = {
    "paragraph": Blocks._paragraph,  # noqa: SLF001 - a table of this class's methods
    "inline": Blocks._inline,  # noqa: SLF001
    "heading": Blocks._heading,  # noqa: SLF001
    "hr": Blocks._rule,  # noqa: SLF001
    "blockquote": Blocks._quote,  # noqa: SLF001
    "math": Blocks._math,  # noqa: SLF001
    "html_block": Blocks._html,  # noqa: SLF001
    "bullet_list": Blocks._list,  # noqa: SLF001
    "ordered_list": Blocks._list,  # noqa: SLF001
    "dl": Blocks._definitions,  # noqa: SLF001
    "table": Blocks._float,  # noqa: SLF001
    "fence": Blocks._float,  # noqa: SLF001
    "code_block": Blocks._float,  # noqa: SLF001
    "figure": Blocks._float,  # noqa: SLF001
    "result": Blocks._result,  # noqa: SLF001
    "callout": Blocks._callout,  # noqa: SLF001
    "drawing": Blocks._drawing,  # noqa: SLF001
    "footnote_block": Blocks._nothing,  # noqa: SLF001
    "footnote_anchor": Blocks._nothing,  # noqa: SLF001
    "embed": Blocks._embed,  # noqa: SLF001
    "restate": Blocks._restatement,  # noqa: SLF001
}
