"""Plain text as LaTeX that typesets it, and the commands that some LaTeX uses."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_COMMAND = re.compile(r"\\([A-Za-z]+)")

_SPECIAL = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "%": r"\%", "&": r"\&", "#": r"\#",
    "_": r"\_", "$": r"\$", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}",
    "<": r"\textless{}", ">": r"\textgreater{}", "|": r"\textbar{}", '"': r"\textquotedbl{}",
    "\u00a0": "~", "\u00ad": r"\-", "–": "--", "—": "---", "‘": "`", "’": "'", "“": "``", "”": "''",
    "…": r"\ldots{}",
}  # fmt: skip
_IN_ADDRESS = {"\\": "%5C", "{": "%7B", "}": "%7D", " ": "%20", "^": "%5E", "~": "%7E", "\n": ""}
_TABLE = str.maketrans(_SPECIAL)


def escape_latex(text: str) -> str:
    """`text` with every character that LaTeX treats specially written as a command."""
    return text.translate(_TABLE)


def latex_address(address: str) -> str:
    r"""An address as `\href` takes it, also in the argument of another command."""
    safe = "".join(_IN_ADDRESS.get(character, character) for character in address)
    return safe.replace("%", "\\%").replace("#", "\\#")


def commands_in(text: str) -> list[str]:
    """The names of the commands in some LaTeX."""
    return _COMMAND.findall(text)


def macros_needed(names: Iterable[str], body_of: Callable[[str], str | None]) -> list[str]:
    """Of these names those of macros, with the macros that they are made of, in order.

    `body_of` gives what a macro stands for, None for a command that is none.
    """
    needed: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        body = None if name in needed else body_of(name)
        if body is not None:
            needed.add(name)
            waiting += commands_in(body)
    return sorted(needed)
