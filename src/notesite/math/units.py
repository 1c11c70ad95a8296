r"""Quantities as TeX: numbers with their units, as `\pu{…}` of the package mhchem has them."""

from __future__ import annotations

from notesite.patterns import pattern

_NUMBER = pattern(
    r"\s*(?P<sign>\+-|[+-]|~)?\s*(?P<digits>\d[\d ]*(?:[.,]\d+)?)?"
    r"(?:\((?P<doubt>\d+)\)|\s*(?P<more>\+-)\s*(?P<error>\d+(?:[.,]\d+)?))?"
    r"(?:\s*[eE](?P<power>[+-]?\d+)|\s*(?:x|\*|\\times)\s*10\^(?:\{(?P<braced>[+-]?\d+)\}"
    r"|(?P<raised>[+-]?\d+))|\^\{?(?P<own>[+-]?\d+)\}?)?\s*"
)
_UNIT = pattern(
    r"(?P<command>\\[A-Za-z]+\s*)|(?P<power>\^\{[^{}]*\}|\^?[+-]?\d+)|(?P<letters>[^\W\d_]+)"
    r"|(?P<dot>\s*[.*\u00b7]\s*)|(?P<space>\s+)|(?P<percent>\\?%)|(?P<degree>°)|(?P<slash>/)"
)


class UnitError(Exception):
    """A quantity that cannot be read; the message is for people."""


def quantity_tex(written: str) -> str:
    r"""The TeX of `\pu{written}`; raises UnitError."""
    number = _NUMBER.match(written)
    assert number is not None
    shown = _number(number.groupdict())
    rest = written[number.end() :].strip()
    if not rest:
        return shown
    above, slashes, below = rest.partition("//")
    unit = f"\\frac{{{_unit(above)}}}{{{_unit(below)}}}" if slashes else _unit(rest)
    return f"{shown}\\,{unit}" if shown else unit


def _number(parts: dict[str, str | None]) -> str:
    sign = {"+-": "\\pm ", "~": "{\\sim}"}.get(parts["sign"] or "", parts["sign"] or "")
    digits = "\\,".join((parts["digits"] or "").replace(",", "{,}").split())
    doubt = f"({parts['doubt']})" if parts["doubt"] else ""
    error = f"\\pm {parts['error'].replace(',', '{,}')}" if parts["error"] else ""
    power = parts["power"] or parts["braced"] or parts["raised"]
    own = f"^{{{parts['own']}}}" if parts["own"] else ""
    shown = f"{sign}{digits}{doubt}{error}{own}"
    if not power:
        return shown
    return f"{shown}\\times 10^{{{power}}}" if digits else f"{sign}10^{{{power}}}"


def _unit(written: str) -> str:
    pieces: list[str] = []
    at = 0
    written = written.strip()
    while at < len(written):
        match = _UNIT.match(written, at)
        if match is None:
            raise UnitError(f"'{written[at]}' is no part of a unit")
        at = match.end()
        pieces.append(_piece(match.lastgroup or "", match[0]))
    return "".join(pieces)


def _piece(kind: str, text: str) -> str:
    if kind == "power":
        return f"^{{{text.lstrip('^').strip('{}')}}}"
    if kind in {"dot", "space"}:
        return "{\\cdot}" if kind == "dot" else "\\,"
    fixed = {"percent": "\\%", "degree": "{}^\\circ ", "slash": "/", "command": f"{text.strip()} "}
    return fixed.get(kind, f"\\mathrm{{{text}}}")
