r"""Numbers and quantities as TeX, as the package siunitx has them: `\num`, `\unit`, `\qty`, `\ang`.

What is shown is what siunitx shows by default, but for words in a range or a list, whose language
is not known here: a range has a dash, a list commas.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from notesite.math.unit_names import SIGNS_AT_NUMBERS, UNITS
from notesite.math.unit_words import units_of
from notesite.math.units import UnitError
from notesite.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Mapping

    from notesite.math.unit_words import Unit
    from notesite.math.values import Macro

_DIGITS = r"(?P<{0}>\d*(?:[.,]\d*)?)"
_NUMBER = pattern(
    r"(?P<sign>(?:\+-|\\pm|±|[-+−])?)"
    + _DIGITS.format("digits")
    + r"(?:\((?P<doubt>\d+(?:\.\d+)?)\)|(?:\+-|\\pm|±)"
    + _DIGITS.format("error")
    + r")?(?:[eEdD](?P<power>[-+−]?\d+))?"
)
_LITERAL = pattern(
    r"(?P<power>\^\{?[-−]?\d+\}?)|(?P<letters>[^\W\d_]+)|(?P<gap>[.~ ]+)|(?P<slash>/)"
    r"|(?P<sign>[°%′″()\d])"
)
_GROUPED_FROM = 5
"""From how many digits on they are grouped by three."""
_SIGNS = {
    "°": "{}^{\\circ}", "′": "{}^{\\prime}", "″": "{}^{\\prime\\prime}", "%": "\\%",
}  # fmt: skip
_MODES = frozenset({"per-mode=symbol", "per-mode=fraction"})
_NO_MACROS: Mapping[str, Macro] = MappingProxyType({})


def number_tex(written: str) -> str:
    r"""The TeX of `\num{written}`; raises UnitError."""
    factors = "".join(written.replace("\\times", "x").split()).split("x")
    return "\\times ".join(map(_number, factors))


def unit_tex(written: str, options: str = "", macros: Mapping[str, Macro] = _NO_MACROS) -> str:
    r"""The TeX of `\unit[options]{written}`; raises UnitError.

    `macros` are those in force, by name: units of a site's own are among them.
    """
    if "\\" not in written:
        return _literal(written.strip())
    units = units_of(written, macros)
    mode = next((mode for mode in _MODES if mode in options.replace(" ", "")), "")
    above = "\\,".join(_raised(unit, "") for unit in units if not unit.is_below)
    below = [unit for unit in units if unit.is_below]
    if not mode or not below:
        return "\\,".join(_raised(unit, "-" if unit.is_below else "") for unit in units)
    divisor = "\\,".join(_raised(unit, "") for unit in below)
    if mode.endswith("fraction"):
        return f"\\frac{{{above or 1}}}{{{divisor}}}"
    return f"{above or 1}/{divisor if len(below) == 1 else f'({divisor})'}"


def quantity_tex(
    number: str, unit: str, options: str = "", macros: Mapping[str, Macro] = _NO_MACROS
) -> str:
    r"""The TeX of `\qty[options]{number}{unit}`; raises UnitError."""
    shown = number_tex(number) if number.strip() else ""
    behind = unit_tex(unit, options, macros)
    name = unit.strip().removeprefix("\\")
    is_close = UNITS.get(name, name) in SIGNS_AT_NUMBERS
    return shown + ("\\," if shown and behind and not is_close else "") + behind


def angle_tex(written: str) -> str:
    r"""The TeX of `\ang{30;15;20}`: degrees, minutes and seconds of arc; raises UnitError."""
    parts = written.split(";")
    if len(parts) > len(SIGNS_AT_NUMBERS):
        raise UnitError(f"'{written}' is no angle: write degrees;minutes;seconds")
    return "".join(
        number_tex(part) + _sign(sign)
        for part, sign in zip(parts, SIGNS_AT_NUMBERS, strict=False)
        if part.strip()
    )


def _number(written: str) -> str:
    match = _NUMBER.fullmatch(written)
    if match is None or not written:
        raise UnitError(f"'{written}' is not a number")
    sign = "-" if match["sign"] == "−" else match["sign"]
    sign = "\\pm " if sign in {"+-", "±", "\\pm"} else sign
    shown = sign + _grouped(match["digits"])
    if match["doubt"]:
        shown += f"({match['doubt']})"
    if match["error"]:
        shown += f"\\pm {_grouped(match['error'])}"
    if not match["power"]:
        return shown
    if match["error"]:
        shown = f"({shown})"
    power = match["power"].replace("−", "-").removeprefix("+")
    return shown + ("\\times " if match["digits"] else "") + f"10^{{{power}}}"


def _grouped(digits: str) -> str:
    whole, point, part = digits.replace(",", ".").partition(".")
    whole = whole or ("0" if point else "")
    if len(whole) >= _GROUPED_FROM:
        first = len(whole) % 3
        pieces = [whole[:first], *(whole[at : at + 3] for at in range(first, len(whole), 3))]
        whole = "\\,".join(filter(None, pieces))
    if len(part) >= _GROUPED_FROM:
        part = "\\,".join(part[at : at + 3] for at in range(0, len(part), 3))
    return whole + (f".{part}" if part else "")


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
    numbers: str, unit: str, options: str = "", macros: Mapping[str, Macro] = _NO_MACROS
) -> str:
    r"""The TeX of `\qtylist{1;2;3}{\metre}`, or of numbers alone; raises UnitError."""
    parts = [part for part in numbers.split(";") if part.strip()]
    return ",\\ ".join(quantity_tex(part, unit, options, macros) for part in parts)


def range_tex(
    first: str, last: str, unit: str, options: str = "", macros: Mapping[str, Macro] = _NO_MACROS
) -> str:
    r"""The TeX of `\qtyrange{1}{10}{\metre}`, or of numbers alone; raises UnitError."""
    return "\\text{–}".join(quantity_tex(part, unit, options, macros) for part in (first, last))
