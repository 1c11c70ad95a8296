r"""Numbers as siunitx shows them: rounded, grouped, with their uncertainty and power of ten."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal
from typing import TYPE_CHECKING, NamedTuple

from notesite.math.siunitx_options import LARGEST
from notesite.math.units import UnitError
from notesite.patterns import pattern

if TYPE_CHECKING:
    from notesite.math.siunitx_options import Options

_DIGITS = r"(?P<{0}>\d*(?:[.,]\d*)?)"
_NUMBER = pattern(
    r"(?P<sign>(?:\+-|\\pm|±|[-+−])?)"
    + _DIGITS.format("digits")
    + r"(?:\((?P<doubt>\d+(?:\.\d+)?)\)|(?:\+-|\\pm|±)"
    + _DIGITS.format("error")
    + r")?(?:[eEdD](?P<power>[-+−]?\d+))?"
)
_COMPLEX = pattern(
    r"(?P<real>(?:[-+−]?[\d.,]++(?![ij]))?)(?P<sign>[-+−]?)(?P<imaginary>[\d.,]*+)[ij]"
)
_BY_THREE = 3


class Number(NamedTuple):
    """A number in parts; `digits` has a point or none, `error` is as long as `digits` goes."""

    sign: str
    digits: str
    error: str
    is_compact: bool
    power: int | None


def number_tex(written: str, options: Options) -> str:
    r"""The TeX of `\num{written}`; raises UnitError."""
    return tex_of(parsed(written), options)


def has_parts(number: Number, options: Options) -> bool:
    """Whether a unit behind the number would belong to the last of its two parts alone."""
    return bool(number.error) and number.power is None and not _is_compact(number, options)


def parsed(written: str) -> Number:
    """What is written; raises UnitError."""
    written = "".join(written.split())
    match = _NUMBER.fullmatch(written)
    if match is None or not written:
        raise UnitError(f"'{written}' is not a number")
    digits = match["digits"].replace(",", ".")
    error = (match["error"] or "").replace(",", ".")
    doubt = match["doubt"] or ""
    if doubt:
        error = doubt if "." in doubt else _moved(doubt, -len(digits.partition(".")[2]))
    power = int(match["power"].replace("−", "-")) if match["power"] else None
    if power is not None and abs(power) > 10**LARGEST:
        raise UnitError(f"'{written}' is too large")
    sign = "-" if match["sign"] == "−" else match["sign"]
    return Number(sign, digits, error, bool(doubt), power)


def tex_of(number: Number, options: Options) -> str:
    """The number as the options want it."""
    number = _rounded(_with_exponent(number, options), options)
    shown = _signed(number, options)
    if number.error:
        shown += _uncertainty(number, options)
    if number.power is None or (number.power == 0 and options.print_zero_exponent == "false"):
        return shown
    power = f"10^{{{number.power}}}"
    if not number.digits or (number.digits == "1" and options.print_unity_mantissa == "false"):
        return f"{_sign(number, options)}{power}"
    if number.error and not _is_compact(number, options):
        shown = f"({shown})"
    return f"{shown}{options.exponent_product} {power}"


def complex_tex(written: str, options: Options) -> tuple[str, bool]:
    r"""The TeX of `\complexnum{1+2i}`, and whether it is a sum; raises UnitError."""
    written = "".join(written.split())
    if ":" in written:
        radius, _, angle = written.partition(":")
        return f"{number_tex(radius, options)}\\angle {number_tex(angle, options)}^\\circ", False
    match = _COMPLEX.fullmatch(written)
    if match is None:
        return number_tex(written, options), False
    imaginary = number_tex(match["imaginary"], options) if match["imaginary"] else ""
    real = number_tex(match["real"], options) if match["real"] else ""
    sign = match["sign"].replace("−", "-")
    if not real:
        sign = sign.replace("+", "")
    return f"{real}{sign}{imaginary}\\mathrm{{i}}", bool(real)


def _is_compact(number: Number, options: Options) -> bool:
    """Whether the uncertainty stands in parentheses: as it is written, if nothing is said."""
    return options.uncertainty_mode != "separate" if options.uncertainty_mode else number.is_compact


def _sign(number: Number, options: Options) -> str:
    if number.sign in {"+-", "±", "\\pm"}:
        return "\\pm "
    return "" if number.sign == "+" and options.retain_explicit_plus == "false" else number.sign


def _signed(number: Number, options: Options) -> str:
    return _sign(number, options) + _grouped(number.digits, options)


def _uncertainty(number: Number, options: Options) -> str:
    if not _is_compact(number, options):
        return f"\\pm {_grouped(number.error, options)}"
    if options.uncertainty_mode == "full":
        return f"({_grouped(number.error, options)})"
    places = len(number.digits.partition(".")[2])
    compact = _moved(number.error, places)
    return f"({compact.lstrip('0') or '0'})"


def _moved(digits: str, places: int) -> str:
    """The digits with their point moved to the right, or to the left where `places` is below 0."""
    whole, _, part = digits.partition(".")
    if places < 0:
        whole = whole.rjust(1 - places, "0")
        whole, part = whole[:places], whole[places:] + part
    else:
        part = part.ljust(places, "0")
        whole, part = whole + part[:places], part[places:]
    return (whole.lstrip("0") or "0") + (f".{part}" if part else "")


def _with_exponent(number: Number, options: Options) -> Number:
    """The number with the power of ten that the options want."""
    if options.exponent_mode == "input" or not number.digits.strip("0."):
        return number
    given = number.power or 0
    leading = _leading(number.digits)
    wanted = options.fixed_exponent
    if options.exponent_mode == "scientific":
        wanted = given + leading
    elif options.exponent_mode == "engineering":
        wanted = (given + leading) // _BY_THREE * _BY_THREE
    places = given - wanted
    if abs(places) > 10 * LARGEST:
        raise UnitError(f"'{number.digits}' cannot be shown with the exponent {wanted}")
    digits = _moved(number.digits, places)
    error = _moved(number.error, places) if number.error else ""
    return number._replace(digits=digits, error=error, power=wanted)


def _rounded(number: Number, options: Options) -> Number:
    digits = number.digits
    places = _places(number, options)
    if places is not None and digits:
        before, digits = digits, _rounded_to(digits, places)
        if options.round_mode == "figures" and _leading(digits) > _leading(before):
            # 9.96 in two figures is 10, not 10.0.
            digits = _rounded_to(before, places - 1)
        error = _rounded_to(number.error, places) if number.error else ""
        number = number._replace(digits=digits, error=error)
    whole, _, part = digits.partition(".")
    if options.drop_zero_decimal == "true" and not part.strip("0"):
        part = ""
    part = part.ljust(options.minimum_decimal_digits, "0")
    whole = whole.rjust(options.minimum_integer_digits, "0")
    return number._replace(digits=whole + (f".{part}" if part else ""))


def _leading(digits: str) -> int:
    """The power of ten of the first figure."""
    return Decimal(digits).adjusted()


def _places(number: Number, options: Options) -> int | None:
    """How many decimal places the number is to have; None if it stays as it is."""
    mode, precision = options.round_mode, options.round_precision
    if mode == "places" and not number.error:
        return precision
    basis = {"figures": "" if number.error else number.digits, "uncertainty": number.error}
    digits = basis.get(mode, "")
    return precision - 1 - _leading(digits) if digits.strip("0.") else None


def _rounded_to(digits: str, places: int) -> str:
    exact = Context(prec=len(digits) + abs(places) + 2)
    rounded = Decimal(digits).quantize(Decimal((0, (1,), -places)), ROUND_HALF_UP, exact)
    return f"{rounded:f}"


def _grouped(digits: str, options: Options) -> str:
    whole, point, part = digits.partition(".")
    whole = whole or ("0" if point else "")
    least, mode = options.group_minimum_digits, options.group_digits
    separator = options.group_separator
    separator = "{,}" if separator == "," else separator
    if len(whole) >= least and mode in {"all", "integer"}:
        first = len(whole) % _BY_THREE
        pieces = [whole[:first], *_by_three(whole[first:])]
        whole = separator.join(filter(None, pieces))
    if len(part) >= least and mode in {"all", "decimal"}:
        part = separator.join(_by_three(part))
    marker = options.output_decimal_marker
    return whole + (f"{'{,}' if marker == ',' else marker}{part}" if part else "")


def _by_three(digits: str) -> list[str]:
    return [digits[at : at + _BY_THREE] for at in range(0, len(digits), _BY_THREE)]
