r"""The names of units and prefixes of siunitx, and how each is written.

They are those of the package's manual, in its section on the units that it defines.
"""

from __future__ import annotations

SIUNITX = (
    *("num", "ang", "unit", "si", "qty", "SI", "numlist", "qtylist", "SIlist"),
    *("numrange", "qtyrange", "SIrange", "numproduct", "qtyproduct", "complexnum", "complexqty"),
)
"""The commands of the package; see `quantities`."""

PREFIXES: dict[str, str] = {
    "quecto": "q", "ronto": "r", "yocto": "y", "zepto": "z", "atto": "a", "femto": "f",
    "pico": "p", "nano": "n", "micro": "µ", "milli": "m", "centi": "c", "deci": "d",
    "deca": "da", "deka": "da", "hecto": "h", "kilo": "k", "mega": "M", "giga": "G", "tera": "T",
    "peta": "P", "exa": "E", "zetta": "Z", "yotta": "Y", "ronna": "R", "quetta": "Q",
    "kibi": "Ki", "mebi": "Mi", "gibi": "Gi", "tebi": "Ti", "pebi": "Pi", "exbi": "Ei",
}  # fmt: skip
"""What stands before a unit, by name."""

UNITS: dict[str, str] = {
    "ampere": "A", "candela": "cd", "kelvin": "K", "kilogram": "kg", "gram": "g", "metre": "m",
    "meter": "m", "mole": "mol", "second": "s", "becquerel": "Bq", "degreeCelsius": "°C",
    "celsius": "°C", "coulomb": "C", "farad": "F", "gray": "Gy", "hertz": "Hz", "henry": "H",
    "joule": "J", "lumen": "lm", "katal": "kat", "lux": "lx", "newton": "N", "ohm": "Ω",
    "pascal": "Pa", "radian": "rad", "siemens": "S", "sievert": "Sv", "steradian": "sr",
    "tesla": "T", "volt": "V", "watt": "W", "weber": "Wb", "astronomicalunit": "au", "bel": "B",
    "dalton": "Da", "day": "d", "decibel": "dB", "degree": "°", "electronvolt": "eV",
    "hectare": "ha", "hour": "h", "litre": "L", "liter": "L", "arcminute": "′", "arcmin": "′",
    "minute": "min", "arcsecond": "″", "arcsec": "″", "neper": "Np", "tonne": "t",
    "angstrom": "Å", "bar": "bar", "barn": "b", "knot": "kn", "mmHg": "mmHg",
    "nauticalmile": "M", "atomicmassunit": "u", "bit": "bit", "byte": "B", "percent": "%",
    "curie": "Ci", "gal": "Gal", "rad": "rad", "rem": "rem", "roentgen": "R", "are": "a",
}  # fmt: skip
"""The units by name."""

SIGNS_AT_NUMBERS = ("°", "′", "″")
"""The units that stand at their number without a space."""

POWERS: dict[str, str] = {"squared": "2", "cubed": "3"}
"""What stands behind a unit and raises it."""
POWERS_BEFORE: dict[str, str] = {"square": "2", "cubic": "3"}
"""What stands before a unit and raises it."""

_SHORT_UNITS = frozenset(
    {"g", "m", "s", "A", "K", "mol", "cd", "N", "Pa", "J", "W", "V", "F", "H", "C", "Hz", "eV"}
    | {"l", "L", "B", "dB", "bit", "T", "S", "Wh", "Wb", "Bq", "h"}
)
_SHORT_PREFIXES = "afpnumcdkMGT"
_SPELLED = {"ohm": "Ω"}


def abbreviated(name: str) -> str | None:
    r"""The unit that an abbreviation such as `\kHz` or `\um` stands for; None if it is none."""
    if name in _SHORT_UNITS:
        return name
    prefix, unit = name[:1], name[1:]
    sign = unit if unit in _SHORT_UNITS else _SPELLED.get(unit)
    if sign is None or prefix not in _SHORT_PREFIXES:
        return None
    return ("µ" if prefix == "u" else prefix) + sign
