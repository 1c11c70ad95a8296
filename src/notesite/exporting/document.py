"""The whole LaTeX document: a preamble of what the note needs, its head, its text, its list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notesite.exporting.blocks import Blocks
from notesite.exporting.characters import Characters
from notesite.exporting.figures import Figures
from notesite.exporting.inlines import Inlines
from notesite.exporting.macros import definitions, needs_physics, used_commands
from notesite.exporting.wording import counted_by_section, hyphenation, words
from notesite.math.letters import UPRIGHT
from notesite.math.unit_names import SIUNITX
from notesite.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

    from notesite.exporting.material import Material
    from notesite.markdown.note import ReadNote
    from notesite.math import Macro

_ENGINES = r"""\documentclass[11pt,a4paper]{article}
\usepackage{iftex}
\ifPDFTeX
  \usepackage[T1]{fontenc}
  \usepackage[utf8]{inputenc}
  \usepackage{textcomp}
  \usepackage{lmodern}
\else
  \usepackage{fontspec}
\fi
\usepackage[margin=2.7cm]{geometry}
\usepackage{microtype}
\usepackage{amsmath,amssymb,amsthm,mathtools}"""
_OPTIONAL = (
    (("llbracket", "rrbracket", "mapsfrom", "lightning", "varotimes"), r"\usepackage{stmaryrd}"),
    (("mathscr",), r"\usepackage{mathrsfs}"),
    (
        ("cancel", "bcancel", "xcancel", "cancelto", "sout", "enclose"),
        r"\usepackage{cancel}",
    ),
    (("notesitegraphic", "reflectbox", "mathreflectbox"), r"\usepackage{graphicx}"),
    (("toprule",), r"\usepackage{longtable,booktabs,array}"),
    (("ce",), r"\usepackage[version=4]{mhchem}"),
    (("AxiomC", "AXC", "Axiom"), r"\usepackage{bussproofs}\EnableBpAbbreviations"),
    ((*SIUNITX, "sisetup"), r"\usepackage{siunitx}"),
    (("tensor", "indices"), r"\usepackage{tensor}"),
    (tuple(UPRIGHT), r"\usepackage{upgreek}"),
    (("cellcolor", "rowcolor"), r"\usepackage{colortbl}"),
)
"""Packages by the commands that ask for them."""
_BY_ENVIRONMENT = (
    ("tikzcd", r"\usepackage{tikz-cd}"),
    ("CD", r"\usepackage{amscd}"),
    ("numcases", r"\usepackage{cases}"),
    ("subnumcases", r"\usepackage{cases}"),
    ("empheq", r"\usepackage{empheq}"),
)
"""Packages by the environments that ask for them."""
_GRAPHIC = r"""\newlength{\notesitewidth}
\newsavebox{\notesitebox}
\newcommand{\notesitegraphic}[2]{\sbox{\notesitebox}{\includegraphics{#2}}%
  \setlength{\notesitewidth}{#1}\ifdim\notesitewidth>\linewidth\notesitewidth=\linewidth\fi
  \ifdim\wd\notesitebox<\notesitewidth\notesitewidth=\wd\notesitebox\fi
  \includegraphics[width=\notesitewidth]{#2}}"""
_CODE = r"""\usepackage{listings,fancyvrb}
\lstset{basicstyle=\ttfamily\small,columns=fullflexible,keepspaces=true,breaklines=true,
  showstringspaces=false,upquote=true,xleftmargin=1em}
\fvset{fontsize=\small,xleftmargin=1em}"""
_CALLOUTS = r"""\newenvironment{callout}[1]{\begin{quote}\noindent\textbf{#1}\par\smallskip\noindent
  \ignorespaces}{\end{quote}}"""
_EMBEDDED = r"""\newcounter{equationbefore}
\newenvironment{embedded}{\setcounter{equationbefore}{\value{equation}}\begin{quote}}%
  {\end{quote}\setcounter{equation}{\value{equationbefore}}}"""
_COLOURED = frozenset({
    "color", "textcolor", "colorbox", "fcolorbox", "definecolor", "colorlet", "cellcolor",
    "rowcolor", "marked", "struck",
})  # fmt: skip
# The packages soul and ulem are not in every TeX, and break over letters with accents.
_MARKS = {
    "marked": r"\newcommand{\marked}[1]{\textcolor[HTML]{8A5A00}{#1}}",
    "struck": r"\newcommand{\struck}[1]{\textcolor{gray}{#1}}",
}


_FONTS_WITH_LETTERS = (
    "CMU Serif", "Libertinus Serif", "STIX Two Text", "Noto Serif", "Times New Roman",
    "DejaVu Serif",
)  # fmt: skip
_FONTS_WITH_IDEOGRAPHS = (
    "Noto Serif CJK SC", "Source Han Serif SC", "Noto Serif CJK JP", "Songti SC",
    "Hiragino Mincho ProN", "Yu Mincho", "Microsoft YaHei", "Noto Sans CJK SC",
    "WenQuanYi Micro Hei", "Droid Sans Fallback", "FandolSong-Regular.otf",
)  # fmt: skip
_IDEOGRAPHS = ("\u2e80", "\ud7ff")
"""The first and the last of the letters of Chinese, Japanese and Korean, the rare ones aside."""


@dataclass(frozen=True, slots=True)
class Document:
    """A LaTeX document, and the pictures that go into the folder beside it."""

    latex: str
    pictures: Mapping[str, Path]


def document(  # noqa: PLR0913 - a document has this many parts
    read: ReadNote,
    material: Material,
    macros: Mapping[str, Macro],
    aliases: Mapping[str, str],
    *,
    authors: tuple[str, ...],
    day: date | None,
    folder: str,
) -> Document:
    """The document of a note; `folder` is where its pictures will be, beside the LaTeX file."""
    characters = Characters()
    figures = Figures(material, folder)
    inlines = Inlines(material, characters, figures)
    blocks = Blocks(material, inlines)
    body = blocks.note(read)
    head = _head(read, material, inlines, authors, day)
    references = inlines.citations.bibliography() if inlines.citations else ""
    text = "\n\n".join(filter(None, (head, body, references)))
    preamble = _preamble(text, material, blocks, inlines, macros=macros, aliases=aliases)
    characters_known = _declared(sorted(characters.unknown))
    if characters.unknown:
        shown = " ".join(sorted(characters.unknown))
        message = f"pdfLaTeX has no sign for {shown}"
        hint = "compile with lualatex or xelatex, which take a font that has it, if one is there"
        material.report("export-character", message, read.note.file, None, hint)
    pieces = (preamble, characters_known, "\\begin{document}", text, "\\end{document}\n")
    return Document("\n\n".join(filter(None, pieces)), figures.files)


def _head(
    read: ReadNote,
    material: Material,
    inlines: Inlines,
    authors: tuple[str, ...],
    day: date | None,
) -> str:
    title = inlines.write(read.title) if read.title else inlines.text(read.note.title.text)
    plain = inlines.text(read.note.title.text)
    shown = f"\\texorpdfstring{{{title}}}{{{plain}}}" if "$" in title else title
    names = " \\and ".join(inlines.text(name) for name in authors)
    date_text = inlines.text(material.words.date(day)) if day else ""
    lines = [f"\\title{{{shown}}}", f"\\author{{{names}}}", f"\\date{{{date_text}}}", "\\maketitle"]
    if read.note.summary:
        summary = inlines.write(read.summary)
        lines.append(f"\n\\begin{{abstract}}\n{summary}\n\\end{{abstract}}")
    return "\n".join(lines)


def _preamble(  # noqa: PLR0913 - as above
    text: str,
    material: Material,
    blocks: Blocks,
    inlines: Inlines,
    *,
    macros: Mapping[str, Macro],
    aliases: Mapping[str, str],
) -> str:
    used = used_commands([text, *inlines.formulas])
    lines = [_ENGINES]
    every = used | used_commands(macros[name].body for name in used if name in macros)
    foreign = every - macros.keys()
    lines += [package for commands, package in _OPTIONAL if foreign.intersection(commands)]
    lines += _by_environment(text)
    if "notesitegraphic" in used:
        lines.append(_GRAPHIC)
    if "captions" in blocks.floats.uses:
        lines.append("\\usepackage{caption}")
    if "code" in blocks.floats.uses:
        lines.append(_CODE)
    if "[start=" in text:
        lines.append("\\usepackage{enumitem}")
    if used.intersection(_COLOURED):
        lines.append("\\usepackage{xcolor}")
    lines += [_MARKS[name] for name in sorted(used.intersection(_MARKS))]
    if needs_physics(used, macros):
        lines.append("\\usepackage{physics}")
    if inlines.citations:
        style = "numbers,square" if inlines.citations.is_numeric else "round"
        lines.append(f"\\usepackage[{style}]{{natbib}}")
    lines += hyphenation(material)
    lines.append("\\usepackage[hidelinks,hypertexnames=false]{hyperref}")
    lines.append("\\usepackage[nameinlink,capitalise]{cleveref}")
    lines += words(material, inlines)
    lines += _numbering(material)
    lines += _names(text, material, inlines)
    lines += _theorems(blocks.results.kinds, material, inlines)
    lines += [_CALLOUTS] if blocks.has_callouts else []
    lines += [_EMBEDDED] if "\\begin{embedded}" in text else []
    in_formulas = used_commands(inlines.formulas)
    return "\n".join([*lines, *definitions(in_formulas, macros, aliases)])


def _by_environment(text: str) -> list[str]:
    return [package for name, package in _BY_ENVIRONMENT if f"\\begin{{{name}}}" in text]


def _numbering(material: Material) -> list[str]:
    """The site's way of numbering headings, equations, figures."""
    lines = []
    if not material.numbers_sections:
        lines.append("\\setcounter{secnumdepth}{0}")
    if material.config.results.number_by == "section":
        lines += _within_sections("figure") + _within_sections("table")
    if material.config.math.number_by_section:
        lines += _within_sections("equation")
    return lines


def _within_sections(counter: str) -> list[str]:
    return [f"\\numberwithin{{{counter}}}{{section}}", counted_by_section(counter)]


def _names(text: str, material: Material, inlines: Inlines) -> list[str]:
    """What references call figures, tables and listings: what the site calls them."""
    found = []
    for kind_id, counter in (("figure", "figure"), ("table", "table"), ("listing", "lstlisting")):
        if f"\\begin{{{counter}}}" in text or f"{{{counter}}}" in text:
            kind = material.kinds.by_id(kind_id)
            one = inlines.text(kind.title_in(material.words))
            several = inlines.text(kind.plural_in(material.words))
            found.append(f"\\crefname{{{counter}}}{{{one}}}{{{several}}}")
    return found


def _theorems(used: Mapping[str, str], material: Material, inlines: Inlines) -> list[str]:
    """The environments of the results in the document, counted as the site counts them."""
    kinds = {kind.id: kind for kind in material.kinds.results}
    by_section = "[section]" if material.config.results.number_by == "section" else ""
    lines: list[str] = []
    style = ""
    for name, counter in used.items():
        kind = kinds[name]
        if kind.style != style:
            style = kind.style
            lines.append(f"\\theoremstyle{{{style}}}")
        title = inlines.text(kind.title_in(material.words))
        plural = inlines.text(kind.plural_in(material.words))
        shared = f"[{counter}]" if counter != name else ""
        lines.append(f"\\newtheorem{{{name}}}{shared}{{{title}}}{'' if shared else by_section}")
        if by_section and not shared:
            lines.append(counted_by_section(name))
        lines.append(f"\\newtheorem*{{{name}*}}{{{title}}}")
        lines.append(f"\\crefname{{{name}}}{{{title}}}{{{plural}}}")
    return lines


def _declared(characters: list[str]) -> str:
    """What pdfLaTeX is to set for characters that it does not know."""
    if not characters:
        return ""
    lines = [
        f"  \\DeclareUnicodeCharacter{{{ord(each):04X}}}{{\\fbox{{\\tiny U+{ord(each):04X}}}}}"
        for each in characters
    ]
    return "\n".join(["\\ifPDFTeX", *lines, "\\else", *_fonts_for(characters), "\\fi"])


def _fonts_for(characters: list[str]) -> list[str]:
    """What gives the other engines a font with these characters, the first that is there.

    Latin Modern, which they begin with, has neither Cyrillic nor Chinese letters and leaves gaps.
    """
    has_ideographs = any(_IDEOGRAPHS[0] <= each <= _IDEOGRAPHS[1] for each in characters)
    chosen = ""
    first = _FONTS_WITH_IDEOGRAPHS if has_ideographs else ()
    for font in reversed((*first, *_FONTS_WITH_LETTERS)):
        chosen = f"\\IfFontExistsTF{{{font}}}{{\\setmainfont{{{font}}}}}{{{chosen}}}"
    breaks = '  \\ifXeTeX\\XeTeXlinebreaklocale "zh"\\XeTeXlinebreakskip=0pt plus 1pt\\fi'
    return [f"  {chosen}", *([breaks] if has_ideographs else [])]
