r"""Numbers and quantities as TeX, as the package siunitx has them: `\num`, `\unit`, `\qty`, `\ang`.

What is shown is what siunitx shows by default, but for words in a range or a list, whose language
is not known here: a range has a dash, a list commas. An uncertainty is shown as it is written.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from notesite.math import siunitx_numbers as numbers
from notesite.math.siunitx_options import options_of
from notesite.math.unit_names import SIGNS_AT_NUMBERS, UNITS
from notesite.math.unit_words import units_of
from notesite.math.units import UnitError
from notesite.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Mapping

    from notesite.math.siunitx_options import Options
    from notesite.math.unit_words import Unit
    from notesite.math.values import Macro

_LITERAL = pattern(
    r"(?P<power>\^\{?[-−]?\d+\}?)|(?P<letters>[^\W\d_]+)|(?P<gap>[.~ ]+)|(?P<slash>/)"
    r"|(?P<sign>[°%′″()\d])"
)
_TIMES = "\\times "
_BETWEEN = "\\pm "
_SIGNS = {
    "°": "{}^{\\circ}", "′": "{}^{\\prime}", "″": "{}^{\\prime\\prime}", "%": "\\%",
}  # fmt: skip
_NO_MACROS: Mapping[str, Macro] = MappingProxyType({})


def number_tex(written: str, options: str = "", macros: Mapping[str, Macro] = _NO_MACROS) -> str:
    r"""The TeX of `\num[options]{written}`; raises UnitError.

    `macros` are those in force, by name: units of a site's own and lasting options are among them.
    """
    return _product(written, "", options_of(options, macros), macros)


def complex_tex(
    written: str, unit: str, options: str = "", macros: Mapping[str, Macro] = _NO_MACROS
) -> str:
    r"""The TeX of `\complexqty{written}{unit}`, or of a number alone; raises UnitError."""
    chosen = options_of(options, macros)
    shown, is_sum = numbers.complex_tex(written, chosen)
    return _with_unit(f"({shown})" if is_sum and unit else shown, unit, chosen, macros)


def unit_tex(written: str, options: str = "", macros: Mapping[str, Macro] = _NO_MACROS) -> str:
    r"""The TeX of `\unit[options]{written}`; raises UnitError."""
    return _unit(written, options_of(options, macros), macros)


def quantity_tex(
    number: str, unit: str, options: str = "", macros: Mapping[str, Macro] = _NO_MACROS
) -> str:
    r"""The TeX of `\qty[options]{number}{unit}`; raises UnitError."""
    return _product(number, unit, options_of(options, macros), macros)


def product_tex(
    written: str, unit: str, options: str = "", macros: Mapping[str, Macro] = _NO_MACROS
) -> str:
    r"""The TeX of `\qtyproduct{2 x 3}{\metre}`; raises UnitError."""
    chosen = options_of(options, macros)
    return _joined(_factors(written), [_TIMES], _Way(unit, chosen.product_units, chosen, macros))


def _product(number: str, unit: str, options: Options, macros: Mapping[str, Macro]) -> str:
    factors = _factors(number)
    if len(factors) > 1:
        return _joined(factors, [_TIMES], _Way(unit, "single", options, macros))
    return _quantity(number, unit, options, macros)


def _factors(written: str) -> list[str]:
    return "".join(written.replace("\\times", "x").split()).split("x")


def _quantity(number: str, unit: str, options: Options, macros: Mapping[str, Macro]) -> str:
    if not number.strip() and unit:
        return _unit(unit, options, macros)
    parsed = numbers.parsed(number)
    shown = numbers.tex_of(parsed, options)
    if unit and numbers.has_parts(parsed, options):
        repeated = options.separate_uncertainty_units
        if repeated == "repeat":
            parts = shown.split(_BETWEEN)
            return _BETWEEN.join(_with_unit(part, unit, options, macros) for part in parts)
        shown = shown if repeated == "single" else f"({shown})"
    return _with_unit(shown, unit, options, macros)


def _with_unit(shown: str, unit: str, options: Options, macros: Mapping[str, Macro]) -> str:
    behind = _unit(unit, options, macros)
    name = unit.strip().removeprefix("\\")
    is_close = UNITS.get(name, name) in SIGNS_AT_NUMBERS
    return shown + (options.quantity_product if behind and not is_close else "") + behind


def _unit(written: str, options: Options, macros: Mapping[str, Macro]) -> str:
    if "\\" not in written:
        return _literal(written.strip())
    units = units_of(written, macros)
    product = options.inter_unit_product
    below = [unit for unit in units if unit.is_below]
    above = product.join(_raised(unit, "") for unit in units if not unit.is_below)
    mode = options.per_mode
    if mode == "single-symbol":
        mode = "symbol" if len(below) == 1 else "power"
    if not below or mode.startswith("power"):
        if mode == "power-positive-first":
            units = sorted(units, key=lambda unit: unit.is_below)
        return product.join(_raised(unit, "-" if unit.is_below else "") for unit in units)
    if mode == "repeated-symbol":
        return options.per_symbol.join([above or "1", *(_raised(unit, "") for unit in below)])
    divisor = product.join(_raised(unit, "") for unit in below)
    if mode == "fraction":
        return f"\\frac{{{above or 1}}}{{{divisor}}}"
    return f"{above or 1}{options.per_symbol}{divisor if len(below) == 1 else f'({divisor})'}"


def angle_tex(written: str, options: str = "", macros: Mapping[str, Macro] = _NO_MACROS) -> str:
    r"""The TeX of `\ang{30;15;20}`: degrees, minutes and seconds of arc; raises UnitError."""
    parts = written.split(";")
    if len(parts) > len(SIGNS_AT_NUMBERS):
        raise UnitError(f"'{written}' is no angle: write degrees;minutes;seconds")
    return "".join(
        number_tex(part, options, macros) + _sign(sign)
        for part, sign in zip(parts, SIGNS_AT_NUMBERS, strict=False)
        if part.strip()
    )


def _literal(written: str) -> str:
    """A unit in letters, such as `kg.m/s^2`."""
    pieces: list[str] = []
    at = 0
    while at < len(written):
        match = _LITERAL.match(written, at)
        if match is None:
            raise UnitError(f"'{written[at]}' is no part of a unit")
        at = match.end()
        text = match[0]
        if match["power"]:
            pieces.append(f"^{{{text.strip('^{}').replace('−', '-')}}}")
        elif match["gap"]:
            pieces.append("\\,")
        else:
            pieces.append("/" if text == "/" else _sign(text))
    return "".join(pieces)


def _raised(unit: Unit, sign: str) -> str:
    power = sign + (unit.power or ("1" if sign else ""))
    return _sign(unit.sign) + (f"^{{{power}}}" if power else "")


def _sign(unit: str) -> str:
    """The TeX of a unit without a power, which stands upright."""
    if unit in _SIGNS:
        return _SIGNS[unit]
    if unit.endswith("Ω"):
        return (_sign(unit[:-1]) if unit[:-1] else "") + "\\Omega "
    return f"\\mathrm{{{unit}}}" if unit.isascii() else f"\\text{{{unit}}}"


def list_tex(
    written: str, unit: str, options: str = "", macros: Mapping[str, Macro] = _NO_MACROS
) -> str:
    r"""The TeX of `\qtylist{1;2;3}{\metre}`, or of numbers alone; raises UnitError."""
    parts = [part for part in written.split(";") if part.strip()]
    chosen = options_of(options, macros)
    separators = [_text(chosen.list_separator)] * (len(parts) - 2)
    last = chosen.list_final_separator if separators else chosen.list_pair_separator
    way = _Way(unit, chosen.list_units, chosen, macros)
    return _joined(parts, [*separators, _text(last)], way)


def range_tex(
    first: str, last: str, unit: str, options: str = "", macros: Mapping[str, Macro] = _NO_MACROS
) -> str:
    r"""The TeX of `\qtyrange{1}{10}{\metre}`, or of numbers alone; raises UnitError."""
    chosen = options_of(options, macros)
    way = _Way(unit, chosen.range_units, chosen, macros)
    return _joined([first, last], [_text(chosen.range_phrase)], way)


class _Way(NamedTuple):
    """How several numbers are shown: their unit, whether it is repeated, and what is in force."""

    unit: str
    repeated: str
    options: Options
    macros: Mapping[str, Macro]


def _joined(parts: list[str], separators: list[str], way: _Way) -> str:
    """The parts with `separators` between them, of which the last is for all that remain."""
    unit, repeated, options, macros = way
    own_unit = unit if repeated == "repeat" else ""
    shown = ""
    for index, part in enumerate(parts):
        before = separators[min(index, len(separators)) - 1] if index else ""
        shown += before + _quantity(part, own_unit, options, macros)
    if repeated == "repeat" or not unit:
        return shown
    return _with_unit(f"({shown})" if repeated == "bracket" else shown, unit, options, macros)


def _text(separator: str) -> str:
    return f"\\text{{{separator.replace('--', '–')}}}"
