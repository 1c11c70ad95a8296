r"""`\NewDocumentCommand` and its relatives, as the LaTeX kernel (formerly xparse) has them.

An argument's kind is a letter and what belongs to it, as in `m`, `o`, `O{x}`, `s`, `d()`. What
depends on an argument, such as `\IfBooleanTF`, is decided when the command is expanded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from notesite.math.bodies import parts
from notesite.math.tex import TokenStream, at_place, join, texts_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from notesite.math.tex import Token
    from notesite.math.values import Macro

FORM = "document"

_DELIMITED = {"r": 2, "R": 2, "d": 2, "D": 2, "t": 1}
_WITH_DEFAULT = frozenset("ODR")
_YES, _NO, _NOTHING = "\\BooleanTrue", "\\BooleanFalse", "-NoValue-"
_BRANCHES = {"TF": (True, True), "T": (True, False), "F": (False, True)}


class Kind(NamedTuple):
    """One argument: its letter, the characters around it, what it is when it is left out."""

    letter: str
    marks: str = ""
    default: str = ""


def kinds_of(specification: list[Token]) -> tuple[str, ...] | None:
    """The kinds of arguments, each written as in the source; None where one is not known."""
    stream = TokenStream(specification)
    kinds: list[str] = []
    while (token := stream.first_character()) is not None:
        letter = token.text
        if token.is_space or letter in "+!":
            continue
        if letter not in "mosOrRdDt":
            return None
        marks = ""
        while len(marks) < _DELIMITED.get(letter, 0):
            mark = stream.first_character()
            if mark is None:
                return None
            marks += mark.text.strip()
        default = f"{{{join(stream.argument())}}}" if letter in _WITH_DEFAULT else ""
        kinds.append(letter + marks + default)
    return tuple(kinds)


def expansion(macro: Macro, use: Token, stream: TokenStream) -> list[Token]:
    """What a command so defined stands for."""
    arguments = [_argument(_kind(written), use, stream) for written in macro.delimiters]
    tokens: list[Token] = []
    for part in parts(macro.body):
        tokens += arguments[part - 1] if isinstance(part, int) else at_place(part, use)
    return _decided(tokens)


def _kind(written: str) -> Kind:
    letter, rest = written[0], written[1:]
    count = _DELIMITED.get(letter, 0)
    return Kind(letter, rest[:count], rest[count:].removeprefix("{").removesuffix("}"))


def _argument(kind: Kind, use: Token, stream: TokenStream) -> list[Token]:
    if kind.letter == "m":
        return stream.argument()
    stream.skip_space()
    if kind.letter in "st":
        return at_place([_YES if _takes(stream, kind.marks or "*") else _NO], use)
    marks = kind.marks or "[]"
    found = stream.bracketed() if marks == "[]" else _between(stream, marks[0], marks[1])
    if found is not None:
        return found
    return at_place(texts_of(kind.default) if kind.letter in _WITH_DEFAULT else [_NOTHING], use)


def _takes(stream: TokenStream, mark: str) -> Token | None:
    """The character that comes next, taken away, if it is `mark`."""
    first = stream.first_character()
    if first is not None and first.text != mark:
        stream.push([first])
        return None
    return first


def _between(stream: TokenStream, opening: str, closing: str) -> list[Token] | None:
    """What stands between two characters, if it does; those inside of braces do not count."""
    first = _takes(stream, opening)
    if first is None:
        return None
    content: list[Token] = []
    depth = braces = 0
    while (token := stream.first_character()) is not None:
        braces += (token.text == "{") - (token.text == "}")
        if not braces and token.text == closing and depth == 0:
            return content
        if not braces and opening != closing:
            depth += (token.text == opening) - (token.text == closing)
        content.append(token)
    stream.push([first, *content])
    return None


def _decided(tokens: list[Token]) -> list[Token]:
    r"""The tokens with one branch of each `\IfBooleanTF`, `\IfValueT` and their like."""
    stream = TokenStream(tokens)
    decided: list[Token] = []
    for token in stream:
        test = _test(token.name)
        if test is None:
            decided.append(token)
            continue
        said, (has_yes, has_no) = test
        holds = said(stream.argument())
        stream.skip_space()
        yes = stream.argument() if has_yes else []
        stream.skip_space()
        no = stream.argument() if has_no else []
        stream.push(yes if holds else no)
    return decided


def _is_true(argument: list[Token]) -> bool:
    return join(argument).strip() == _YES


def _is_missing(argument: list[Token]) -> bool:
    return join(argument).strip() == _NOTHING


def _is_given(argument: list[Token]) -> bool:
    return not _is_missing(argument)


_TESTS = {"IfBoolean": _is_true, "IfNoValue": _is_missing, "IfValue": _is_given}


def _test(name: str) -> tuple[Callable[[list[Token]], bool], tuple[bool, bool]] | None:
    """The test that a command makes, and which branches it has; None for other commands."""
    for stem, said in _TESTS.items():
        branches = _BRANCHES.get(name.removeprefix(stem)) if name.startswith(stem) else None
        if branches:
            return said, branches
    return None
