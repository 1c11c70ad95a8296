r"""Units in words, as `\kilo\gram\per\metre\squared` of the package siunitx."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from notesite.math.tex import MissingArgumentError, TokenStream, UnclosedGroupError, join, tokenize
from notesite.math.unit_names import POWERS, POWERS_BEFORE, PREFIXES, UNITS, abbreviated
from notesite.math.units import UnitError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from notesite.math.tex import Token
    from notesite.math.values import Macro

_DEEPEST = 10
"""How deep a site's own units may be made of others."""


class Unit(NamedTuple):
    """A unit with its prefix, its power, and whether it is divided by."""

    sign: str
    power: str
    is_below: bool


def units_of(written: str, macros: Mapping[str, Macro], depth: int = _DEEPEST) -> list[Unit]:
    """The units that are `written`, those that `macros` make of others too; raises UnitError."""
    try:
        return _Reader(written, macros, depth).read()
    except (MissingArgumentError, UnclosedGroupError) as error:
        raise UnitError("a power is missing in the unit") from error


class _Reader:
    """Reads word by word; what stands before a unit waits for it."""

    def __init__(self, written: str, macros: Mapping[str, Macro], depth: int) -> None:
        self._stream = TokenStream(tokenize(written))
        self._macros = macros
        self._depth = depth
        self._units: list[Unit] = []
        self._clear()

    def _clear(self) -> None:
        self._prefix = self._power = ""
        self._is_below = False

    def read(self) -> list[Unit]:
        for word in self._stream:
            if not word.is_space:
                self._read_word(word)
        if self._prefix or self._power or self._is_below:
            raise UnitError("a unit is missing at the end")
        return self._units

    def _read_word(self, word: Token) -> None:
        name = word.name
        if name in POWERS or name == "tothe":
            self._raise_last(POWERS.get(name) or join(self._stream.argument()), word)
        elif name == "per":
            self._is_below = True
        elif name in POWERS_BEFORE or name == "raiseto":
            self._power = POWERS_BEFORE.get(name) or join(self._stream.argument())
        elif name in PREFIXES:
            self._prefix = PREFIXES[name]
        else:
            self._units.extend(self._made_of(word))
            self._clear()

    def _raise_last(self, power: str, word: Token) -> None:
        if not self._units:
            raise UnitError(f"'{word.text}' raises no unit")
        self._units[-1] = self._units[-1]._replace(power=power)

    def _made_of(self, word: Token) -> list[Unit]:
        """The unit that a word names, or those that a site's own one is made of."""
        sign = _known(word)
        if sign is not None:
            return [Unit(self._prefix + sign, self._power, self._is_below)]
        if word.name not in self._macros:
            raise UnitError(f"there is no unit '{word.text}'")
        if self._depth == 0:
            raise UnitError(f"the unit '{word.text}' is made of itself")
        units = units_of(self._macros[word.name].body, self._macros, self._depth - 1)
        if not units:
            raise UnitError(f"the unit '{word.text}' is made of nothing")
        units = [unit._replace(is_below=unit.is_below != self._is_below) for unit in units]
        units[0] = units[0]._replace(sign=self._prefix + units[0].sign)
        units[-1] = units[-1]._replace(power=self._power or units[-1].power)
        return units


def _known(word: Token) -> str | None:
    """How a unit of siunitx is written, and what is no command at all; None for others."""
    name = word.text.removeprefix("\\")
    if not word.name or not name.isalpha():
        return name
    return UNITS.get(name) or abbreviated(name)
