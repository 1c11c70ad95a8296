r"""The options of siunitx that change what is shown: `\num[round-mode=places]{…}`, `\sisetup`."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from notesite.math.tex import tokenize
from notesite.math.units import UnitError
from notesite.math.values import QUANTITY_OPTIONS
from notesite.text import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from notesite.math.values import Macro

LARGEST = 30
"""How many places a number may be rounded to, or an exponent moved by."""


class Options(NamedTuple):
    """How quantities are shown; the fields have the names of the package's options.

    What separates numbers is TeX of text, what stands between a number and its power or unit TeX
    of math.
    """

    round_mode: str = "none"
    round_precision: int = 2
    uncertainty_mode: str = ""
    exponent_mode: str = "input"
    fixed_exponent: int = 0
    exponent_product: str = "\\times "
    output_decimal_marker: str = "."
    group_digits: str = "all"
    group_separator: str = "\\,"
    group_minimum_digits: int = 5
    minimum_integer_digits: int = 0
    minimum_decimal_digits: int = 0
    drop_zero_decimal: str = "false"
    print_unity_mantissa: str = "true"
    print_zero_exponent: str = "false"
    retain_explicit_plus: str = "false"
    per_mode: str = "power"
    per_symbol: str = "/"
    inter_unit_product: str = "\\,"
    quantity_product: str = "\\,"
    separate_uncertainty_units: str = "bracket"
    list_separator: str = ", "
    list_final_separator: str = ", "
    list_pair_separator: str = ", "
    list_units: str = "repeat"
    range_phrase: str = "–"
    range_units: str = "repeat"
    product_units: str = "repeat"


_BOOLEAN = ("true", "false")
_REPEATED = ("repeat", "single", "bracket")
_CHOICES: dict[str, tuple[str, ...]] = {
    "round_mode": ("none", "places", "figures", "uncertainty"),
    "uncertainty_mode": ("compact", "compact-marker", "full", "separate"),
    "exponent_mode": ("input", "scientific", "engineering", "fixed"),
    "group_digits": ("all", "none", "integer", "decimal"),
    "per_mode": (
        "power", "reciprocal", "power-positive-first", "symbol", "repeated-symbol",
        "single-symbol", "fraction",
    ),
    "list_units": _REPEATED, "range_units": _REPEATED, "product_units": _REPEATED,
    "separate_uncertainty_units": _REPEATED, "drop_zero_decimal": _BOOLEAN,
    "print_unity_mantissa": _BOOLEAN, "print_zero_exponent": _BOOLEAN,
    "retain_explicit_plus": _BOOLEAN,
}  # fmt: skip
"""What the options may be that have names for values."""
_NUMBERS = frozenset(
    name for name, usual in Options._field_defaults.items() if isinstance(usual, int)
)
_SHORT = {
    "round_mode": {"off": "none"}, "group_digits": {"true": "all", "false": "none"},
    "per_mode": {"reciprocal": "power", "slash": "symbol"},
    "uncertainty_mode": {"compact-marker": "compact"},
}  # fmt: skip
"""Other names of values, by the option."""
_OLDER = {
    "scientific-notation": ("exponent-mode", {
        "true": "scientific", "false": "input", "fixed": "fixed", "engineering": "engineering",
    }),
    "separate-uncertainty": ("uncertainty-mode", {"true": "separate", "false": "compact"}),
    "group-four-digits": ("group-minimum-digits", {"true": "4", "false": "5"}),
    "number-unit-product": ("quantity-product", {}),
    "multi-part-units": ("separate-uncertainty-units", {"brackets": "bracket"}),
}  # fmt: skip
"""Options of earlier versions, with the one that says the same today and its values."""
_LOCALES: dict[str, dict[str, str | int]] = {
    "DE": {"exponent_product": "\\cdot ", "output_decimal_marker": ","},
    "PL": {
        "exponent_product": "\\cdot ", "inter_unit_product": "\\cdot ",
        "output_decimal_marker": ",",
    },
    "FR": {"output_decimal_marker": ","}, "SI": {"output_decimal_marker": ","},
    "ZA": {"inter_unit_product": "\\cdot ", "output_decimal_marker": ","}, "UK": {}, "US": {},
}  # fmt: skip
"""What the package changes for a country."""
_OF_LOOKS = (
    "mode", "color", "unit-color", "number-color", "detect-", "reset-", "propagate-", "text-",
    "unit-font-", "number-font-", "math-", "font", "table-", "input-", "tight-spacing", "forbid-",
    "use-xspace", "overwrite-", "free-standing-", "allow-", "display-per-mode", "inline-per-mode",
    "unit-optional-", "space-before-unit", "bracket-unit-",
)  # fmt: skip
"""How the names of options begin that change only looks, or what is read at all."""
_LACKED = """
    prefix-mode exponent-to-prefix round-half round-minimum round-pad round-zero-positive
    zero-decimal-as-symbol zero-symbol angle-mode angle-separator angle-symbol-over-decimal
    number-angle-product complex-mode complex-angle-unit complex-root-position complex-symbol-angle
    output-complex-root parse-numbers parse-units bracket-ambiguous-numbers bracket-negative-numbers
    negative-color qualifier-mode qualifier-phrase sticky-per uncertainty-separator fraction-command
    output-open-uncertainty output-close-uncertainty extract-mass-in-kilograms print-implicit-plus
    retain-negative-zero retain-zero-uncertainty exponent-thresholds product-mode product-phrase
    product-symbol product-exponents list-exponents range-exponents list-open-bracket
    list-close-bracket range-open-bracket range-close-bracket range-open-phrase quotient-mode
    power-half-as-sqrt digit-group-size digit-group-first-size digit-group-other-size
    separate-uncertainty-unit print-exponent-implicit-plus uncertainty-descriptors
"""
_LACKING = frozenset(_LACKED.split())
"""Those of the package that are not known here and would change what is said."""


def options_of(written: str, macros: Mapping[str, Macro]) -> Options:
    r"""What `written` says beside what `\sisetup` said before; raises UnitError."""
    lasting = macros.get(QUANTITY_OPTIONS)
    said = {**values_of(lasting.body if lasting else ""), **values_of(written)}
    return Options()._replace(**said)  # type: ignore[arg-type]


def values_of(written: str) -> dict[str, str | int]:
    """The options that are written, by the names of fields; raises UnitError."""
    values: dict[str, str | int] = {}
    for key, given in _pairs(written):
        today, names = _OLDER.get(key, (key, {}))
        name = today.replace("-", "_")
        if name in Options._fields:
            values[name] = _value(key, name, names.get(given, given))
        elif key == "locale" and given in _LOCALES:
            values.update(_LOCALES[given])
        elif not key.startswith(_OF_LOOKS):
            raise UnitError(_unknown(key))
    return values


def _unknown(key: str) -> str:
    if key in _LACKING:
        return f"the option '{key}' of siunitx is not supported"
    known = [*(field.replace("_", "-") for field in Options._fields), *_OLDER, "locale"]
    guess = "".join(f": {hint}" for hint in did_you_mean(key, known))
    return f"siunitx has no option '{key}'{guess}"


def _value(key: str, name: str, given: str) -> str | int:
    given = _SHORT.get(name, {}).get(given, given)
    choices = _CHOICES.get(name)
    if choices is not None and given not in choices:
        raise UnitError(f"'{key}' cannot be '{given}': it is {', '.join(choices)}")
    if name not in _NUMBERS:
        return given
    if not given.removeprefix("-").isdecimal() or abs(int(given)) > LARGEST:
        raise UnitError(f"'{key}' needs a number of at most {LARGEST}, not '{given}'")
    return int(given)


def _pairs(written: str) -> Iterator[tuple[str, str]]:
    """The names and values between commas; a name alone is true."""
    part = ""
    depth = 0
    for token in tokenize(written):
        depth += (token.text == "{") - (token.text == "}")
        pieces = token.text.replace(",", "\0") if depth == 0 and not token.name else token.text
        *ended, part_behind = (part + pieces).split("\0")
        yield from filter(None, map(_pair, ended))
        part = part_behind
    last = _pair(part)
    if last:
        yield last


def _pair(part: str) -> tuple[str, str] | None:
    key, is_given, value = part.partition("=")
    value = value.strip()
    if value.startswith("{") and value.endswith("}"):
        value = value[1:-1]
    return (key.strip(), value if is_given else "true") if key.strip() else None
