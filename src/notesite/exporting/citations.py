r"""References by name in LaTeX: labels by cleveref and hyperref, works of a bibliography by natbib.

The document carries its list itself (`thebibliography`), so that one run of LaTeX is enough.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from notesite.bibliography.citing import Citation, Item
from notesite.bibliography.labels import short_names, years
from notesite.bibliography.styles import locator_text
from notesite.latex_text import latex_address
from notesite.linking.citing import words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token

    from notesite.bibliography.entries import Entry
    from notesite.bibliography.runs import Run, Text
    from notesite.exporting.inlines import Inlines
    from notesite.exporting.material import Material
    from notesite.linking.labels import Home
    from notesite.markdown.citing import CiteItem
    from notesite.model import Label, Note

_UNSAFE = re.compile(r"[^A-Za-z0-9:.+_/@*-]")
_COMMANDS = {"ref": "ref", "eqref": "eqref", "Cref": "Cref", "autoref": "Cref"}
_STYLES = {
    "italic": "emph", "bold": "textbf", "code": "texttt", "sub": "textsubscript",
    "sup": "textsuperscript", "caps": "textsc",
}  # fmt: skip


class Citations:
    """What a document cites, and how it says so."""

    def __init__(self, material: Material, inlines: Inlines) -> None:
        self._material = material
        self._inlines = inlines
        self._entries: dict[str, Entry] = {}
        self._formulas: dict[str, tuple[str, str]] = {}
        """The formulas of entries that the site can set: LaTeX is given no other."""
        self.own_labels: dict[str, str] = {}
        """The labels of this document by the names that notes give them."""

    def write(self, token: Token, path: str, file: str) -> str:
        """A reference by name."""
        items: list[CiteItem] = token.meta["items"]
        form = str(token.meta["form"])
        own = [self.own_labels.get(label_key(item.key)) for item in items]
        if all(own) and not any(item.prefix or item.suffix for item in items):
            return self._own([label for label in own if label], form)
        homes = [self._home(item.key, path) for item in items]
        if not any(own) and not any(homes):
            return self._cite(items, form, path) or self._unknown(token, file)
        pieces = [
            self._label(item, label, home) if label or home else self._cite([item], form, path)
            for item, label, home in zip(items, own, homes, strict=True)
        ]
        return "; ".join(piece or "??" for piece in pieces)

    def _unknown(self, token: Token, file: str) -> str:
        if token.meta["form"] != "prose":
            span = token.meta.get("notesite_span")
            message = f"'{token.content}' names nothing and is written as it stands"
            self._material.report("export-left-out", message, file, span)
        return self._inlines.text(token.content)

    # Labels

    @property
    def _calls_by_title(self) -> bool:
        """Whether sections are called by their titles, as they have no numbers."""
        return not self._material.numbers_sections

    def _own(self, labels: Sequence[str], form: str) -> str:
        """Labels of this document."""
        if self._calls_by_title and any(label.startswith("sec:") for label in labels):
            return ", ".join(self._one_own(label, form) for label in labels)
        return f"\\{_COMMANDS.get(form, 'cref')}{{{','.join(labels)}}}"

    def _one_own(self, label: str, form: str) -> str:
        is_title = self._calls_by_title and label.startswith("sec:")
        return f"\\{'nameref' if is_title else _COMMANDS.get(form, 'cref')}{{{label}}}"

    def _home(self, name: str, path: str) -> Home | None:
        homes = self._material.labels.find(name, path)
        return homes[0] if homes else None

    def _label(self, item: CiteItem, label: str | None, home: Home | None) -> str:
        if label:
            before = self._inlines.write(item.prefix)
            after = self._inlines.write(item.suffix)
            if item.is_adjacent:
                return f"\\hyperref[{label}]{{{after}}}"
            locator = f", {self._inlines.text(item.locator_source)}" if item.locator_source else ""
            shown = self._one_own(label, "cref")
            return f"{before}{' ' if before else ''}{shown}{locator}{after}"
        assert home
        return self._elsewhere(item, home)

    def _elsewhere(self, item: CiteItem, home: Home) -> str:
        """A label of another note: in words, with a link to its page."""
        note = self._material.notes[home.path]
        words = (
            self._inlines.write(item.suffix) if item.is_adjacent else self.name(home.label, note)
        )
        url = self._material.urls.get(home.path, "")
        address = latex_address(f"{url}#{home.label.anchor}")
        return f"\\href{{{address}}}{{{words}}}" if url else words

    def name(self, label: Label, note: Note) -> str:
        """What a label of another note is called, and whose it is."""
        kind = self._material.kinds.by_id(label.kind).title_in(self._material.words)
        number = f"({label.number})" if label.kind == "equation" else label.number
        shown = (
            f"{kind}\u00a0{number}" if label.number else label.title.text if label.title else kind
        )
        at_home = self._material.words.text("result.in_note", result=shown, note=note.title.text)
        return self._inlines.text(label.display.text if label.display else at_home)

    # Works

    def _cite(self, items: Sequence[CiteItem], form: str, path: str) -> str:
        found = [self._material.citing.find(path, item.key) for item in items]
        if not all(found):
            return ""
        for each in found:
            assert each
            self._formulas |= each.formulas
            self._entries.setdefault(each.entry.key, each.entry)
        if form == "silent":
            return f"\\nocite{{{','.join(_key(item.key) for item in items)}}}"
        if form in {"author", "year"}:
            return ", ".join(f"\\cite{form}{{{_key(item.key)}}}" for item in items)
        if form == "prose":
            return ", ".join(self._one("citet", item) for item in items)
        return self._bracket(items)

    def _bracket(self, items: Sequence[CiteItem]) -> str:
        is_plain = not any(i.prefix or i.suffix or i.locator or i.suppresses_author for i in items)
        if is_plain:
            return f"\\citep{{{','.join(_key(item.key) for item in items)}}}"
        if len(items) == 1:
            return self._one("citep", items[0])
        inner = "; ".join(self._one("citealp", item) for item in items)
        return f"\\citetext{{{inner}}}"

    def _one(self, command: str, item: CiteItem) -> str:
        if item.suppresses_author:
            command = "citeyear" if command == "citealp" else "citeyearpar"
        before = self._inlines.write(item.prefix)
        after = self._note_behind(item)
        # Braces keep a bracket in a note from ending it.
        notes = f"[{{{before}}}][{{{after}}}]" if before else f"[{{{after}}}]" if after else ""
        return f"\\{command}{notes}{{{_key(item.key)}}}"

    def _note_behind(self, item: CiteItem) -> str:
        read = Item(item.key, locator=item.locator, locator_source=item.locator_source)
        locator = self._inlines.text(locator_text(read))
        suffix = "" if item.is_adjacent and locator else self._inlines.write(item.suffix)
        return f"{locator}{suffix}" if not locator else f"{locator}{suffix}".strip()

    # The list

    def __bool__(self) -> bool:
        return bool(self._entries)

    @property
    def is_numeric(self) -> bool:
        """Whether citations are numbers."""
        style = self._material.citing.look()
        return bool(style and style.is_numeric)

    def bibliography(self) -> str:
        """The list of what is cited, as `thebibliography`."""
        style = self._material.citing.look()
        assert style
        words = words_of(self._material.words)
        citations = [Citation((Item(key),)) for key in self._entries]
        listed = style.format(citations, self._entries, words).references
        labels = years(list(self._entries.values()), words)
        lines = [
            f"\\bibitem[{{{self._short(key, labels[key])}}}]{{{_key(key)}}}\n{self.latex(text)}\n"
            for key, text in ((line.key, line.text) for line in listed)
        ]
        body = "\n".join(lines)
        return f"\\begin{{thebibliography}}{{{len(lines)}}}\n\n{body}\n\\end{{thebibliography}}"

    def _short(self, key: str, year: str) -> str:
        entry = self._entries[key]
        names = self.latex(short_names(entry, words_of(self._material.words)))
        return f"{names}({self._inlines.text(year)})"

    def latex(self, text: Text) -> str:
        """A text of a bibliography."""
        pieces: list[str] = []
        link = ""
        for run in text:
            if run.link != link:
                pieces.append("}" if link else "")
                pieces.append(f"\\href{{{latex_address(run.link)}}}{{" if run.link else "")
                link = run.link
            pieces.append(self._run(run))
        return "".join(pieces) + ("}" if link else "")

    def _run(self, run: Run) -> str:
        if run.style == "math" and run.text in self._formulas:
            self._inlines.formulas.append(run.text)
            return f"${run.text}$"
        words = self._inlines.text(run.text)
        command = _STYLES.get(run.style, "")
        return f"\\{command}{{{words}}}" if command else words


def label_key(name: str) -> str:
    """What two spellings of one label share, as notes see it: `eq:a`, `eq-a`, `^eq-a`."""
    return name.casefold().replace(":", "-").removeprefix("^")


def _key(key: str) -> str:
    return _UNSAFE.sub("-", key)
