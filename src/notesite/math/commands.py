"""Which commands and characters the reader does something about, and what."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from notesite.math import (
    accents,
    ampersands,
    boxes,
    columns,
    decorations,
    delimiters,
    fences,
    frames,
    letters,
    line_breaks,
    marks,
    operators,
    primitives,
    rows,
)
from notesite.math.accents import ACCENTS
from notesite.math.definitions import DEFINING
from notesite.math.scope import KnownCommands
from notesite.math.supplement import SUPPLEMENT
from notesite.math.tex import braced
from notesite.math.unit_names import SIUNITX

if TYPE_CHECKING:
    from collections.abc import Callable

    from notesite.math.reader import FormulaReader
    from notesite.math.tex import Token

    Handler = Callable[[FormulaReader, Token], None]


def _superscript_or_underscore(reader: FormulaReader, token: Token) -> None:
    in_text = {"_": "\\_", "^": "\\textasciicircum"}
    if reader.inside("text"):
        reader.emit_text(in_text[token.text] + "{}", token)
    else:
        reader.emit(token)


def _number_sign(reader: FormulaReader, token: Token) -> None:
    if reader.inside("text"):
        reader.emit_text("\\#{}", token)
        return
    message = "'#' belongs in the definition of a macro"
    reader.problem("math-syntax", message, token, ("a printed number sign is '\\#'",))


def _refuse(reader: FormulaReader, token: Token) -> None:
    message = f"'{token.text}' is not supported: {REFUSED[token.name]}"
    reader.problem("math-unsupported", message, token)
    if token.name in _ROWS_IN_BRACES:
        # Its cells and lines would only be complained of besides.
        reader.stream.argument()


def _of(module: str, name: str) -> Handler:
    """A handler whose module is imported when it is met, as most sites never meet it."""

    def handler(reader: FormulaReader, token: Token) -> None:
        getattr(import_module(f"notesite.math.{module}"), name)(reader, token)

    return handler


def _braced(reader: FormulaReader, token: Token) -> None:
    reader.emit(token)
    argument = reader.stream.argument()
    reader.stream.push(braced(argument, token))


def _chemistry(reader: FormulaReader, token: Token) -> None:
    from notesite.math.chemistry import ChemistryError, chemical_tex  # noqa: PLC0415 - few notes

    _replaced(reader, token, chemical_tex, ChemistryError)


def _quantity(reader: FormulaReader, token: Token) -> None:
    from notesite.math.units import UnitError, quantity_tex  # noqa: PLC0415 - as above

    _replaced(reader, token, quantity_tex, UnitError)


def _replaced(
    reader: FormulaReader, token: Token, tex_of: Callable[[str], str], error: type[Exception]
) -> None:
    """Has read what a language of its own says in TeX, in text as in math."""
    written = "".join(part.text for part in reader.stream.argument())
    try:
        shown = f"{{{tex_of(written)}}}"
    except error as problem:
        reader.problem("math-syntax", str(problem), token)
        return
    reader.push_text(f"${shown}$" if reader.inside("text") else shown, token)


FENCING = ("bra", "ket", "braket", "set", "Bra", "Ket", "Braket", "Set", "pod", "pmod")
r"""The commands that put their argument between parentheses.

They get braces around it, as math-core, given `\bra\frac12`, leaves a parenthesis open and takes
time without bound.
"""

TEXT_COMMANDS = frozenset(
    {"text", "textrm", "textbf", "textit", "texttt", "textsf", "textsc", "emph"}
)
"""The commands whose argument is text."""

REFUSED: dict[str, str] = {
    "multirow": "leave cells empty",
    "show": "there is no terminal to show it on",
    "includegraphics": "put the image beside the formula, in Markdown",
    "makebox": "use \\text, or \\mathclap for what takes no room",
    "footnote": "use a Markdown footnote after the formula",
    "cite": "cite in the text beside the formula",
    "csname": "write the command itself",
    "if": "write the formula out",
    "ifx": "write the formula out",
    "else": "write the formula out",
    "fi": "write the formula out",
    "tikz": "include the picture as an SVG image",
    "xymatrix": "include the diagram as an SVG image",
    "nameref": "use \\ref or \\eqref",
    "pageref": "pages have no numbers here; use \\ref",
    "columncolor": "write it before the column, as in {c>{\\columncolor{pink}}c}",
    "mathstyle": "use \\displaystyle or its relatives",
    "mathmakebox": "use \\mathllap, \\mathrlap or \\hspace",
    "moveleft": "use \\hspace with a negative length",
    "moveright": "use \\hspace",
    "newcases": "use cases, rcases or array between \\left and \\right",
    "newtagform": "use \\tag*{…}, which shows what it is given",
    "usetagform": "use \\tag*{…}, which shows what it is given",
    "ArrowBetweenLines": "give the arrow a line of its own",
}
"""Commands that people use and that cannot be rendered, each with what to do instead."""

_ROWS_IN_BRACES = ("xymatrix",)

_EMPHEQ_DELIMITERS = tuple(
    f"empheq{big}{side}{name}"
    for big in ("", "big")
    for side in "lr"
    for name in ("brace", "brack", "angle", "paren", "vert", "Vert", "floor", "ceil")
)
"""What empheq stretches over all rows."""

_NUMBERS = ("Un", "Bin", "Trin", "Quatern", "Quin")

HANDLERS: dict[str, Handler] = {
    **dict.fromkeys(TEXT_COMMANDS, frames.open_text),
    **dict.fromkeys(REFUSED, _refuse),
    **dict.fromkeys(("\\", "cr", "newline", "tabularnewline"), line_breaks.line_break),
    **dict.fromkeys(("hline", "hdashline"), columns.rule_between_rows),
    **dict.fromkeys(("intertext", "shortintertext"), rows.text_between_rows),
    **dict.fromkeys(FENCING, _braced),
    "begin": rows.begin,
    "end": rows.end,
    "begingroup": frames.open_group,
    "endgroup": frames.close_group,
    "left": fences.left,
    "middle": fences.middle,
    "right": fences.right,
    "multicolumn": columns.multicolumn,
    "hdotsfor": columns.dots_over_columns,
    "bordermatrix": _of("bordered", "border_matrix"),
    **dict.fromkeys(("cline", "cdashline"), columns.rule_under_columns),
    **dict.fromkeys(ACCENTS, accents.compose),
    **dict.fromkeys(("cellcolor", "rowcolor"), columns.cell_color),
    **dict.fromkeys(("shoveleft", "shoveright"), _of("multlines", "shoved")),
    "label": marks.label,
    "tag": marks.tag,
    "notag": marks.no_number,
    "nonumber": marks.no_number,
    **dict.fromkeys(("ref", "eqref", "cref", "Cref", "autoref"), marks.reference),
    **dict.fromkeys(boxes.SIZES, boxes.size),
    **dict.fromkeys(boxes.PADDED, boxes.padded),
    **dict.fromkeys(("kern", "mkern", "hskip", "mskip"), boxes.kern),
    **dict.fromkeys(("hspace", "mspace"), boxes.space),
    **dict.fromkeys(("colorbox", "fcolorbox"), _of("colors", "colored_box")),
    **dict.fromkeys(("definecolor", "colorlet"), _of("colors", "define_color")),
    **dict.fromkeys(("reflectbox", "mathreflectbox"), boxes.reflected),
    **dict.fromkeys(letters.ALPHABETS, letters.in_one_alphabet),
    "dots": operators.dots,
    "sout": boxes.struck_out,
    **dict.fromkeys(decorations.SEGMENTS, decorations.segment),
    **dict.fromkeys(("boldsymbol", "bm"), decorations.bold),
    "not": decorations.negation,
    "cancelto": decorations.cancelled_to,
    **dict.fromkeys(("htmlClass", "class"), _of("attributes", "classed")),
    "htmlData": _of("attributes", "with_data"),
    **dict.fromkeys(("htmlId", "cssId"), _of("attributes", "identified")),
    **dict.fromkeys(("htmlStyle", "style"), _of("attributes", "styled")),
    "raisebox": decorations.raised,
    "textcircled": decorations.circled,
    **dict.fromkeys(primitives.INFIX, primitives.infix_fraction),
    **dict.fromkeys(delimiters.SIZED, delimiters.sized),
    "genfrac": delimiters.fraction,
    "cfrac": delimiters.continued_fraction,
    "expandafter": primitives.expand_after,
    "@ifnextchar": primitives.if_next_character,
    "futurelet": primitives.future_let,
    "TextOrMath": primitives.text_or_math,
    **dict.fromkeys(("color", "textcolor"), _of("colors", "color")),
    "smash": boxes.smash,
    "rule": boxes.rule,
    "mathop": operators.operator,
    "operatorname": operators.operator_name,
    "operatornamewithlimits": operators.operator_name,
    "href": boxes.link,
    "url": boxes.link,
    "char": _of("characters", "character"),
    "unicode": _of("characters", "unicode_character"),
    **dict.fromkeys(("\n", "\t", "\r"), _of("classics", "control_space")),
    "sqrt": _of("classics", "radical"),
    "ce": _chemistry,
    "pu": _quantity,
    **dict.fromkeys(SIUNITX, _of("quantities", "quantity")),
    "sisetup": _of("quantities", "set_up"),
    "mathit": letters.italic,
    "require": _of("requiring", "require"),
    "root": _of("classics", "root"),
    "buildrel": _of("classics", "built_relation"),
    **dict.fromkeys(("raise", "lower"), _of("classics", "shifted")),
    "tensor": _of("tensors", "tensor"),
    "indices": _of("tensors", "indices"),
    **dict.fromkeys(("splitfrac", "splitdfrac"), _of("split_fractions", "split_fraction")),
    **dict.fromkeys(("AxiomC", "AXC", "Axiom"), _of("proofs", "begin_proof")),
    **dict.fromkeys(
        (
            *(f"{count}aryInf{kind}" for count in _NUMBERS for kind in ("", "C")),
            *("UIC", "BIC", "TIC", "LeftLabel", "RightLabel", "DisplayProof"),
        ),
        _of("proofs", "misplaced"),
    ),
    "enclose": _of("enclosures", "enclosed"),
    "bbox": _of("enclosures", "background_box"),
    "Aboxed": _of("enclosures", "aligned_box"),
    **dict.fromkeys(_EMPHEQ_DELIMITERS, _of("braced_rows", "delimiter")),
    **dict.fromkeys(letters.UPRIGHT, letters.upright),
}
"""What is done about a command, by its name."""

CHARACTER_HANDLERS: dict[str, Handler] = {
    "{": frames.open_brace,
    "}": frames.close_brace,
    "$": frames.dollar,
    "&": ampersands.ampersand,
    "#": _number_sign,
    "_": _superscript_or_underscore,
    "^": _superscript_or_underscore,
}
"""What is done about a character."""

_CHECKED = frozenset({"left", "right", "not", "genfrac", "sqrt", *delimiters.SIZED})


def known_commands(engine: frozenset[str]) -> KnownCommands:
    """All commands, where the engine renders those of `engine`."""
    handled = frozenset({*HANDLERS, *SUPPLEMENT, *DEFINING})
    return KnownCommands(engine, handled, _CHECKED, frozenset(REFUSED))
