"""TeX as tokens that remember where in the formula they came from.

The reading follows the TeXbook, chapters 7 and 8, with the category codes of plain TeX, except
that a run of ordinary characters is one token until somebody asks for its first character.
"""

from __future__ import annotations

import re
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from notesite.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from notesite.math.values import Macro

    Form = Callable[[Macro, "Token", "TokenStream"], list["Token"]]
    """What a macro comes to that looks at what follows it; see `forms`."""

_VERBATIM = "|".join(
    [*(f"[{sign}][^{sign}]*[{sign}]" for sign in "|!+\"/=@:;,.?()<>'`"), r"[ ][\w\\]\S*[ ]"]
)
_TOKEN = pattern(
    rf"""
    \\verb\*?(?:{_VERBATIM})   # read as it stands
    | \\(?:href|url)\{{(?:[^{{}}\\%\n]|\\.)*%[^{{}}\n]*\}}   # an address, where % begins no comment
    | \\[A-Za-z]+ | \\@[A-Za-z@]+ | \\. | \\   # LaTeX's own names begin with @
    | %[^\n]*(?:\n[ \t]*)?                      # a comment eats the end of its line
    | [{{}}\[\]&^_~$\#'*]
    | \s+
    | [^\\%{{}}\[\]&^_~$\#'*\s]+
    """,
    re.VERBOSE | re.DOTALL,
)
_STARRED = frozenset({"\\operatorname", "\\hspace", "\\tag", "\\\\"})


class Token(NamedTuple):
    """A piece of TeX and the range of the formula's source that it stands for.

    A token of a macro's expansion stands for the whole use of the macro.
    """

    text: str
    start: int
    end: int

    @property
    def name(self) -> str:
        """The command's name without its backslash, empty for what is not a command."""
        return self.text[1:] if self.text[0] == "\\" else ""

    @property
    def is_space(self) -> bool:
        """Whether the token is white space."""
        return self.text.isspace()

    def replaced(self, text: str) -> Token:
        """Another text in the place of this one."""
        return Token(text, self.start, self.end)


class MissingArgumentError(Exception):
    """A command stands where its argument should: at the end of a group, cell or formula."""


class UnclosedGroupError(Exception):
    """A group or bracket that is opened at `token` and never closed."""

    def __init__(self, token: Token) -> None:
        super().__init__(token)
        self.token = token


def texts_of(tex: str) -> list[str]:
    """The texts of the tokens of `tex` alone, comments left out."""
    texts = _texts(tex)
    return [text for text in texts if text[0] != "%"] if "%" in tex else texts


def _texts(tex: str) -> list[str]:
    texts: list[str] = _TOKEN.findall(tex)
    if "%" not in tex or ("\\href" not in tex and "\\url" not in tex):
        return texts
    return [piece for text in texts for piece in _address_parts(text)]


def _address_parts(text: str) -> tuple[str, ...]:
    """A command, a brace, an address and a brace where a token is all of them."""
    command, brace, rest = text.partition("{")
    if command not in {"\\href", "\\url"} or not brace:
        return (text,)
    # A `#` is a token of its own: it may begin a parameter of a macro.
    return (command, brace, *filter(None, re.split("(#)", rest[:-1])), "}")


def tokenize(tex: str) -> list[Token]:
    """The tokens of `tex`, comments left out."""
    # Every character belongs to a token, so that lengths alone say where each one stands.
    texts = _texts(tex)
    ends = list(accumulate(map(len, texts)))
    tokens = list(map(Token, texts, (0, *ends), ends))
    return [token for token in tokens if token.text[0] != "%"] if "%" in tex else tokens


def at_place(texts: Iterable[str], place: Token) -> list[Token]:
    """Tokens that all stand for the source of `place`."""
    return [place.replaced(text) for text in texts]


def braced(content: Iterable[Token], place: Token) -> list[Token]:
    """The content as a group."""
    return [place.replaced("{"), *content, place.replaced("}")]


def called(command: str, content: Iterable[Token], place: Token) -> list[Token]:
    """The command with the content for its argument."""
    return [place.replaced(command), *braced(content, place)]


class TokenStream:
    """Tokens yet to be read; what is pushed is read next."""

    def __init__(self, tokens: Iterable[Token]) -> None:
        self._pending = list(tokens)
        self._pending.reverse()

    def __iter__(self) -> Iterator[Token]:
        while self._pending:
            yield self._pending.pop()

    def push(self, tokens: list[Token]) -> None:
        """Puts `tokens` before all that is yet to be read."""
        self._pending.extend(reversed(tokens))

    def peek(self) -> Token | None:
        """The next token, left where it is."""
        return self._pending[-1] if self._pending else None

    def pop(self) -> Token | None:
        """The next token, taken away."""
        return self._pending.pop() if self._pending else None

    def skip_space(self) -> None:
        """Takes white space away."""
        while self._pending and self._pending[-1].is_space:
            self._pending.pop()

    def upcoming(self, count: int) -> list[Token]:
        """Up to `count` tokens that are read next, left where they are."""
        return self._pending[: -count - 1 : -1]

    def take(self, text: str) -> bool:
        """Takes the next token away if it is `text`."""
        if self._pending and self._pending[-1].text == text:
            self._pending.pop()
            return True
        return False

    def first_character(self) -> Token | None:
        """The next token, but no more than one character of a run; taken away."""
        token = self.pop()
        if token is None or len(token.text) == 1 or token.text[0] == "\\":
            return token
        is_source = token.end - token.start == len(token.text)
        middle = token.start + 1 if is_source else token.end
        rest = Token(token.text[1:], middle if is_source else token.start, token.end)
        self._pending.append(rest)
        return Token(token.text[0], token.start, middle)

    def argument(self) -> list[Token]:
        """The next argument: a group without its braces, or one character or command.

        Raises MissingArgumentError, or UnclosedGroupError.
        """
        self.skip_space()
        token = self.first_character()
        if token is None:
            raise MissingArgumentError
        if token.text in "}&^_":
            self._pending.append(token)
            raise MissingArgumentError
        return self._rest_of_group(token) if token.text == "{" else [token]

    def bracketed(self) -> list[Token] | None:
        """The optional argument in brackets, None when there is none.

        Raises UnclosedGroupError.
        """
        opening = self.peek()
        if opening is None or opening.text != "[":
            return None
        self._pending.pop()
        depth = 0
        content: list[Token] = []
        for token in self:
            if token.text == "]" and depth == 0:
                return content
            depth += (token.text == "{") - (token.text == "}")
            content.append(token)
        raise UnclosedGroupError(opening)

    def _rest_of_group(self, opening: Token) -> list[Token]:
        depth = 1
        content: list[Token] = []
        for token in self:
            depth += (token.text == "{") - (token.text == "}")
            if depth == 0:
                return content
            content.append(token)
        raise UnclosedGroupError(opening)


def join(tokens: Iterable[Token]) -> str:
    """The tokens as TeX, with blanks where two of them would grow together."""
    return "".join(text for text, _ in _spaced(tokens))


def locate(tokens: Iterable[Token], offset: int) -> tuple[int, int]:
    """The source range of what stands at `offset` in the joined `tokens`."""
    position = 0
    last = (0, 1)
    for text, token in _spaced(tokens):
        if token is not None:
            last = (token.start, max(token.end, token.start + 1))
            if offset < position + len(text):
                return _within(token, offset - position)
        position += len(text)
    return last


def _within(token: Token, delta: int) -> tuple[int, int]:
    is_run = token.text[0] != "\\" and token.end - token.start == len(token.text)
    if not is_run or delta < 0:
        return token.start, max(token.end, token.start + 1)
    return token.start + delta, token.start + delta + 1


def _spaced(tokens: Iterable[Token]) -> Iterator[tuple[str, Token | None]]:
    previous = ""
    for token in tokens:
        text = token.text
        if previous and _grow_together(previous, text):
            yield " ", None
        yield text, token
        previous = text if text[0] == "\\" else ""


def _grow_together(command: str, text: str) -> bool:
    if text == "*":
        # math-core reads the star as part of any command's name.
        return command not in _STARRED
    return command[-1].isalpha() and text[0].isalpha()
