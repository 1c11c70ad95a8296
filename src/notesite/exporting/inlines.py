"""Inline tokens as LaTeX: text and its marks, links, formulas, references, citations."""

from __future__ import annotations

import re
from html import unescape
from itertools import pairwise
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from notesite.exporting.citations import Citations
from notesite.exporting.formulas import (
    cell_formula,
    display_formula,
    inline_formula,
    only_referred,
    with_characters,
    with_numbers,
    with_proofs,
    with_quantities,
)
from notesite.latex_text import latex_address
from notesite.linking.labels import labelled
from notesite.markdown.references import is_external
from notesite.model import Reference, ReferenceKind
from notesite.text import anchor

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from markdown_it.token import Token

    from notesite.exporting.characters import Characters
    from notesite.exporting.figures import Figures
    from notesite.exporting.formulas import Formula
    from notesite.exporting.material import Material

_MARKS = {
    "em_open": "\\emph{", "strong_open": "\\textbf{",
    "s_open": "\\struck{", "mark_open": "\\marked{",
    "em_close": "}", "strong_close": "}", "s_close": "}", "mark_close": "}",
}  # fmt: skip
_HTML_MARKS = {
    "sub": "\\textsubscript{", "sup": "\\textsuperscript{", "b": "\\textbf{", "strong": "\\textbf{",
    "i": "\\emph{", "em": "\\emph{", "u": "\\underline{", "kbd": "\\texttt{", "code": "\\texttt{",
    "small": "{\\small ", "s": "\\struck{", "del": "\\struck{",
    "mark": "\\marked{",
}  # fmt: skip
_EMPTY = "notesite_empty"
"""The key of a link's `meta` that says that it has no words of its own."""
_TAG = re.compile(r"<(/?)([a-zA-Z0-9]+)[^<>]*>")


class Inlines:
    """Writes the inline tokens of one document."""

    def __init__(self, material: Material, characters: Characters, figures: Figures) -> None:
        self._material = material
        self._characters = characters
        self._figures = figures
        self.citations = Citations(material, self)
        self.file = ""
        self.path = ""
        self.footnote: Callable[[int], str] = str
        self.anchors: dict[str, str] = {}
        """The labels of the document's sections by their anchors, for links within it."""
        self.in_cell = False
        self.numbers: dict[str, str] | None = None
        """Within an embed the numbers that its equations have at home, by their labels."""
        self.own_numbers: dict[str, str] | None = None
        """The numbers of the document's equations, where only what is referred to has one."""
        self.formulas: list[str] = []
        self._closings: list[str] = []
        self._html: list[str] = []

    def text(self, text: str) -> str:
        """Plain text as LaTeX."""
        return self._characters.text(text)

    def write(self, inline: Token | None) -> str:
        """An inline token and all that it holds."""
        return self.sequence(inline.children or []) if inline is not None else ""

    def sequence(self, tokens: Sequence[Token]) -> str:
        """Tokens one behind the other; what HTML opens among them and leaves open is closed."""
        outer, self._html = self._html, []
        latex = "".join(self._token(token) for token in _with_words(tokens))
        latex += "}" * len(self._html)
        self._html = outer
        return latex

    def _token(self, token: Token) -> str:
        write = _WRITERS.get(token.type)
        if write is not None:
            return str(write(self, token))
        if token.type in _MARKS:
            return _MARKS[token.type]
        return self.sequence(token.children) if token.children else ""

    # Text

    def _text(self, token: Token) -> str:
        return self.text(token.content)

    def _soft_break(self, _: Token) -> str:
        return " " if self.in_cell else "\n"

    def _hard_break(self, _: Token) -> str:
        return "\\newline " if self.in_cell else "\\\\\n"

    def _code(self, token: Token) -> str:
        return f"\\texttt{{{self.text(token.content).replace('--', '-{}-')}}}"

    def _html_inline(self, token: Token) -> str:  # noqa: PLR0911 - a kind of tag each
        found = _TAG.match(token.content)
        if found is None:
            return ""
        closing, name = found[1], found[2].lower()
        if name == "br":
            return self._hard_break(token)
        if "checkbox" in token.content:
            return "$\\boxtimes$ " if "checked" in token.content else "$\\square$ "
        if name not in _HTML_MARKS:
            return ""
        if not closing:
            self._html.append(name)
            return _HTML_MARKS[name]
        if name in self._html:
            self._html.remove(name)
            return "}"
        return ""

    # Formulas

    def math(self, token: Token) -> str:
        """A formula, within a line or displayed."""
        if token.meta.get("failed"):
            # The site says what is wrong with it; LaTeX would stop at it.
            return f"\\texttt{{{self.text(token.content)}}}"
        written = with_proofs(with_quantities(token.content))
        tex = self._characters.formula(with_characters(written))
        formula = self._formula(token, tex)
        self.formulas += [formula.definitions, formula.latex]
        before, after = (self.text(token.meta.get(key, "")) for key in ("before", "after"))
        lines = "\n" if formula.definitions else ""
        return f"{formula.definitions}{lines}{before}{formula.latex}{after}"

    def short_formula(self, tex: str) -> str:
        """A formula within a line, of a title or a name."""
        formula = inline_formula(self._characters.formula(with_characters(with_quantities(tex))))
        self.formulas += [formula.definitions, formula.latex]
        return formula.latex

    def _formula(self, token: Token, tex: str) -> Formula:
        if token.meta["inline"] or (token.meta["display"] and self.in_cell):
            return cell_formula(tex)
        if not token.meta["display"]:
            return inline_formula(tex)
        numbered = self._material.config.math.number == "all"
        block_id = str(token.meta.get("block_id", ""))
        if self.numbers is None and self.own_numbers is not None:
            number = self.own_numbers.get(block_id, "")
            shown = tex + (f"\\tag{{{number}}}" if number else "")
            label = block_id if number else ""
            return display_formula(only_referred(shown, self.own_numbers), label=label)
        if self.numbers is None:
            return display_formula(tex, label=block_id, numbered=numbered)
        number = self.numbers.get(block_id, "")
        shown = with_numbers(tex, self.numbers) + (f"\\tag{{{number}}}" if number else "")
        return display_formula(shown)

    # Links

    def _link_open(self, token: Token) -> str:
        address, words = self._address(token)
        if address:
            self._closings.append("}")
            return f"{address}{{{words}"
        self._closings.append("")
        return words

    def _link_close(self, _: Token) -> str:
        return self._closings.pop() if self._closings else ""

    def _address(self, token: Token) -> tuple[str, str]:
        """The command that opens a link, empty where it leads nowhere, and words of its own."""
        reference: Reference | None = token.meta.get("reference")
        href = str(token.attrs.get("href", ""))
        if reference is None and is_external(href):
            return f"\\href{{{latex_address(href)}}}", ""
        if reference is None:
            path, _, fragment = href.partition("#")
            text = "" if _EMPTY in token.meta else None
            reference = Reference(ReferenceKind.NOTE, unquote(path), unquote(fragment), text=text)
        if not reference.target or self._find(reference) == self.path:
            return self._inner_address(reference)
        return self._outer_address(reference)

    def _inner_address(self, reference: Reference) -> tuple[str, str]:
        """A link within the document: to a section, an equation, a result."""
        name = reference.fragment
        label = self.anchors.get(name) or self.anchors.get(anchor(name))
        words = self.text(reference.text or "")
        if label is None or self.numbers is not None:
            return "", words
        if reference.text is None:
            return f"\\hyperref[{label}]", ""
        said = self.citations.displayed(label, self.path)
        if said:
            return f"\\hyperref[{label}]", said
        command = "nameref*" if label.startswith("sec:") else "cref*"
        return f"\\hyperref[{label}]", f"\\{command}{{{label}}}"

    def _outer_address(self, reference: Reference) -> tuple[str, str]:
        path = self._find(reference) or ""
        note, url = self._material.notes.get(path), self._material.urls.get(path, "")
        words = reference.text or ""
        label = labelled(note, reference.fragment) if note and reference.fragment else None
        place = label.anchor if label else anchor(reference.fragment)
        address = latex_address(f"{url}#{place}" if reference.fragment else url)
        shown = self.text(words)
        if reference.text is not None and note is not None and label is not None:
            shown = self.citations.elsewhere.name(label, note)
        elif reference.text is not None and note is not None and not (words and place):
            shown = self.citations.elsewhere.title(note)
        return (f"\\href{{{address}}}" if url else ""), shown

    def _find(self, reference: Reference) -> str | None:
        found = self._material.finder.relative(reference.target, self.path)
        found = found or self._material.finder.by_name(reference.target, self.path)
        return found.path if found else None

    def _tag(self, token: Token) -> str:
        return self.text(token.content)

    # Images, footnotes, references

    def _image(self, token: Token) -> str:
        return self._figures.graphic(token, self.path, self.file) or self.sequence(
            token.children or []
        )

    def _footnote(self, token: Token) -> str:
        return self.footnote(token.meta["id"])

    def _cite(self, token: Token) -> str:
        return self.citations.write(token, self.path, self.file)

    def _embed(self, token: Token) -> str:
        return self.text(token.content)


def _with_words(tokens: Sequence[Token]) -> Iterator[Token]:
    """The tokens, links without a text marked as those that say what they lead to."""
    for token, following in pairwise([*tokens, None]):
        assert token is not None
        is_empty = token.type == "link_open" and following and following.type == "link_close"
        yield token.copy(meta={**token.meta, _EMPTY: True}) if is_empty else token


def plain_html(html: str) -> str:
    """The text of raw HTML."""
    return unescape(re.sub(r"<!--.*?-->|<[^<>]*>", "", html, flags=re.DOTALL))


_WRITERS: dict[str, Any] = {
    "text": Inlines._text,  # noqa: SLF001 - a table of this class's methods
    "softbreak": Inlines._soft_break,  # noqa: SLF001
    "hardbreak": Inlines._hard_break,  # noqa: SLF001
    "code_inline": Inlines._code,  # noqa: SLF001
    "html_inline": Inlines._html_inline,  # noqa: SLF001
    "math": Inlines.math,
    "link_open": Inlines._link_open,  # noqa: SLF001
    "link_close": Inlines._link_close,  # noqa: SLF001
    "image": Inlines._image,  # noqa: SLF001
    "footnote_ref": Inlines._footnote,  # noqa: SLF001
    "cite": Inlines._cite,  # noqa: SLF001
    "tag": Inlines._tag,  # noqa: SLF001
    "embed": Inlines._embed,  # noqa: SLF001
}
