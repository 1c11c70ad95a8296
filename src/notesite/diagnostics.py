"""Diagnostics: what notesite has to say about a site, as values, and their catalogue.

Each diagnostic carries a stable code from `CATALOGUE`, which fixes its default severity. A stage
makes them and returns them with its result; only the command line prints them.
"""

from __future__ import annotations

from dataclasses import replace
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from notesite.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from notesite.spans import Span


class Severity(Enum):
    """How bad it is; the order is from worst to mildest."""

    ERROR = "error"
    """A page would say something wrong, or cannot be made."""
    WARNING = "warning"
    """The page is right, but something is amiss."""
    HINT = "hint"
    """A habit that will hurt."""


class Related(NamedTuple):
    """A second place that explains a diagnostic, such as the other of two equal labels."""

    message: str
    file: str
    span: Span | None


class Fix(NamedTuple):
    """A certain remedy: within the diagnostic's span, `new` instead of `old`.

    Both are decoded; in a Markdown link they stand as a URL.
    """

    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One thing to say about one place.

    `file` is the path a person would type: relative to the site's root, with forward slashes.
    """

    severity: Severity
    code: str
    message: str
    file: str
    span: Span | None = None
    hints: tuple[str, ...] = ()
    related: tuple[Related, ...] = ()
    fix: Fix | None = None


CATALOGUE: dict[str, tuple[Severity, str]] = {
    # Configuration
    "config-syntax": (Severity.ERROR, "notesite.toml is not valid TOML."),
    "config-unknown-key": (Severity.ERROR, "A key of notesite.toml that does not exist."),
    "config-value": (Severity.ERROR, "A value of notesite.toml of the wrong type or kind."),
    "config-missing": (Severity.HINT, "There is no notesite.toml; defaults are in force."),
    "theme-font": (Severity.ERROR, "A font of the theme that is not there or not readable."),
    # Sources
    "source-encoding": (Severity.ERROR, "A note that is not UTF-8."),
    "source-character": (Severity.WARNING, "A control character, which no page can hold."),
    "source-unreadable": (Severity.ERROR, "A note that cannot be read."),
    "source-passed-over": (
        Severity.WARNING,
        "A pipe, a device, a broken link or one out of the notes, which is left out.",
    ),
    "vault-excluded": (
        Severity.WARNING,
        "A folder among Obsidian's excluded files whose notes are published.",
    ),
    # Front matter
    "front-matter-syntax": (Severity.ERROR, "Front matter that is not valid YAML."),
    "front-matter-type": (
        Severity.WARNING,
        "A front-matter value of the wrong type, which is left out.",
    ),
    "front-matter-draft": (
        Severity.ERROR,
        "A `draft` or `publish` that does not say whether, or that stands twice.",
    ),
    "front-matter-duplicate": (Severity.WARNING, "A front-matter key that stands twice."),
    "front-matter-text": (
        Severity.WARNING,
        "Front matter without a key or below blank lines: text.",
    ),
    "front-matter-unknown-key": (Severity.WARNING, "A front-matter key that looks misspelt."),
    "front-matter-template": (Severity.WARNING, "A template's expression never filled in."),
    "series-part": (Severity.WARNING, "A `part` of no series, or one that another note has too."),
    "section-unknown": (Severity.WARNING, "A `section` or `group` the config does not define."),
    # Markdown
    "markdown-too-long": (Severity.ERROR, "A note with more text than is read."),
    "markdown-too-deep": (Severity.WARNING, "Quotes or lists nested beyond what is read."),
    "mark-space": (Severity.WARNING, "A heading's or a list's mark without an ordinary space."),
    "comment-unclosed": (Severity.ERROR, "A `%%` that opens a comment and nothing that ends it."),
    "footnote-undefined": (Severity.WARNING, "A footnote reference without a footnote."),
    "footnote-twice": (Severity.WARNING, "Two footnotes of one name, of which one is shown."),
    "footnote-unused": (Severity.HINT, "A footnote that nothing refers to; it is left out."),
    "fence-unclosed": (Severity.ERROR, "A fence of colons, or a directive, that is never closed."),
    "fence-stray": (Severity.WARNING, "A line of colons that closes nothing."),
    "fence-kind-unknown": (Severity.ERROR, "A fence of a kind of result that does not exist."),
    "callout-kind-misspelt": (Severity.WARNING, "A callout whose type is a slip for a result's."),
    "heading-kind-misspelt": (Severity.WARNING, "A heading that is a slip from a result's."),
    "fence-attribute": (Severity.WARNING, "An attribute of a fence that means nothing."),
    "proof-stray": (Severity.WARNING, "A proof or a solution with no result before it."),
    "proof-alone": (Severity.HINT, "A proof or a solution in a note without results."),
    "result-empty": (Severity.WARNING, "A result, a proof or a solution with nothing in it."),
    "result-name-only": (Severity.HINT, "A result of which nothing but its name is written."),
    "result-comment": (Severity.WARNING, "A comment meant for a result that says nothing to it."),
    "result-number-twice": (Severity.WARNING, "A number by hand that another result has, too."),
    "restate-text": (Severity.WARNING, "Text in a callout that shows a result again."),
    "caption-stray": (Severity.WARNING, "A caption with a table's label and no table beside it."),
    "latex-environment": (Severity.WARNING, "An environment of LaTeX that Markdown does not read."),
    "latex-command": (Severity.WARNING, "A command of LaTeX in the text, shown as it stands."),
    "label-duplicate": (Severity.ERROR, "One label given twice in a note."),
    "target-stray": (Severity.WARNING, "A target of MyST's above nothing that can be named."),
    "shortcode-unread": (
        Severity.WARNING,
        "A shortcode, shown as it stands.",
    ),
    "directive-unread": (Severity.WARNING, "A directive of MyST's or Sphinx's, shown as code."),
    "image-alt-missing": (Severity.WARNING, "An image that says nothing to a screen reader."),
    "embed-in-line": (Severity.WARNING, "An embed among words, which is shown as a link."),
    "embed-cycle": (Severity.ERROR, "A note that embeds itself, directly or through others."),
    "embed-too-deep": (Severity.WARNING, "Embeds inside of embeds beyond what is followed."),
    "plugin-block": (
        Severity.WARNING,
        "What only a plugin of Obsidian can run or draw, told of once in a note.",
    ),
    "drawing-unreadable": (Severity.WARNING, "A drawing of Excalidraw's that cannot be read."),
    "table-cells-lost": (Severity.WARNING, "A table's row with more cells than columns."),
    "link-spaces": (Severity.WARNING, "A link with a space in its address or before it."),
    "code-unclosed": (Severity.WARNING, "A fenced block of code that nothing ends."),
    "code-language-unknown": (Severity.HINT, "A fenced block in a language nothing highlights."),
    "code-too-slow": (
        Severity.ERROR,
        "A fenced block that takes too long to highlight.",
    ),
    # Mathematics
    "math-unclosed": (Severity.ERROR, "A display formula that is opened and never closed."),
    "math-dollar": (Severity.WARNING, "A `$` that was meant to open a formula, and opens none."),
    "math-unknown-command": (Severity.ERROR, "A command that is defined nowhere."),
    "math-unknown-environment": (Severity.ERROR, "An environment that is defined nowhere."),
    "math-syntax": (Severity.ERROR, "A formula that TeX could not read."),
    "math-unsupported": (Severity.ERROR, "A formula that the engine cannot render correctly."),
    "math-macro": (Severity.ERROR, "A macro that is ill defined or expands without end."),
    "math-too-large": (Severity.ERROR, "A formula that is too long or nested too deeply."),
    "math-label-duplicate": (Severity.ERROR, "One equation label given twice in a note."),
    "math-tag-duplicate": (Severity.WARNING, "One `\\tag` given to two equations of a note."),
    "math-empty": (Severity.WARNING, "A display formula with nothing in it."),
    "math-habit": (Severity.HINT, "A spelling that works but will hurt."),
    "notation-twice": (Severity.HINT, "One symbol described twice, and differently, in a note."),
    "notation-orphan": (Severity.HINT, "A `% notation:` comment that describes no macro."),
    "math-price": (Severity.HINT, "Dollars that look like prices rather than a formula."),
    # Bibliographies
    "bibliography-unreadable": (Severity.ERROR, "A bibliography or a style that is not readable."),
    "bibliography-syntax": (Severity.ERROR, "A bibliography that is not valid BibTeX or CSL-JSON."),
    "bibliography-duplicate": (Severity.WARNING, "Two entries of a bibliography with one key."),
    "bibliography-entry-type": (Severity.WARNING, "An entry of a type that does not exist."),
    "bibliography-field": (Severity.HINT, "A cited entry without a title, an author or a year."),
    "citation-style": (Severity.ERROR, "A citation style that cannot be used."),
    "citable-incomplete": (Severity.WARNING, "A `citable` note without an author or a date."),
    # Linking
    "link-not-found": (Severity.WARNING, "A link to a note that is not there."),
    "link-heading-not-found": (Severity.WARNING, "A link to a heading that is not in its note."),
    "link-ambiguous": (Severity.WARNING, "A link that more than one note answers to."),
    "link-to-draft": (Severity.WARNING, "A link to a note that is not published."),
    "label-unknown": (Severity.ERROR, "A reference to a label that no note has."),
    "label-ambiguous": (Severity.WARNING, "A reference to a label that several other notes have."),
    "citation-unknown": (
        Severity.WARNING,
        "A citation's key that neither a label nor a bibliography has.",
    ),
    "citation-locator": (
        Severity.HINT,
        "A word that is almost a locator's, or a work without its ';'.",
    ),
    "result-cycle": (Severity.WARNING, "Results that use each other in a circle."),
    "file-not-found": (Severity.ERROR, "An image or file that is not there."),
    "file-link-not-found": (Severity.WARNING, "A link to a file that is not there."),
    "obsidian-file": (Severity.WARNING, "A link to a canvas or base, which only Obsidian opens."),
    "file-skipped": (Severity.HINT, "A file of Obsidian's that has no page."),
    "link-external-dead": (Severity.WARNING, "A link to the web that leads nowhere."),
    "link-external-moved": (Severity.HINT, "A link to the web that is redirected for good."),
    "link-external-unknown": (Severity.HINT, "A link to the web that would not be checked."),
    "url-invalid": (Severity.ERROR, "An address that no page can have."),
    "alias-invalid": (Severity.WARNING, "An alias that looks like an address and can be none."),
    "url-duplicate": (Severity.ERROR, "Two pages that would have the same URL."),
    "url-numbered": (Severity.WARNING, "A note whose URL another has, and that got a number."),
    # Export
    "export-picture": (Severity.WARNING, "A picture that a LaTeX document cannot show."),
    "export-left-out": (Severity.WARNING, "Something of a note that a document does not have."),
    "export-character": (Severity.HINT, "A character that pdfLaTeX has no sign for."),
    # Templates and output
    "template-error": (Severity.ERROR, "A template that cannot be read or rendered."),
    "cards-missing": (Severity.WARNING, "Cards are wanted, but what paints them is not there."),
    "search-missing": (Severity.WARNING, "Search is wanted, but the program for it is not there."),
    "search-failed": (Severity.ERROR, "The index of the search could not be made."),
    "output-refused": (Severity.ERROR, "An output folder that notesite will not write to."),
}
"""Every code with its default severity and what it means, in the order of the stages."""


def diagnose(  # noqa: PLR0913 - a diagnostic has this many parts
    code: str,
    message: str,
    file: str,
    span: Span | None = None,
    *,
    hints: tuple[str, ...] = (),
    related: tuple[Related, ...] = (),
    fix: Fix | None = None,
) -> Diagnostic:
    """A diagnostic of the catalogue's code `code`, at its default severity.

    Raises KeyError when the catalogue does not hold `code`: that is a mistake in notesite.
    """
    severity, _ = CATALOGUE[code]
    return Diagnostic(severity, code, message, file, span, hints, related, fix)


def with_severities(
    diagnostics: list[Diagnostic], chosen: Mapping[str, Severity | None], *, strict: bool
) -> list[Diagnostic]:
    """The diagnostics at the severities a site chose, in the order of the files.

    `chosen` maps a code to its severity, or to None where the site does not want to hear of it.
    Under `strict` a warning counts as an error. The same diagnostic said twice is kept once.
    """
    kept = []
    for diagnostic in dict.fromkeys(diagnostics):
        severity = chosen.get(diagnostic.code, diagnostic.severity)
        if severity is None:
            continue
        if strict and severity is Severity.WARNING:
            severity = Severity.ERROR
        kept.append(replace(diagnostic, severity=severity))
    return in_order(kept)


def in_order(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """The diagnostics in the order of the files and of the places in each."""
    return sorted(diagnostics, key=_place)


def _place(diagnostic: Diagnostic) -> tuple[str, int, int, str]:
    start = diagnostic.span.start if diagnostic.span else None
    line, column = (start.line, start.column) if start else (0, 0)
    return diagnostic.file, line, column, diagnostic.code
