r"""References by name in LaTeX: labels by cleveref and hyperref, works of a bibliography by natbib.

The document carries its list itself (`thebibliography`), so that one run of LaTeX is enough.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from notesite.bibliography.citing import Citation, Item
from notesite.bibliography.labels import short_names, years
from notesite.bibliography.styles import locator_text
from notesite.exporting.elsewhere import Elsewhere
from notesite.exporting.titles import title_in_latex
from notesite.latex_text import latex_address
from notesite.linking.citing import words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token

    from notesite.bibliography.entries import Entry
    from notesite.bibliography.runs import Run, Text
    from notesite.exporting.material import InlineWriter, Material
    from notesite.linking.labels import Home
    from notesite.markdown.citing import CiteItem

_UNSAFE = re.compile(r"[^A-Za-z0-9:.+_/@*-]")
_COMMANDS = {"ref": "ref", "eqref": "eqref", "Cref": "Cref", "autoref": "Cref"}
_STYLES = {
    "italic": "emph", "bold": "textbf", "code": "texttt", "sub": "textsubscript",
    "sup": "textsuperscript", "caps": "textsc",
}  # fmt: skip


class Citations:
    """What a document cites, and how it says so."""

    def __init__(self, material: Material, inlines: InlineWriter) -> None:
        self._material = material
        self._inlines = inlines
        self._entries: dict[str, Entry] = {}
        self._formulas: dict[str, tuple[str, str]] = {}
        """The formulas of entries that the site can set: LaTeX is given no other."""
        self.elsewhere = Elsewhere(material, inlines)
        self.own_labels: dict[str, str] = {}
        """The labels of this document by the names that notes give them."""

    def write(self, token: Token, path: str, file: str) -> str:
        """A reference by name."""
        items: list[CiteItem] = token.meta["items"]
        form = str(token.meta["form"])
        own = [self.own_labels.get(label_key(item.key)) for item in items]
        if all(own) and not any(map(_is_dressed, items)):
            return self._own([label for label in own if label], form, path)
        homes = [self._home(item.key, path) for item in items]
        if all(homes) and not any(map(_is_dressed, items)):
            return self._labels(list(zip(own, homes, strict=True)), form, path)
        if not any(own) and not any(homes):
            return self._cite(items, form, path) or self._unknown(token, file)
        pieces = [
            self._label(item, label, home, form)
            if label or home
            else self._cite([item], form, path)
            for item, label, home in zip(items, own, homes, strict=True)
        ]
        return "; ".join(piece or "??" for piece in pieces)

    def _labels(self, named: Sequence[tuple[str | None, Home | None]], form: str, path: str) -> str:
        """Labels of this document and of other notes, those that go together under one word."""
        pieces: list[str] = []
        for is_own, group in groupby(named, key=lambda each: bool(each[0])):
            found = list(group)
            if is_own:
                pieces.append(self._own([label for label, _ in found if label], form, path))
            else:
                homes = [home for _, home in found if home]
                is_all = len(found) == len(named)
                pieces += self.elsewhere.groups(homes, form, is_all=is_all)
        return self.elsewhere.listed(pieces)

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

    def _own(self, labels: Sequence[str], form: str, path: str) -> str:
        """Labels of this document."""
        if self._calls_by_title and any(label.startswith("sec:") for label in labels):
            return ", ".join(self._one_own(label, form) for label in labels)
        said = [self.displayed(label, path) for label in labels]
        shown = [
            f"\\hyperref[{label}]{{{words}}}" if words else ""
            for label, words in zip(labels, said, strict=True)
        ]
        if any(shown):
            pairs = zip(labels, shown, strict=True)
            return ", ".join(words or self._one_own(label, form) for label, words in pairs)
        # An empty name keeps cleveref from making a range of what has no numbers to count.
        comma = "," if all(self._is_counted(label, path) for label in labels) else ",,"
        return f"\\{_COMMANDS.get(form, 'cref')}{{{comma.join(labels)}}}"

    def displayed(self, label: str, path: str) -> str:
        """The words that references to a label are to say, if there are such."""
        home = self._home(label, path)
        display = home.label.display if home else None
        return title_in_latex(display, self._inlines) if display else ""

    def _is_counted(self, label: str, path: str) -> bool:
        home = self._home(label, path)
        return home is None or home.label.number.rpartition(".")[2].isdecimal()

    def _one_own(self, label: str, form: str) -> str:
        is_title = self._calls_by_title and label.startswith("sec:")
        return f"\\{'nameref' if is_title else _COMMANDS.get(form, 'cref')}{{{label}}}"

    def _home(self, name: str, path: str) -> Home | None:
        homes = self._material.labels.find(name, path)
        return homes[0] if homes else None

    def _label(self, item: CiteItem, label: str | None, home: Home | None, form: str) -> str:
        """A label with what is written around it; a capitalised word stands for its kind's."""
        before = self._inlines.write(item.prefix)
        after = self._inlines.write(item.suffix)
        last = item.prefix.content.rpartition(" ")[2] if item.prefix else ""
        is_bare = item.suppresses_author or last[:1].isupper()
        if item.is_adjacent:
            return (
                f"\\hyperref[{label}]{{{after}}}" if label else self.elsewhere.linked(home, after)
            )
        if label:
            command = "eqref" if home and home.label.kind == "equation" else "ref"
            shown = self._one_own(label, command if is_bare else "cref")
        else:
            shown = self.elsewhere.one(home, form, is_bare=is_bare)
        locator = f", {self._inlines.text(item.locator_source)}" if item.locator_source else ""
        blank = ("~" if is_bare else " ") if before else ""
        return f"{before}{blank}{shown}{locator}{after}"

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


def _is_dressed(item: CiteItem) -> bool:
    """Whether anything is written around a name, or its number alone is asked for."""
    return bool(item.prefix or item.suffix or item.locator_source or item.suppresses_author)


def label_key(name: str) -> str:
    """What two spellings of one label share, as notes see it: `eq:a`, `eq-a`, `^eq-a`."""
    return name.casefold().replace(":", "-").removeprefix("^")


def _key(key: str) -> str:
    return _UNSAFE.sub("-", key)
