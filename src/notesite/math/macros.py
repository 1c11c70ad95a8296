"""Macros: how they are made, and how one use of one is expanded."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from notesite.math.tex import Token, TokenStream, at_place, join, tokenize
from notesite.math.values import Macro

if TYPE_CHECKING:
    from notesite.diagnostics import Related

EXPANSION_LIMIT = 2_000
"""How many macros one formula may use, those inside of others counted."""
SIZE_LIMIT = 100_000
"""How many characters all expansions of one formula may have together."""

_NAME = re.compile(r"[A-Za-z]+")
_PARAMETER = re.compile(r"#([1-9])")


class MacroError(Exception):
    """A macro that cannot be expanded; the message is for people."""


def macro_from_text(  # noqa: PLR0913 - a macro has this many parts
    name: str,
    body: str,
    *,
    arguments: int | None = None,
    default: str | None = None,
    description: str = "",
    defined_at: Related | None = None,
) -> Macro:
    """The macro `name` from what a person wrote, checked.

    Without `arguments`, the highest of `#1` to `#9` in the body says how many there are. Raises
    ValueError with a message for people.
    """
    if not _NAME.fullmatch(name.removeprefix("\\")):
        raise ValueError(f"'{name}' cannot name a macro: use letters only")
    used = max((int(digit) for digit in _PARAMETER.findall(body)), default=0)
    count = used if arguments is None else arguments
    macro = Macro(body, count, default, description, defined_at)
    problem = _problem(macro, used)
    if problem:
        raise ValueError(f"the macro '{name}' {problem}")
    return macro


def _problem(macro: Macro, used: int) -> str | None:
    if not 0 <= macro.arguments <= 9:
        return "can have 0 to 9 arguments"
    if used > macro.arguments:
        return f"uses #{used} but has {macro.arguments} arguments"
    if macro.default is not None and macro.arguments == 0:
        return "has a default but no argument for it"
    depth = 0
    for token in tokenize(macro.body):
        depth += (token.text == "{") - (token.text == "}")
        if depth < 0:
            return "closes a brace that it does not open"
    return "leaves a brace open" if depth else None


class Expander:
    """Expands macros within the limits of one formula."""

    def __init__(self) -> None:
        self._expansions = 0
        self._size = 0

    def expand(self, macro: Macro, use: Token, stream: TokenStream) -> list[Token]:
        """The tokens that take the place of `use`, whose arguments are taken from `stream`.

        Those of the body stand for `use`, those of the arguments for themselves. Raises
        MacroError, MissingArgumentError or UnclosedGroupError.
        """
        arguments = _arguments(macro, use, stream)
        self._count(macro, arguments, use)
        tokens: list[Token] = []
        for part in parts(macro.body):
            if isinstance(part, int):
                tokens.extend(arguments[part - 1] if part <= len(arguments) else ())
            else:
                tokens.extend(at_place(part, use))
        return tokens

    def _count(self, macro: Macro, arguments: list[list[Token]], use: Token) -> None:
        self._expansions += 1
        self._size += len(macro.body)
        for argument in arguments:
            self._size += sum(len(token.text) for token in argument)
        if self._expansions > EXPANSION_LIMIT:
            raise MacroError(f"'{use.text}' expands without end: more than {EXPANSION_LIMIT} steps")
        if self._size > SIZE_LIMIT:
            raise MacroError(f"'{use.text}' expands to more than {SIZE_LIMIT:,} characters")


def _arguments(macro: Macro, use: Token, stream: TokenStream) -> list[list[Token]]:
    if macro.arguments == 0:
        return []
    found: list[list[Token]] = []
    if macro.default is not None:
        stream.skip_space()
        given = stream.bracketed()
        found.append(
            [use.replaced(token.text) for token in tokenize(macro.default)]
            if given is None
            else given
        )
    while len(found) < macro.arguments:
        found.append(stream.argument())
    return found


@lru_cache(maxsize=4096)
def parts(body: str) -> tuple[tuple[str, ...] | int, ...]:
    """The body cut at its parameters: runs of token texts, and numbers of arguments."""
    stream = TokenStream(tokenize(body))
    parts: list[tuple[str, ...] | int] = []
    run: list[str] = []
    for token in stream:
        following = stream.peek()
        if token.text == "#" and following and following.text[0] in "123456789":
            digit = stream.first_character()
            assert digit is not None
            parts += [tuple(run), int(digit.text)]
            run = []
        else:
            run.append(token.text)
    return (*parts, tuple(run))


DEFINING = frozenset(
    {"newcommand", "renewcommand", "providecommand", "def", "gdef", "let"}
    | {"DeclareMathOperator", "DeclarePairedDelimiter"}
)
"""The commands that define a macro."""


def read_definition(stream: TokenStream, command: str) -> tuple[str, Macro]:
    """The name and macro that `command`, just taken from `stream`, defines.

    Raises MacroError, MissingArgumentError or UnclosedGroupError.
    """
    is_starred = stream.take("*")
    name = _defined_name(stream)
    if command in {"def", "gdef"}:
        return name, _simple_parameters(name, stream)
    if command == "let":
        return name, _alias(stream)
    if command == "DeclareMathOperator":
        operator = "\\operatorname*" if is_starred else "\\operatorname"
        return name, Macro(operator + "{" + join(stream.argument()) + "}")
    if command == "DeclarePairedDelimiter":
        opening, closing = join(stream.argument()), join(stream.argument())
        return name, Macro(f"{opening} #1 {closing}", 1)
    return name, _with_options(name, stream)


def _defined_name(stream: TokenStream) -> str:
    tokens = [token for token in stream.argument() if not token.is_space]
    if len(tokens) != 1 or not _NAME.fullmatch(tokens[0].name):
        raise MacroError("a definition needs a command's name, such as \\norm")
    return tokens[0].name


def _with_options(name: str, stream: TokenStream) -> Macro:
    stream.skip_space()
    count = stream.bracketed()
    stream.skip_space()
    default = stream.bracketed() if count is not None else None
    digits = join(count or []).strip() or "0"
    if not digits.isdecimal():
        raise MacroError(f"'{digits}' is not a number of arguments")
    body = join(stream.argument())
    return _checked(name, body, int(digits), None if default is None else join(default))


def _simple_parameters(name: str, stream: TokenStream) -> Macro:
    count = 0
    while stream.take("#"):
        digit = stream.first_character()
        count += 1
        if digit is None or digit.text != str(count):
            raise MacroError("the parameters of \\def are #1, #2, … in this order")
    following = stream.peek()
    if following is None or following.text != "{":
        raise MacroError(r"\def with text between its parameters is not supported")
    return _checked(name, join(stream.argument()), count, None)


def _alias(stream: TokenStream) -> Macro:
    stream.skip_space()
    following = stream.peek()
    if following is not None and following.text.startswith("="):
        stream.first_character()
    stream.skip_space()
    target = stream.first_character()
    if target is None:
        raise MacroError(r"\let needs a command to copy")
    return Macro(target.text)


def _checked(name: str, body: str, count: int, default: str | None) -> Macro:
    try:
        return macro_from_text(name, body, arguments=count, default=default)
    except ValueError as error:
        raise MacroError(str(error)) from error
