r"""Chemical formulas as TeX: the common language of `\ce{…}`, as the package mhchem defines it.

Atoms are upright, digits behind them are below, charges above; amounts stand before. Arrows have
labels, bonds are `-`, `=` and `#`, and `v` and `^` alone tell what falls out and what escapes. See
the manual of mhchem 4, sections 3.1 to 3.20.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from notesite.patterns import pattern

_ARROWS = {
    "<-->": "\\xrightleftarrows", "<=>>": "\\xrightequilibrium", "<<=>": "\\xleftequilibrium",
    "<->": "\\xleftrightarrow", "<=>": "\\xrightleftharpoons", "->": "\\xrightarrow",
    "<-": "\\xleftarrow",
}  # fmt: skip
_BONDS = {
    "-": "{-}", "1": "{-}", "=": "{=}", "2": "{=}", "#": "{\\equiv}", "3": "{\\equiv}",
    "...": "{\\cdot}{\\cdot}{\\cdot}", "....": "{\\cdot}{\\cdot}{\\cdot}{\\cdot}",
    "->": "{\\rightarrow}", "<-": "{\\leftarrow}", "~": "{\\sim}",
}  # fmt: skip
_PATTERN = pattern(
    r"""
    (?P<arrow><-->|<=>>|<<=>|<->|<=>|->|<-)
    | (?P<bond>\\bond\s*\{(?P<kind>[^{}]*)\})
    | (?P<math>\$[^$]*\$)
    | (?P<fall>\(v\)|\(\^\)|(?:(?<=\s)|^)[v^](?=\s|$))
    | (?P<plus>(?:(?<=\s)|^)\+(?=\s|$))
    | (?P<amount>\d+(?:[.,]\d+)?(?:/\d+)?|\(\d+/\d+\)|[a-z](?=\s))
    | (?P<atoms>[A-Za-z]+)
    | (?P<script>[_^](?:(?P<group>\{)|(?P<bare>[a-z]?\d*[+-]+|\d+|\\[A-Za-z]+|[A-Za-z*.'])))
    | (?P<charge>[+-]+(?=[\s)\]},;]|$|\^|_|\\?\}))
    | (?P<single>[-=\#])
    | (?P<dot>\s*[.*\u00b7\u2022](?![.])\s*)
    | (?P<prime>'+)
    | (?P<command>\\[A-Za-z]+\s*|\\.)
    | (?P<text>\{)
    | (?P<space>\s+)
    | (?P<other>.)
    """,
    re.VERBOSE,
)


class ChemistryError(Exception):
    """A chemical formula that cannot be read; the message is for people."""


class _Piece(NamedTuple):
    """What has been read last, as far as what follows depends on it."""

    ends_atom: bool = False
    """Whether digits are below it and signs are its charge."""
    ends_script: bool = False


_START = _Piece()
_ATOM = _Piece(ends_atom=True)
_SCRIPT = _Piece(ends_atom=True, ends_script=True)


def chemical_tex(written: str) -> str:
    r"""The TeX of `\ce{written}`; raises ChemistryError."""
    return _Reader(written).read()


class _Reader:
    """Reads one formula from left to right."""

    def __init__(self, written: str) -> None:
        self._written = written
        self._at = 0
        self._last = _START
        self._tex: list[str] = []

    def read(self) -> str:
        while self._at < len(self._written):
            match = _PATTERN.match(self._written, self._at)
            assert match is not None
            self._at = match.end()
            kind = match.lastgroup or ""
            kind = {"kind": "bond", "group": "script", "bare": "script"}.get(kind, kind)
            self._last = getattr(self, f"_{kind}")(match[0]) or _START
        return "".join(self._tex)

    def _arrow(self, arrow: str) -> None:
        above, below = self._label(), self._label()
        option = f"[{{{below}}}]" if below else ""
        self._tex.append(f"{_ARROWS[arrow]}{option}{{{above}}}")
        self._skip_space()

    def _label(self) -> str:
        """What stands in brackets behind an arrow, itself chemistry."""
        if self._written[self._at : self._at + 1] != "[":
            return ""
        depth = 0
        for end in range(self._at, len(self._written)):
            depth += {"[": 1, "]": -1}.get(self._written[end], 0)
            if depth == 0:
                label = self._written[self._at + 1 : end]
                self._at = end + 1
                return chemical_tex(label)
        raise ChemistryError("the label of an arrow is never closed")

    def _group_at(self) -> str:
        """The rest of a group that has just been opened."""
        depth = 1
        for end in range(self._at, len(self._written)):
            depth += {"{": 1, "}": -1}.get(self._written[end], 0)
            if depth == 0:
                content = self._written[self._at : end]
                self._at = end + 1
                return content
        raise ChemistryError("a brace is never closed")

    def _skip_space(self) -> None:
        while self._written[self._at : self._at + 1].isspace():
            self._at += 1

    def _bond(self, bond: str) -> _Piece:
        kind = bond[bond.index("{") + 1 : -1].strip()
        if kind not in _BONDS:
            raise ChemistryError(f"there is no bond '{kind}': {', '.join(_BONDS)}")
        self._tex.append(_BONDS[kind])
        return _START

    def _single(self, sign: str) -> _Piece:
        """A bond, or between blanks a relation or an operator."""
        before = self._written[self._at - 2 : self._at - 1]
        is_apart = before.isspace() and self._following().isspace()
        self._tex.append(
            {"=": "=", "-": "{}-{}"}.get(sign, _BONDS[sign]) if is_apart else _BONDS[sign]
        )
        return _START

    def _following(self) -> str:
        """The next character, empty at the end."""
        return self._written[self._at : self._at + 1]

    def _math(self, math: str) -> _Piece:
        self._tex.append(f"{{{math[1:-1]}}}")
        return _ATOM

    def _fall(self, sign: str) -> None:
        self._tex.append("\\,\\uparrow " if "^" in sign else "\\,\\downarrow ")

    def _plus(self, _: str) -> None:
        self._tex.append("{}+{}")
        self._skip_space()

    def _amount(self, amount: str) -> _Piece:
        if self._last.ends_atom:
            if not amount[0].isdigit():
                return self._atoms(amount)
            # What stands behind the digits is no decimal of theirs: KCr(SO4)2.12H2O.
            digits = amount[: len(amount) - len(amount.lstrip("0123456789"))]
            self._at -= len(amount) - len(digits)
            self._tex.append(f"_{{{digits}}}")
            return _SCRIPT
        if amount.isalpha() and self._tex and not self._tex[-1].endswith(("}", " ", "\\,")):
            return self._atoms(amount)
        self._tex.append(_as_amount(amount))
        self._skip_space()
        self._tex.append(
            "\\," if self._following().isalpha() or self._following() in _OPENING else ""
        )
        return _START

    def _atoms(self, letters: str) -> _Piece:
        self._tex.append(f"\\mathrm{{{letters}}}")
        return _ATOM

    def _script(self, script: str) -> _Piece:
        sign = script[0]
        is_group = script.endswith("{")
        content = self._group_at() if is_group else script[1:]
        shown = _in_script(content)
        if not self._last.ends_atom and not self._last.ends_script:
            return self._before(sign, shown)
        base = "{\\vphantom{X}}" if self._last.ends_script else ""
        self._tex.append(f"{base}{sign}{{{shown}}}")
        return _SCRIPT

    def _before(self, sign: str, shown: str) -> _Piece:
        """The numbers of an isotope, which stand before its symbol."""
        scripts = {sign: shown}
        match = _PATTERN.match(self._written, self._at)
        if match and match["script"] and match[0][0] != sign:
            self._at = match.end()
            scripts[match[0][0]] = _in_script(self._group_at() if match["group"] else match[0][1:])
        above, below = scripts.get("^", ""), scripts.get("_", "")
        self._tex.append(f"\\prescript{{{above}}}{{{below}}}{{\\vphantom{{X}}}}")
        return _START

    def _charge(self, charge: str) -> _Piece:
        if not self._last.ends_atom:
            self._tex.append(f"{{}}{charge}{{}}")
            return _START
        base = "{\\vphantom{X}}" if self._last.ends_script else ""
        self._tex.append(f"{base}^{{{charge}}}")
        return _SCRIPT

    def _dot(self, dot: str) -> None:
        if dot.strip() == "." and not self._tex:
            self._tex.append(".")
            return
        self._tex.append("{\\cdot}")

    def _prime(self, primes: str) -> _Piece:
        self._tex.append(primes)
        return _ATOM

    def _command(self, command: str) -> _Piece:
        self._tex.append(command if command.endswith(" ") else f"{command} ")
        return _START if command.startswith(("\\{", "\\ ", "\\,")) else _ATOM

    def _text(self, _: str) -> _Piece:
        content = self._group_at()
        self._tex.append(f"\\text{{{content}}}" if content else "{}")
        return _ATOM if content else _START

    def _space(self, _: str) -> None:
        """A blank between two formulas; signs bring their own."""
        match = _PATTERN.match(self._written, self._at)
        is_before_sign = match is None or match.lastgroup in _SPACED
        self._tex.append("" if is_before_sign or not self._last.ends_atom else "\\ ")

    def _other(self, sign: str) -> _Piece:
        if sign == "}":
            raise ChemistryError("a brace is closed that was not opened")
        self._tex.append({"%": "\\%", "#": "\\#"}.get(sign, sign))
        return _ATOM if sign in ")]" else _START


def _as_amount(amount: str) -> str:
    if amount.isalpha():
        return amount
    above, _, below = amount.strip("()").partition("/")
    fraction = f"\\tfrac{{{above}}}{{{below}}}" if below else above.replace(",", "{,}")
    return f"({fraction})" if amount.startswith("(") else fraction


def _in_script(content: str) -> str:
    """The content of an index or exponent: letters upright, TeX's own commands as they are."""
    if _SIGNS.fullmatch(content):
        return content.replace(".", "\\bullet ").replace("*", "\\bullet ")
    return _LETTERS.sub(lambda letters: f"\\mathrm{{{letters[0]}}}", content)


_LETTERS = pattern(r"(?<![\\A-Za-z])[A-Za-z]+")
_SIGNS = pattern(r"[\d+*.-]+")
_OPENING = frozenset("[($\\{^")
_SPACED = frozenset({"arrow", "plus", "fall", "single", "dot", "charge"})
