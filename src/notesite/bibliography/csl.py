"""Styles in CSL (https://docs.citationstyles.org), by citeproc-py.

What citeproc-py leaves out is added here: letters behind the years of works that would read alike
(`disambiguate-add-year-suffix`), citations in the sentence, suppressed authors, and links; what it
takes too lightly is in `csl_elements`.
"""

from __future__ import annotations

import json
import warnings
from dataclasses import replace
from html import unescape
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from notesite.bibliography.citing import (
    AUTHOR,
    BRACKET,
    SILENT,
    YEAR,
    Citation,
    Formatted,
    Item,
    reference_anchor,
)
from notesite.bibliography.csl_items import csl_item, tagged, year_only
from notesite.bibliography.csl_lists import listed
from notesite.bibliography.csl_macros import endless_macro
from notesite.bibliography.labels import cited_keys, short_names, years
from notesite.bibliography.runs import Run, Text, joined, linked, merged, plain
from notesite.bibliography.styles import locator_text
from notesite.patterns import pattern
from notesite.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from notesite.bibliography.citing import Words
    from notesite.bibliography.entries import Entry

_FIRST_MARK = 0xE000
"""Formulas and links travel through citeproc as characters for private use."""
_TAG = pattern(r"<(/?)(i|b|sup|sub|u|l|span)\b([^<>]*)>")
_TWO_STOPS = pattern(r"([?!](?:</?[a-z][^<>]*>|[”’»\"'])*)\.(?!\.)")
"""A full stop behind a mark that ends a sentence already."""
_STOP_BEHIND_QUOTE = pattern(r"(”)([.,])")
_PIECES = pattern(r"(</?(?:i|b|sup|sub|u|l|span)\b[^<>]*>|[\ue000-\uf8ff])")
_STYLE_OF_TAG = {"i": "italic", "b": "bold", "sup": "sup", "sub": "sub", "span": "caps"}
_LOCATORS = frozenset({
    "book", "chapter", "column", "figure", "folio", "issue", "line", "note", "opus", "page",
    "paragraph", "part", "section", "sub verbo", "verse", "volume",
})  # fmt: skip


class StyleError(Exception):
    """A style that cannot be used; the message says why, `hint` what to do."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


def csl_style(text: str, language: str) -> CslStyle:
    """The style that the CSL file `text` writes; raises StyleError."""
    if find_spec("citeproc") is None:
        raise StyleError(
            "CSL styles need citeproc-py, which is not installed",
            "pip install 'notesite[csl]', or take the style 'author-year' or 'numeric'",
        )
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise StyleError("a CSL file has no DOCTYPE")
    style = CslStyle(text, language, 'class="note"' not in text and "citation-number" in text)
    style.load()
    return style


@dataclass(frozen=True, slots=True)
class CslStyle:
    """A style in CSL."""

    text: str
    language: str
    is_numeric: bool

    def load(self) -> Any:  # noqa: ANN401 - citeproc-py has no types
        """What citeproc makes of the style; raises StyleError."""
        from citeproc import CitationStylesStyle  # noqa: PLC0415 - only such a style needs it

        from notesite.bibliography.csl_elements import take_ours  # noqa: PLC0415 - as above

        source = _BytesFile(self.text.encode())
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                style = CitationStylesStyle(source, validate=False, locale=_locale(self.language))
                take_ours(style)
                if style.root.citation is None or not style.has_bibliography():
                    raise StyleError("the style has no bibliography")
                if reason := endless_macro(style.root):
                    raise StyleError(reason)
            except (SyntaxError, ValueError, AttributeError, KeyError, TypeError) as error:
                # lxml's errors of syntax are SyntaxErrors.
                raise StyleError(f"not a CSL style: {error}") from error
        return style

    def format(
        self, citations: Sequence[Citation], entries: Mapping[str, Entry], words: Words
    ) -> Formatted:
        """As `Style` says."""
        cited = [entries[key] for key in cited_keys(citations)]
        with warnings.catch_warnings():
            # Of fields that the style's language does not know.
            warnings.simplefilter("ignore")
            return _Formatting(self, cited, words).run(citations)


class _BytesFile:
    """A file for lxml, which would take a text for a file's name."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    def read(self, size: int = -1) -> bytes:
        taken = self._content if size < 0 else self._content[:size]
        self._content = self._content[len(taken) :]
        return taken


class _Year(int):
    """A year with a letter behind it, which sorts as the number it is."""

    label: str = ""

    def __str__(self) -> str:
        return self.label

    def __abs__(self) -> _Year:
        # citeproc writes `str(abs(year))`.
        return self


class _Formatting:
    """One page's citations on their way through citeproc."""

    def __init__(self, style: CslStyle, cited: Sequence[Entry], words: Words) -> None:
        from citeproc import CitationStylesBibliography, formatter  # noqa: PLC0415 - as above
        from citeproc.source.json import CiteProcJSON  # noqa: PLC0415

        from notesite.bibliography.csl_elements import watched  # noqa: PLC0415 - as above

        self._style = style
        self._words = words
        self._entries = {entry.key: entry for entry in cited}
        self._marks: dict[str, Run] = {}
        labels = {} if style.is_numeric else years(cited, words)
        # citeproc folds the case of keys; numbers have none.
        self._ids = {entry.key: f"item-{number}" for number, entry in enumerate(cited)}
        items = [csl_item(self._ids[entry.key], entry, self._travelling) for entry in cited]
        # Twins without people and title, for the year alone.
        items += [year_only(item) for item in items]
        source = CiteProcJSON(items)
        for entry in cited:
            for name in (self._ids[entry.key], f"{self._ids[entry.key]}-year"):
                _add_letter(source[name], labels.get(entry.key, ""))
        loaded = style.load()
        self._quotes_stops = loaded.root.get_locale_option("punctuation-in-quote") == "true"
        self._bibliography = CitationStylesBibliography(loaded, watched(source), formatter.html)

    def run(self, citations: Sequence[Citation]) -> Formatted:
        from citeproc import Citation as CslCitation  # noqa: PLC0415 - as above
        from citeproc import CitationItem  # noqa: PLC0415

        keys = list(self._entries)
        registered = CslCitation([CitationItem(self._ids[key]) for key in keys])
        self._bibliography.register(registered)
        self._bibliography.sort()
        # They can be cited and are not listed.
        self._bibliography.keys += [f"{self._ids[key]}-year" for key in keys]
        order = [item.key for item in self._bibliography.items]
        texts = [self._text(str(line)) for line in self._bibliography.bibliography()]
        by_id = {name: key for key, name in self._ids.items()}
        lines = tuple(
            listed(self._entries[by_id[name]], text, is_numeric=self._style.is_numeric)
            for name, text in zip(order, texts, strict=True)
        )
        return Formatted(tuple(merged(self._citation(each)) for each in citations), lines)

    def _citation(self, citation: Citation) -> Text:
        if citation.form == SILENT:
            return ()
        if citation.form == BRACKET:
            return self._bracketed(citation.items)
        texts = [self._in_prose(item, citation.form) for item in citation.items]
        return joined(texts, f" {self._words.and_} ")

    def _in_prose(self, item: Item, form: str) -> Text:
        names = short_names(self._entries[item.key], self._words)
        link = f"#{reference_anchor(item.key)}"
        if form == AUTHOR:
            return linked(names, link, item.anchor)
        if form == YEAR:
            year = plain(self._entries[item.key].issued.label)
            return linked(year, link, item.anchor)
        rest = self._bracketed((replace(item, suppresses_author=True, prefix=()),))
        prefix = (*item.prefix, Run(" ")) if item.prefix else ()
        return (*prefix, *(() if item.suppresses_author else (*names, Run(" "))), *rest)

    def _bracketed(self, items: Sequence[Item]) -> Text:
        """As the style writes it; each work's part of it is a link."""
        from citeproc import Citation as CslCitation  # noqa: PLC0415 - as above

        citation = CslCitation([self._csl_cite(item) for item in items])
        citation.bibliography = self._bibliography
        written = str(self._bibliography.cite(citation, lambda cite: f"{cite.key}?"))
        return self._text(written)

    def _csl_cite(self, item: Item) -> Any:  # noqa: ANN401 - citeproc-py has no types
        from citeproc import CitationItem, Locator  # noqa: PLC0415 - as above

        from notesite.bibliography.csl_elements import FIXED  # noqa: PLC0415 - as above

        opening = self._mark(Run("", "open", f"#{reference_anchor(item.key)}", item.anchor))
        closing = self._mark(Run("", "close"))
        prefix = self._travelling(item.prefix) + (" " if item.prefix else "")
        suffix = self._travelling(item.suffix)
        options: dict[str, Any] = {}
        if item.locator and item.locator[0] in _LOCATORS:
            options["locator"] = Locator(item.locator[0], item.locator[1])
        elif item.locator:
            suffix = f", {locator_text(item)}{suffix}"
        is_short = item.suppresses_author and not self._style.is_numeric
        name = self._ids[item.key] + ("-year" if is_short else "")
        if suffix[:1].isalnum():
            suffix = f", {suffix}"
        cite = CitationItem(name, prefix=prefix + opening, suffix=closing + suffix, **options)
        # Whose author is not said is not where its author would be looked for.
        if item.prefix or item.suffix or is_short:
            cite[FIXED] = True
        return cite

    def _mark(self, run: Run) -> str:
        mark = chr(_FIRST_MARK + len(self._marks))
        self._marks[mark] = run
        return mark

    def _travelling(self, text: Text) -> str:
        return "".join(self._as_marks(text))

    def _as_marks(self, text: Text) -> list[str]:
        """The text with a mark for what citeproc must not touch."""
        return [
            self._mark(run) if run.html or run.style in {"math", "nocase"} else tagged(run)
            for run in text
        ]

    def _text(self, html: str) -> Text:
        """Citeproc's HTML and our marks in it as runs."""
        runs: list[Run] = []
        styles: list[str] = []
        link = Run("")
        stopped = _TWO_STOPS.sub(r"\1", html)
        stopped = _STOP_BEHIND_QUOTE.sub(r"\2\1", stopped) if self._quotes_stops else stopped
        for piece in _PIECES.split(stopped):
            tag = _TAG.fullmatch(piece)
            mark = self._marks.get(piece)
            if tag:
                styles = styles[:-1] if tag[1] else [*styles, _STYLE_OF_TAG.get(tag[2], "")]
            elif mark and mark.style in {"open", "close"}:
                link = mark
            elif piece:
                run = mark or Run(unescape(piece), styles[-1] if styles else "")
                anchor, link = (link.anchor, replace(link, anchor=""))
                runs.append(replace(run, link=link.link, anchor=anchor))
        return tuple(runs)


def _add_letter(reference: Any, label: str) -> None:  # noqa: ANN401 - citeproc-py has no types
    issued = reference.get("issued")
    if issued is not None and label[-1:].isalpha() and isinstance(issued.get("year"), int):
        year = _Year(issued["year"])
        year.label = label
        issued["year"] = year


def _locale(language: str) -> str:
    """The locale of that language that citeproc-py brings: `de` is `de-DE`."""
    from citeproc import LOCALES_PATH  # noqa: PLC0415 - as above

    read = json.loads(Path(LOCALES_PATH, "locales.json").read_text(encoding="utf-8"))
    dialects: dict[str, str] = read["primary-dialects"]
    same = [name for name in read["language-names"] if name.lower() == language.lower()]
    return same[0] if same else dialects.get(language.partition("-")[0].lower(), "en-US")
