r"""What a command waits for in vain: `\frac{a}` with nothing behind it, or `\sqrt^2`.

An engine says where it missed an argument, which may be a line further on, or takes a script with
nothing below it for one, as math-core does. The writer wants to know of the command.
"""

from __future__ import annotations

from typing import NamedTuple

from notesite.math.engines.engine import EngineError
from notesite.math.limits import ARGUMENTS
from notesite.patterns import pattern

DEEPEST = 50
r"""How many commands may be each other's argument without braces, as in `x^\sqrt\frac12`."""

_WITHOUT = frozenset({"limits", "nolimits", "global"})
_VAGUE = ("Expected argument", "latex2mathml cannot read this formula")
_NO_DELIMITER = "There must be a parenthesis after"
_LAST_COMMAND = pattern(r"(\\[A-Za-z]+)\s*$")
_WAITING = pattern(r"\\([A-Za-z]+)|\\.|[\^_]")
_ONE = pattern(r"\s*(\\[A-Za-z]+|\\.|[^\s])")
_OPTION = pattern(r"\s*\[[^\[\]{}]*\]")
_BRACE = pattern(r"\\.|[{}]")
_OPTIONAL = ("\\sqrt", "\\x")
"""How the commands begin that take an argument in brackets before the others."""
_NO_ARGUMENT = frozenset({"}", "&", "^", "_", "\\\\", "\\right", "\\middle", "\\end"})


class Lack(NamedTuple):
    """A command without an argument: its offset, its name, and where the argument is missing."""

    start: int
    command: str
    at: int


def lacking(tex: str) -> Lack | None:
    """The first command of `tex` that an argument is missing to."""
    closing = _closing_braces(tex)
    for match in _WAITING.finditer(tex):
        at = _behind_arguments(tex, match[0], match.end(), closing, DEEPEST)
        if at < 0:
            return Lack(match.start(), match[0], -at)
    return None


def refuse_script_as_argument(tex: str) -> None:
    r"""Raises EngineError for `\frac{a}^2`, of which engines make a fraction with `^2` below."""
    lack = lacking(tex)
    if lack is not None and tex[lack.at : lack.at + 1] in {"^", "_"}:
        raise _error(lack)


def explained(error: EngineError, tex: str) -> EngineError:
    """The error of an engine, with the command that it comes from where it does not say it."""
    lack = lacking(tex)
    if lack is not None and (error.offset == lack.at or error.message.startswith(_VAGUE)):
        return _error(lack)
    if error.message.startswith(_NO_DELIMITER):
        command = _LAST_COMMAND.search(tex, 0, max(error.offset, 0))
        if command is not None:
            return EngineError(error.offset, f'"{command[1]}" needs a delimiter')
    return error


def _error(lack: Lack) -> EngineError:
    return EngineError(lack.start, f'An argument of "{lack.command}" is missing.')


def _behind_arguments(
    tex: str, command: str, at: int, closing: dict[int, int], deepest: int
) -> int:
    """The offset behind the arguments of `command`; below 0 that of a missing one."""
    for index in range(_count(command)):
        option = None if index or not command.startswith(_OPTIONAL) else _OPTION.match(tex, at)
        one = _ONE.match(tex, option.end() if option else at)
        if one is None or one[1] in _NO_ARGUMENT:
            return -(len(tex) if one is None else one.start(1))
        at = one.end()
        if one[1] == "{":
            at = closing.get(one.start(1), len(tex) - 1) + 1
        elif deepest and _count(one[1]):
            at = _behind_arguments(tex, one[1], at, closing, deepest - 1)
            if at < 0:
                return at
    return at


def _count(command: str) -> int:
    name = command[1:]
    if not name:
        return command in {"^", "_"}
    return 0 if name in _WITHOUT else ARGUMENTS.get(name, 0)


def _closing_braces(tex: str) -> dict[int, int]:
    """Where each brace that opens is closed."""
    closing: dict[int, int] = {}
    opened: list[int] = []
    for match in _BRACE.finditer(tex):
        if match[0] == "{":
            opened.append(match.start())
        elif match[0] == "}" and opened:
            closing[opened.pop()] = match.start()
    return closing
