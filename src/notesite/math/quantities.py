r"""The commands of siunitx: what each takes, and what is read in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notesite.math import siunitx
from notesite.math.siunitx_options import values_of
from notesite.math.tex import join
from notesite.math.units import UnitError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from notesite.math.reader import FormulaReader
    from notesite.math.tex import Token
    from notesite.math.values import Macro

    Shown = Callable[[Sequence[str], str, Mapping[str, Macro]], str]

_NUMBER: tuple[int, Shown] = (1, lambda parts, *how: siunitx.number_tex(*parts, *how))
_UNIT: tuple[int, Shown] = (1, lambda parts, *how: siunitx.unit_tex(*parts, *how))
_QUANTITY: tuple[int, Shown] = (2, lambda parts, *how: siunitx.quantity_tex(*parts, *how))
_LIST: tuple[int, Shown] = (2, lambda parts, *how: siunitx.list_tex(parts[0], parts[1], *how))
_RANGE: tuple[int, Shown] = (3, lambda parts, *how: siunitx.range_tex(*parts, *how))

COMMANDS: dict[str, tuple[int, Shown]] = {
    "num": _NUMBER,
    "ang": (1, lambda parts, *how: siunitx.angle_tex(*parts, *how)),
    "numproduct": _NUMBER,
    "qtyproduct": (2, lambda parts, *how: siunitx.product_tex(*parts, *how)),
    "complexnum": (1, lambda parts, *how: siunitx.complex_tex(parts[0], "", *how)),
    "complexqty": (2, lambda parts, *how: siunitx.complex_tex(*parts, *how)),
    **dict.fromkeys(("unit", "si"), _UNIT),
    **dict.fromkeys(("qty", "SI"), _QUANTITY),
    **dict.fromkeys(("qtylist", "SIlist"), _LIST),
    "numlist": (1, lambda parts, *how: siunitx.list_tex(parts[0], "", *how)),
    **dict.fromkeys(("qtyrange", "SIrange"), _RANGE),
    "numrange": (2, lambda parts, *how: siunitx.range_tex(parts[0], parts[1], "", *how)),
}
"""How many arguments each command has, and the TeX that says the same."""


def quantity(reader: FormulaReader, token: Token) -> None:
    """Has read what a command of siunitx says, in text as in math."""
    count, shown = COMMANDS[token.name]
    stream = reader.stream
    stream.skip_space()
    options = join(stream.bracketed() or [])
    parts: list[str] = []
    for _ in range(count):
        stream.skip_space()
        following = stream.peek()
        if following is None or following.text != "{":
            _misused(reader, token)
            return
        parts.append(join(stream.argument()))
    try:
        tex = shown(parts, options, reader.scope.macros)
    except UnitError as problem:
        reader.problem("math-syntax", str(problem), token)
        return
    reader.push_text(f"${{{tex}}}$" if reader.inside("text") else f"{{{tex}}}", token)


def set_up(reader: FormulaReader, token: Token) -> None:
    r"""`\sisetup{…}`: options for all quantities from here to the end of the note."""
    written = join(reader.stream.argument())
    try:
        values_of(written)
    except UnitError as problem:
        reader.problem("math-syntax", str(problem), token)
        return
    reader.scope.set_quantity_options(written)
    reader.reading.defines = True


def _misused(reader: FormulaReader, token: Token) -> None:
    example = {1: "{\\ldots}", 2: "{2.5}{\\metre}", 3: "{1}{2.5}{\\metre}"}[COMMANDS[token.name][0]]
    hints = [f"write it as {token.text}{example}"]
    if token.name == "qty":
        hints.append("that of the package physics is in the macro set 'physics'")
    message = f"'{token.text}', of the package siunitx, needs its arguments in braces"
    reader.problem("math-syntax", message, token, tuple(hints))
