r"""LaTeX that Markdown does not read: `\section{…}`, `\emph{…}`, `\alpha` outside of a formula.

Who pastes from a paper or from a chat publishes such commands as they stand. Each is told of where
it stands, with what Markdown has in its place.
"""

from __future__ import annotations

from string import ascii_letters, digits
from typing import TYPE_CHECKING

from notesite.markdown.math_inlines import ENVIRONMENTS, LONE_DOLLAR
from notesite.markdown.places import inline_origin, report
from notesite.markdown.results.tokens import settings
from notesite.patterns import pattern

if TYPE_CHECKING:
    import re

    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline

_HEADINGS = {
    "part": "## …", "chapter": "## …", "section": "## …", "subsection": "### …",
    "subsubsection": "#### …",
}  # fmt: skip
_IN_FRONT_MATTER = "say it in the front matter: '{}: …'"
_LEAVE_OUT = "a page needs nothing of the kind: leave it out"
_LATEX_LIST = "write '- …', or '1. …' where they are counted"

_MARKS = {
    **{name: f"write '{mark}'" for name, mark in _HEADINGS.items()},
    **dict.fromkeys(("emph", "textit", "textsl"), "write '*…*'"),
    **dict.fromkeys(("textbf", "paragraph", "subparagraph"), "write '**…**'"),
    "texttt": "write '`…`'",
    "verb": "write '`…`'",
    "textsc": "write the text as it is",
    "underline": "write '<u>…</u>'",
    "footnote": "write '^[…]'",
    "href": "write '[…](address)'",
    "url": "write '<address>'",
    "includegraphics": "write '![what it shows](file)'",
    "label": "write '{#name}' behind a heading, an image or '::: theorem'",
    "bibliography": _IN_FRONT_MATTER.format("bibliography"),
    "title": _IN_FRONT_MATTER.format("title"),
    "author": _IN_FRONT_MATTER.format("authors"),
    "date": _IN_FRONT_MATTER.format("date"),
    **dict.fromkeys(
        ("newcommand", "renewcommand", "providecommand", "DeclareMathOperator", "def",
         "NewDocumentCommand", "RenewDocumentCommand"),
        "define macros in the front matter, below 'macros:', or within a formula",
    ),
    **dict.fromkeys(
        (
            "documentclass", "usepackage", "maketitle", "tableofcontents", "bibliographystyle",
            "noindent", "smallskip", "medskip", "bigskip", "newpage", "clearpage", "pagebreak",
            "vspace", "hspace",
        ),
        _LEAVE_OUT,
    ),
}  # fmt: skip
"""Commands of LaTeX's text, and what stands in their place."""

_BARE = frozenset({
    "maketitle", "tableofcontents", "noindent", "smallskip", "medskip", "bigskip", "newpage",
    "clearpage", "pagebreak",
})  # fmt: skip
"""Those that take no argument; any other is one only with what it takes."""

_OF_FORMULAS = frozenset({
    "alpha", "approx", "beta", "binom", "boldsymbol", "boxed", "cdot", "chi", "delta", "Delta",
    "dfrac", "epsilon", "equiv", "eta", "exists", "forall", "frac", "gamma", "Gamma", "geq", "hat",
    "iff", "implies", "in", "infty", "int", "iota", "kappa", "Lambda", "lambda", "langle", "left",
    "leq", "lim", "lvert", "lVert", "mapsto", "mathbb", "mathbf", "mathcal", "mathfrak", "mathrm",
    "mu", "nabla", "neq", "nu", "omega", "Omega", "operatorname", "oplus", "otimes", "overline",
    "partial", "Phi", "phi", "Pi", "pi", "prod", "psi", "Psi", "rangle", "rho", "rightarrow",
    "Rightarrow", "Sigma", "sigma", "sim", "sqrt", "subset", "subseteq", "sum", "tau", "tfrac",
    "Theta", "theta", "times", "varepsilon", "varphi", "vartheta", "widehat", "widetilde", "xi",
    "Xi", "zeta",
})  # fmt: skip
"""Commands that stand in formulas alone."""

_ENVIRONMENT_MARKS = {
    "document": _LEAVE_OUT,
    "center": _LEAVE_OUT,
    "itemize": _LATEX_LIST,
    "enumerate": _LATEX_LIST,
    "description": "write 'Term', and ': meaning' on the next line",
    "figure": "write '![what it shows](file \"Caption\")'",
    "table": "write rows with '|' between the cells",
    "tabular": "write rows with '|' between the cells",
    "quote": "write '> …'",
    "quotation": "write '> …'",
    "verbatim": "write '```' above and below",
    "lstlisting": "write '```' above and below",
    **dict.fromkeys(
        (
            "array", "matrix", "pmatrix", "bmatrix", "vmatrix", "Bmatrix", "Vmatrix", "cases",
            "aligned", "gathered", "split",
        ),
        "a formula stands between dollars: '$$…$$'",
    ),
    "abstract": _IN_FRONT_MATTER.format("summary"),
    "thebibliography": _IN_FRONT_MATTER.format("bibliography"),
}  # fmt: skip
_BETWEEN_DOLLARS = "a formula stands between dollars: '$…$'"
_OTHER_ENVIRONMENT = "Markdown has marks of its own"
_LOST_BACKSLASH = (
    "copied from a chat? its '\\(' and '\\[' have lost their backslashes: write '$…$' and '$$…$$'"
)

_ENVIRONMENT = pattern(r"\\begin\{([A-Za-z]+)\*?\}")
_COMMAND = pattern(r"\\([A-Za-z]+)(?![A-Za-z])(\*?)(?:\s{0,9}([\[{|]))?")
_WORD_ENDS = (*ascii_letters, *digits, *"_.-")
"""What a path or a name goes on from; a command of a formula begins a word."""
_LONE_BRACKET = pattern(r"(?:^|\s)[(\[](?:\s[^()\[\]$]*)?$")
_QUOTED = pattern(r"``(?!`)([^`\n]{1,200}?)''(?=[\s.,;:!?)]|$)")
_TIED = pattern(r"~(?=\\[A-Za-z]*(?:ref|[cC]ite[a-z]*)\*?[\[{])")


def latex_leftovers_plugin(md: MarkdownIt) -> None:
    """Add the inline rules to `md`, behind those that read what LaTeX has in common with it."""
    md.inline.ruler.before("escape", "latex_leftover", _tell)
    md.inline.ruler.before("backticks", "latex_quotes", _tell_quotes)
    md.inline.ruler.before("strikethrough", "latex_tie", _tie)


def _tell(state: StateInline, silent: bool) -> bool:
    """Tell of a command, which stays text."""
    if silent or state.src[state.pos] != "\\":
        return False
    environment = _ENVIRONMENT.match(state.src, state.pos, state.posMax)
    if environment:
        _tell_environment(state, environment)
        return False
    command = _COMMAND.match(state.src, state.pos, state.posMax)
    # In a path of Windows a command's name is a folder's.
    if command and not state.src.endswith((":", "\\"), 0, state.pos):
        _tell_command(state, command)
    return False


def _tell_quotes(state: StateInline, silent: bool) -> bool:
    """Tell of quotation marks as TeX writes them, of which Markdown makes code, or nothing."""
    found = None if silent else _QUOTED.match(state.src, state.pos, state.posMax)
    if found:
        message = "quotation marks of LaTeX, which Markdown takes for code"
        _report(state, "latex-command", message, found[0], f'write "{found[1]}"')
    return False


def _tell_environment(state: StateInline, found: re.Match[str]) -> None:
    if found[1] in ENVIRONMENTS:
        return
    kind = settings(state.env).kinds.named(found[1])
    hint = _ENVIRONMENT_MARKS.get(found[1], _OTHER_ENVIRONMENT)
    if kind:
        hint = f"write '::: {kind.id}' … ':::'"
    message = f"'{found[0]}' is LaTeX and shown as it stands"
    _report(state, "latex-environment", message, found[0], hint)


def _tell_command(state: StateInline, found: re.Match[str]) -> None:
    name, argument = found[1], found[3]
    written = f"\\{name}{found[2]}"
    if name in _MARKS and (argument or name in _BARE):
        message = f"'{written}' is LaTeX and shown as it stands"
        _report(state, "latex-command", message, written, _MARKS[name])
    elif name in _OF_FORMULAS and _is_told_of(state):
        is_lost = _LONE_BRACKET.search(state.src, max(0, state.pos - 80), state.pos)
        hint = _LOST_BACKSLASH if is_lost else _BETWEEN_DOLLARS
        message = f"'{written}' outside of a formula is shown as it stands"
        _report(state, "latex-command", message, f"\\{name}", hint)


def _is_told_of(state: StateInline) -> bool:
    """Whether a command of formulas is, which a path may hold, or a formula that lacks a dollar."""
    if state.src.endswith(_WORD_ENDS, 0, state.pos):
        return False
    return state.env.get(LONE_DOLLAR) is not state.src


def _report(state: StateInline, code: str, message: str, written: str, hint: str) -> None:
    span = inline_origin(state, state.pos, written).span(0, len(written))
    report(state.env, code, message, span, hint)


def _tie(state: StateInline, silent: bool) -> bool:
    r"""LaTeX's `~` before a reference, as in `Theorem~\ref{a}`: a space that no line ends at."""
    if not _TIED.match(state.src, state.pos, state.posMax):
        return False
    if not state.pos or state.src[state.pos - 1].isspace():
        return False
    if not silent:
        state.pending += "\N{NO-BREAK SPACE}"
    state.pos += 1
    return True
