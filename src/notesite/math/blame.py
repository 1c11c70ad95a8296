"""Which macro a fault comes from, when it is not in what the writer of the formula wrote."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from notesite.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Mapping

    from notesite.diagnostics import Related
    from notesite.math.values import Macro

LONGEST_CHAIN = 20
"""How many macros may be made of each other until nobody is told of the innermost."""

_COMMAND = pattern(r"\\([A-Za-z@]+|.)", re.DOTALL)
_NAMED = pattern(r"'\\([A-Za-z@]+)'")


def macro_at_fault(
    source: str, message: str, macros: Mapping[str, Macro]
) -> tuple[tuple[str, ...], tuple[Related, ...]]:
    """Hints and places for a fault that is told of as `message`, in the use `source` of a macro.

    Besides the macro that was used that is the one made use of by it, perhaps through others, in
    which the command stands that the message names.
    """
    name = source.removeprefix("\\")
    macro = macros.get(name)
    if macro is None or not source.startswith("\\"):
        return (), ()
    inner = _inner(name, message, macros)
    hint = f"this comes from the macro '{source}'"
    if inner:
        hint += f", which makes use of '\\{inner}'"
    places = (macro.defined_at, macros[inner].defined_at if inner else None)
    return (hint,), tuple(dict.fromkeys(place for place in places if place is not None))


def _inner(outer: str, message: str, macros: Mapping[str, Macro]) -> str:
    """The macro, other than `outer`, whose body has the command in question; empty if none has."""
    named = _NAMED.search(message)
    if named is None:
        return ""
    reached = [outer]
    for name in reached:
        used = _COMMAND.findall(macros[name].body)
        if named[1] in used:
            return "" if name == outer else name
        reached += [each for each in dict.fromkeys(used) if each in macros and each not in reached]
        if len(reached) > LONGEST_CHAIN:
            return ""
    return ""
