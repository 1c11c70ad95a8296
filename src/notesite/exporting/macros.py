r"""The preamble's definitions: the macros that a document uses, of the site's and the note's."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from notesite.exporting.formulas import FORBIDDEN, define
from notesite.exporting.katex import katex_definitions
from notesite.latex_text import commands_in, macros_needed
from notesite.math import macro_from_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from notesite.math import Macro
    from notesite.model import Note

_OF_TEXT = frozenset({
    "b", "c", "d", "H", "k", "r", "t", "u", "v", "i", "j", "l", "L", "o", "O", "P", "S", "aa", "AA",
    "ae", "AE", "oe", "OE", "ss", "dag", "th", "TH", "dj", "DJ", "ng", "NG",
})  # fmt: skip
"""Commands with which LaTeX composes letters: they keep their meaning outside of formulas."""
_OF_DOCUMENTS = frozenset({
    "author", "bibitem", "caption", "captionof", "citealp", "citeauthor", "citep", "citet",
    "citetext", "citeyear", "citeyearpar", "cref", "Cref", "date", "emph", "eqref", "footnote",
    "footnotemark", "href", "hyperref", "item", "label", "maketitle", "marked", "nameref",
    "newline", "nocite", "paragraph", "ref", "section", "small", "struck", "subparagraph",
    "subsection", "subsubsection", "textbf", "texttt", "textsc", "textsubscript",
    "textsuperscript", "title", "underline",
})  # fmt: skip
"""Commands that a document is made of: a macro of that name holds in formulas alone."""
FORMS_OF_PHYSICS = "physics:"
"""What the names of the forms of macros begin with that the package physics defines."""


def used_commands(texts: Iterable[str]) -> frozenset[str]:
    """The names of all commands in some LaTeX."""
    return frozenset(name for text in texts for name in commands_in(text))


def definitions(
    used: frozenset[str], macros: Mapping[str, Macro], aliases: Mapping[str, str]
) -> list[str]:
    """What the preamble defines: each macro that is used, itself or by another one."""
    wanted = macros_needed(used, lambda name: _body(name, macros, aliases))
    lines = [line for name in wanted for line in _define(name, macros.get(name), aliases)]
    every = used | used_commands(macros[name].body for name in wanted if name in macros)
    return [*lines, *katex_definitions(every.difference(wanted))]


def _body(name: str, macros: Mapping[str, Macro], aliases: Mapping[str, str]) -> str | None:
    return macros[name].body if name in macros else aliases.get(name)


def own_macros(note: Note) -> dict[str, Macro]:
    """The macros of a note's front matter; the note itself says what is wrong with the others."""
    macros = {}
    for name, written in note.front_matter.macros:
        with suppress(ValueError):
            macros[name] = macro_from_text(
                name, written.body, arguments=written.arguments, default=written.default
            )
    return macros


def local_definitions(used: frozenset[str], macros: Mapping[str, Macro]) -> list[str]:
    """Those of the macros that are used, defined in place of others of their names."""
    wanted = macros_needed(used, lambda name: _body(name, macros, {}))
    return [line for name in wanted for line in _define(name, macros[name], {})]


def needs_physics(used: frozenset[str], macros: Mapping[str, Macro]) -> bool:
    """Whether a macro is used that looks at what follows it as those of physics do."""
    return any(macros[name].form.startswith(FORMS_OF_PHYSICS) for name in used if name in macros)


def _define(name: str, macro: Macro | None, aliases: Mapping[str, str]) -> list[str]:
    if macro is None:
        return [f"\\let\\{name}\\{aliases[name].removeprefix(chr(92))}"]
    if macro.form.startswith(FORMS_OF_PHYSICS) or FORBIDDEN.search(macro.body):
        return []
    if macro.form.startswith("paired"):
        return [f"\\let\\{name}\\relax", _declare_paired(name, macro)]
    if any(macro.delimiters) or macro.form:
        return [_with_delimiters(name, macro)]
    if name in _OF_TEXT | _OF_DOCUMENTS:
        return _for_formulas_alone(name, macro)
    return [define(f"\\{name}", macro.body, _parameters(macro))]


def _with_delimiters(name: str, macro: Macro) -> str:
    if macro.form:
        kinds = " ".join(macro.delimiters)
        return f"\\DeclareDocumentCommand{{\\{name}}}{{{kinds}}}{{{macro.body}}}"
    pieces = [macro.delimiters[0]]
    pieces += [f"#{at}{each}" for at, each in enumerate(macro.delimiters[1:], start=1)]
    return f"\\def\\{name}{''.join(pieces)}{{{macro.body}}}"


def _declare_paired(name: str, macro: Macro) -> str:
    if macro.form == "paired":
        opening, closing = macro.delimiters
        return f"\\DeclarePairedDelimiter{{\\{name}}}{{{opening}}}{{{closing}}}"
    parts = "".join(f"{{{part}}}" for part in (*macro.delimiters, macro.body))
    return f"\\DeclarePairedDelimiterXPP{{\\{name}}}[{macro.arguments}]{parts}"


def _parameters(macro: Macro) -> str:
    count = f"[{macro.arguments}]" if macro.arguments else ""
    return count + (f"[{macro.default}]" if macro.default is not None else "")


def _for_formulas_alone(name: str, macro: Macro) -> list[str]:
    return [
        # An embed may define it anew.
        f"\\ifdefined\\mathof{name}\\else\\let\\textof{name}\\{name}\\fi",
        define(f"\\mathof{name}", macro.body, _parameters(macro)),
        (
            f"\\protected\\def\\{name}{{\\ifmmode\\expandafter\\mathof{name}"
            f"\\else\\expandafter\\textof{name}\\fi}}"
        ),
    ]
