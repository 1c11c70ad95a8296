"""What belongs to a document rather than to a formula, and what to write in its place."""

from __future__ import annotations

_HEADING = "headings are Markdown's: write '## …' outside of the formula"
_LIST = "lists are Markdown's: write '- …' outside of the formula"
_SPACE = "space between lines is written behind the line break: '\\\\[1em]'"
_OUTSIDE = "write it in Markdown, outside of the formula"
_PREAMBLE = "what belongs into a preamble goes into preamble.tex among the notes"
_NOTHING = "a page of the web has no use for it: leave it out"
_BOX = "lines of text in a formula go into \\text{…}, one for each line"

COMMANDS: dict[str, str] = {
    **dict.fromkeys(
        ("part", "chapter", "section", "subsection", "subsubsection", "paragraph"), _HEADING
    ),
    "item": _LIST,
    **dict.fromkeys(("vspace", "vskip", "bigskip", "medskip", "smallskip", "vfill"), _SPACE),
    **dict.fromkeys(("caption", "title", "author", "bibliography", "footnotetext"), _OUTSIDE),
    **dict.fromkeys(("usepackage", "documentclass", "input", "include"), _PREAMBLE),
    **dict.fromkeys(
        ("maketitle", "tableofcontents", "newpage", "clearpage", "pagebreak", "linebreak"), _NOTHING
    ),
    **dict.fromkeys(("centering", "indent", "phantomsection"), _NOTHING),
    "parbox": _BOX,
}
"""Commands by name, each with a hint."""

ENVIRONMENTS: dict[str, str] = {
    **dict.fromkeys(("itemize", "enumerate", "description"), _LIST),
    **dict.fromkeys(
        ("theorem", "lemma", "proposition", "corollary", "definition", "proof", "remark"),
        "results are written in Markdown: '::: theorem' … ':::', outside of the formula",
    ),
    **dict.fromkeys(("figure", "table", "center", "quote", "abstract", "document"), _OUTSIDE),
    **dict.fromkeys(("verbatim", "lstlisting", "minted"), "code is Markdown's: '```' … '```'"),
    "minipage": _BOX,
}
"""Environments by name, each with a hint."""
