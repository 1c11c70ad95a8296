r"""What defines a command or an environment: `\newcommand`, `\def`, `\let` and their like."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from notesite.math.document_commands import FORM, kinds_of
from notesite.math.macros import MacroError, macro_from_text
from notesite.math.tex import join
from notesite.math.values import Macro, UserEnvironment
from notesite.patterns import pattern

if TYPE_CHECKING:
    from notesite.math.tex import TokenStream

_NAME = pattern(r"@?[A-Za-z]+")
_PLAIN_DEFINITIONS = frozenset({"def", "gdef", "edef", "xdef"})
_OPERATORS = frozenset({"DeclareMathOperator"})
_ENVIRONMENTS = frozenset({"newenvironment", "renewenvironment"})
_UNITS = frozenset({"DeclareSIUnit"})
_PAIRED = frozenset(
    {"DeclarePairedDelimiter", "DeclarePairedDelimiterX", "DeclarePairedDelimiterXPP"}
)

DOCUMENT = frozenset(f"{how}DocumentCommand" for how in ("New", "Renew", "Provide", "Declare"))
r"""Those of the LaTeX kernel that say of each argument of what kind it is."""

DEFINING = frozenset(
    {"newcommand", "renewcommand", "providecommand", "DeclareRobustCommand", "let"}
    | _PLAIN_DEFINITIONS
    | _OPERATORS
    | _PAIRED
    | _ENVIRONMENTS
    | _UNITS
    | DOCUMENT
)
"""The commands that define a macro or an environment."""

EXPANDING = frozenset({"edef", "xdef"})
"""Those that expand the body when they define it."""


class Definition(NamedTuple):
    """What a defining command makes, and its name."""

    name: str
    made: Macro | UserEnvironment


def read_definition(stream: TokenStream, command: str) -> Definition:
    """What `command`, just taken from `stream`, defines.

    Raises MacroError, MissingArgumentError or UnclosedGroupError.
    """
    is_starred = stream.take("*")
    if command in _ENVIRONMENTS:
        return _environment(stream)
    if command in _UNITS:
        stream.bracketed()
    name = _defined_name(stream)
    if command == "let":
        made = _alias(stream)
    elif command in _OPERATORS:
        made = _operator(stream, is_starred=is_starred)
    elif command in _PAIRED:
        made = _paired(name, stream, command)
    else:
        made = _with_arguments(name, stream, command)
    return Definition(name, made)


def _with_arguments(name: str, stream: TokenStream, command: str) -> Macro:
    if command in _PLAIN_DEFINITIONS:
        return _with_parameter_text(name, stream)
    if command in DOCUMENT:
        return _document(name, stream)
    return _with_options(name, stream)


def _document(name: str, stream: TokenStream) -> Macro:
    specification = stream.argument()
    kinds = kinds_of(specification)
    if kinds is None:
        raise MacroError(f"'{join(specification)}' has arguments of a kind that is not supported")
    macro = _checked(name, join(stream.argument()), len(kinds), None, kinds)
    return macro._replace(form=FORM)


def _operator(stream: TokenStream, *, is_starred: bool) -> Macro:
    operator = "\\operatorname*" if is_starred else "\\operatorname"
    return Macro(operator + "{" + join(stream.argument()) + "}")


def _paired(name: str, stream: TokenStream, command: str) -> Macro:
    """Delimiters around an argument or, with an X, a body; with PP also before and behind them."""
    if command == "DeclarePairedDelimiter":
        opening, closing = join(stream.argument()), join(stream.argument())
        return Macro(f"{opening} #1 {closing}", 1, delimiters=(opening, closing), form="paired")
    is_whole = command.endswith("PP")
    stream.skip_space()
    count = join(stream.bracketed() or []).strip() or "0"
    if not count.isdecimal():
        raise MacroError(f"'{count}' is not a number of arguments")
    before = join(stream.argument()) if is_whole else ""
    opening, closing = join(stream.argument()), join(stream.argument())
    after = join(stream.argument()) if is_whole else ""
    body = join(stream.argument())
    _checked(name, f"{before}{after}{body}", int(count), None)
    delimiters = (before, opening, closing, after)
    return Macro(body, int(count), delimiters=delimiters, form="paired-around")


def _environment(stream: TokenStream) -> Definition:
    name = join(stream.argument()).strip()
    if not name:
        raise MacroError("an environment needs a name")
    begin = _with_options(name, stream, is_command=False)
    return Definition(name, UserEnvironment(begin, join(stream.argument())))


def _defined_name(stream: TokenStream) -> str:
    tokens = [token for token in stream.argument() if not token.is_space]
    if len(tokens) != 1 or not _NAME.fullmatch(tokens[0].name):
        raise MacroError("a definition needs a command's name, such as \\norm")
    return tokens[0].name


def _with_options(name: str, stream: TokenStream, *, is_command: bool = True) -> Macro:
    stream.skip_space()
    count = stream.bracketed()
    stream.skip_space()
    default = stream.bracketed() if count is not None else None
    digits = join(count or []).strip() or "0"
    if not digits.isdecimal():
        raise MacroError(f"'{digits}' is not a number of arguments")
    body = join(stream.argument())
    written = None if default is None else join(default)
    return _checked(name if is_command else "environment", body, int(digits), written)


def _with_parameter_text(name: str, stream: TokenStream) -> Macro:
    r"""The macro of a `\def`, whose parameters may have text before, between and behind them."""
    delimiters = [""]
    while (token := stream.first_character()) is not None and token.text != "{":
        if token.text == "#":
            digit = stream.first_character()
            if digit is None or digit.text != str(len(delimiters)):
                raise MacroError("the parameters of \\def are #1, #2, … in this order")
            delimiters.append("")
        elif not token.is_space:
            delimiters[-1] += token.text + (" " if token.name.isalpha() else "")
    if token is None:
        raise MacroError(f"the definition of '\\{name}' has no body")
    stream.push([token])
    written = tuple(text.rstrip() for text in delimiters)
    body = join(stream.argument())
    return _checked(name, body, len(written) - 1, None, written if any(written) else ())


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


def _checked(
    name: str, body: str, count: int, default: str | None, delimiters: tuple[str, ...] = ()
) -> Macro:
    try:
        return macro_from_text(name, body, arguments=count, default=default, delimiters=delimiters)
    except ValueError as error:
        raise MacroError(str(error)) from error
