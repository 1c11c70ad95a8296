"""Macros: how they are made, and how one use of one is expanded."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from notesite.math.bodies import parts
from notesite.math.forms import form_named
from notesite.math.tex import Token, TokenStream, at_place, texts_of, tokenize
from notesite.math.values import Macro
from notesite.patterns import pattern
from notesite.text import plural

if TYPE_CHECKING:
    from collections.abc import Mapping

    from notesite.diagnostics import Related

EXPANSION_LIMIT = 2_000
"""How many macros one formula may use, those inside of others counted."""
SIZE_LIMIT = 100_000
"""How many characters all expansions of one formula may have together."""

_NAME = pattern(r"@?[A-Za-z]+")
_PARAMETER = pattern(r"(?<!#)(?:##)*#([1-9])")


ODD_CHARACTER = pattern("[^ !\"'-~\n\u00c0-\u024f]")
"""A character that takes more than passing the TeX on to an engine."""
ODD_COMMAND = pattern(
    r"\\(?:_|(?:[A-Za-z]+|.)\s*\*|"
    r"(?:left|right)\s*(?:[<>]|\\[lg]t(?![A-Za-z]))|not\s*\\!)",
    re.DOTALL,
)
"""Likewise a command: a star would be read as a part of it, a relation as a delimiter."""
_SIMPLE_LIMIT = 200
"""How many steps and, times a hundred, tokens an expansion of plain texts may have."""


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
    delimiters: tuple[str, ...] = (),
) -> Macro:
    """The macro `name` from what a person wrote, checked.

    Without `arguments`, the highest of `#1` to `#9` in the body says how many there are. Raises
    ValueError with a message for people.
    """
    if not _NAME.fullmatch(name.removeprefix("\\")):
        raise ValueError(f"'{name}' cannot name a macro: use letters only")
    used = max((int(digit) for digit in _PARAMETER.findall(body)), default=0)
    count = used if arguments is None else arguments
    macro = Macro(body, count, default, description, defined_at, delimiters)
    problem = _problem(macro, used)
    if problem:
        raise ValueError(f"the macro '{name}' {problem}")
    return macro


def _problem(macro: Macro, used: int) -> str | None:
    if not 0 <= macro.arguments <= 9:
        return "can have 0 to 9 arguments"
    if used > macro.arguments:
        return f"uses #{used} but has {plural(macro.arguments, 'argument')}"
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
        if macro.form:
            shown = form_named(macro.form)(macro, use, stream)
            self._count(macro, [shown], use)
            return shown
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


def is_simple(macro: Macro) -> bool:
    """Whether the macro can be expanded by `expand_simply`."""
    is_bare = macro.default is None and not macro.form and not macro.delimiters
    return is_bare and ODD_CHARACTER.search(_PARAMETER.sub("", macro.body)) is None


def expand_simply(tex: str, macros: Mapping[str, Macro]) -> str | None:
    """`tex`, which needs no reading, with simple macros expanded; None where that fails.

    What fails is left to the reader, which finds out why.
    """
    pending = texts_of(tex)
    pending.reverse()
    shown: list[str] = []
    steps = size = 0
    while pending:
        text = pending.pop()
        macro = macros.get(text[1:]) if text[0] == "\\" else None
        if macro is None:
            if shown and text[0].isalpha() and shown[-1][0] == "\\" and shown[-1][-1].isalpha():
                shown.append(" ")
            shown.append(text)
            continue
        steps += 1
        arguments = [_text_argument(pending) for _ in range(macro.arguments)]
        if steps > _SIMPLE_LIMIT or None in arguments:
            return None
        size += sum(map(len, filter(None, arguments)))
        if len(pending) + size > 100 * _SIMPLE_LIMIT:
            return None
        for part in reversed(parts(macro.body)):
            run = arguments[part - 1] if isinstance(part, int) else part
            pending.extend(reversed(run or ()))
    return "".join(shown)


def _text_argument(pending: list[str]) -> list[str] | None:
    """The next argument of texts, the first of them last; None when there is none."""
    while pending and pending[-1].isspace():
        pending.pop()
    if not pending or pending[-1] == "}":
        return None
    text = pending.pop()
    if text != "{":
        if len(text) > 1 and text[0] != "\\":
            pending.append(text[1:])
            text = text[0]
        return [text]
    content: list[str] = []
    depth = 1
    while pending:
        text = pending.pop()
        depth += (text == "{") - (text == "}")
        if depth == 0:
            return content
        content.append(text)
    return None


def _arguments(macro: Macro, use: Token, stream: TokenStream) -> list[list[Token]]:
    if macro.delimiters:
        return _delimited(macro, use, stream)
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


def _delimited(macro: Macro, use: Token, stream: TokenStream) -> list[list[Token]]:
    """The arguments of a macro whose definition has text between them; TeXbook, chapter 20."""
    first, *others = macro.delimiters
    if not _take(stream, _units(first)):
        raise MacroError(f"'{use.text}' must be followed by '{first}', as it is defined")
    return [
        _until(stream, delimiter, use) if delimiter else stream.argument() for delimiter in others
    ]


def _until(stream: TokenStream, delimiter: str, use: Token) -> list[Token]:
    """What stands before the delimiter, which is taken away; braces around all of it go too."""
    units = _units(delimiter)
    content: list[Token] = []
    depth = 0
    while depth or not _take(stream, units):
        token = stream.first_character()
        if token is None or (token.text == "}" and depth == 0):
            raise MacroError(f"an argument of '{use.text}' is not ended by '{delimiter}'")
        depth += (token.text == "{") - (token.text == "}")
        content.append(token)
    if len(content) > 1 and content[0].text == "{" and _closes_last(content):
        return content[1:-1]
    return content


def _closes_last(content: list[Token]) -> bool:
    depth = 0
    for index, token in enumerate(content):
        depth += (token.text == "{") - (token.text == "}")
        if depth == 0:
            return index == len(content) - 1
    return False


def _take(stream: TokenStream, units: tuple[str, ...]) -> bool:
    """Takes these characters and commands away if they come next, blanks before them included."""
    taken: list[Token] = []
    for unit in units:
        while (token := stream.first_character()) is not None and token.is_space:
            taken.append(token)
        if token is not None:
            taken.append(token)
        if token is None or token.text != unit:
            stream.push(taken)
            return False
    return True


@lru_cache(maxsize=512)
def _units(text: str) -> tuple[str, ...]:
    """A delimiter as characters and commands; blanks do not count."""
    units: list[str] = []
    for token in tokenize(text):
        if not token.is_space:
            units += [token.text] if token.name else list(token.text)
    return tuple(units)
