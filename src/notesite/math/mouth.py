"""Reading a formula: expands macros, rewrites what engines lack, finds what is wrong on the way.

It works as TeX's mouth does: tokens are taken one by one from a stream; a command that stands for
others pushes them back to be read in its place.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from notesite.math import subequations, texts
from notesite.math.commands import CHARACTER_HANDLERS, HANDLERS
from notesite.math.definitions import DEFINING, EXPANDING, read_definition
from notesite.math.frames import close_all
from notesite.math.layout import compose
from notesite.math.macros import MacroError
from notesite.math.reader import FormulaReader
from notesite.math.rows import finish_rows
from notesite.math.supplement import ENVIRONMENTS, SUPPLEMENT, spelled_out
from notesite.math.tex import (
    MissingArgumentError,
    Token,
    TokenStream,
    UnclosedGroupError,
    at_place,
    join,
    texts_of,
)
from notesite.math.values import ARRAY_STRETCH, Macro

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from notesite.math.reading import Reading

DEPTH_LIMIT = 400
r"""How many braces, environments and `\left` may be open at once."""
HOLE_DEPTH_LIMIT = 20
"""How deep parts that are rendered on their own may nest."""
_LONGEST_NAME = 12
"""How many tokens the name of an environment may have, its braces counted."""
PROBLEM_LIMIT = 10
"""After how many problems the rest of a formula is not looked at."""


class Mouth(FormulaReader):
    """The reader: it knows of every command what is to be done about it."""

    def read(self, tokens: Iterable[Token]) -> Reading:
        """Reads all `tokens`."""
        self.stream = TokenStream(tokens)
        problems, frames = self.reading.problems, self.frames
        for token in self.stream:
            if len(frames) > DEPTH_LIMIT:
                self.problem("math-too-large", f"more than {DEPTH_LIMIT} levels deep", token)
            if problems and self._is_given_up():
                return self.reading
            self._read_token(token)
        close_all(self)
        subequations.close(self)
        finish_rows(self)
        return self.reading

    def part(self, tokens: Iterable[Token], place: Token) -> tuple[Token, ...]:
        """What `tokens` come to when read as a formula of their own inside of this one."""
        if self.depth >= HOLE_DEPTH_LIMIT:
            self.problem("math-too-large", f"'{place.text}' is nested too deeply", place)
            return ()
        reader = Mouth(self.scope, display=self.display, locate=self.locate)
        reader.expander = self.expander
        reader.depth = self.depth + 1
        reader.is_script = self.is_in_script
        reader.reading.holes = self.reading.holes
        reader.reading.problems = self.reading.problems
        return tuple(compose(reader.read(tokens), place))

    @property
    def _is_typewriter(self) -> bool:
        """Whether the text that is open is code, whose dashes stay apart."""
        texts = (frame.token.text for frame in reversed(self.frames) if frame.kind == "text")
        return next((text for text in texts if text != "{"), "") == "\\texttt"

    def _is_given_up(self) -> bool:
        problems = self.reading.problems
        return len(problems) >= PROBLEM_LIMIT or any(
            problem.code in {"math-too-large", "math-macro"} for problem in problems
        )

    def _read_token(self, token: Token) -> None:
        text = token.text
        if text[0] == "\\":
            self._read_command(token)
        elif text in CHARACTER_HANDLERS:
            CHARACTER_HANDLERS[text](self, token)
        elif self.inside("text"):
            dashed = text.replace("---", "—").replace("--", "–")
            is_as_it_stands = dashed == text or self._is_typewriter
            self.row.tokens.append(token if is_as_it_stands else token.replaced(dashed))
        elif text.isascii():
            self.row.tokens.append(token)
        else:
            self._read_unicode(token)

    def _read_command(self, token: Token) -> None:
        scope = self.scope
        name = token.name
        if name in scope.aliases:
            token = token.replaced("\\" + scope.aliases[name])
            name = token.name
        elif name in scope.macros:
            self._expand(scope.macros[name], token)
            return
        if name in {"begin", "end"} and self._is_environment_passed(token):
            return
        if name in texts.CONCERNED and self._is_on_the_wrong_side(token):
            return
        if name in HANDLERS:
            self._guarded(HANDLERS[name], token)
        elif name in DEFINING:
            self._guarded(define, token)
        elif name in SUPPLEMENT:
            self._expand(SUPPLEMENT[name], token)
        elif name.startswith("verb") and not name.isalpha():
            self._read_verbatim(token)
        elif name == "verb":
            hints = ('write it between two equal signs of | ! + " / =, as in \\verb|x|',)
            self.problem("math-syntax", "'\\verb' without delimiters", token, hints)
        else:
            self._check(name, token)
            self.emit(token)
            self._keep_space(token)

    def _is_environment_passed(self, token: Token) -> bool:
        r"""Whether it is the note's own environment that begins or ends here, or `subequations`."""
        texts = [part.text for part in self.stream.upcoming(_LONGEST_NAME)]
        if texts[:1] != ["{"] or "}" not in texts:
            return False
        name = "".join(texts[1 : texts.index("}")]).strip()
        environment = self.scope.environments.get(name) or ENVIRONMENTS.get(name)
        if environment is None:
            return subequations.passes(self, token, name)
        self.stream.argument()
        macro = environment.begin if token.name == "begin" else Macro(environment.end)
        self._expand(macro, token.replaced(f"{token.text}{{{name}}}"))
        return True

    def _is_on_the_wrong_side(self, token: Token) -> bool:
        """Whether it is a command of math in text or of text in math, and dealt with."""
        passed = False

        def handler(reader: FormulaReader, token: Token) -> None:
            nonlocal passed
            passed = True
            passed = texts.passes(reader, token)

        self._guarded(handler, token)
        return passed

    def _keep_space(self, symbol: Token) -> None:
        r"""Saves the blank after a symbol in text, such as `\_`, which math-core would drop."""
        following = self.stream.peek()
        if not symbol.name.isalpha() and following and following.is_space and self.inside("text"):
            self.emit(symbol.replaced("{"), symbol.replaced("}"))

    def _check(self, name: str, token: Token) -> None:
        unknown = self.scope.complaint(name)
        if unknown is not None:
            code, message, hints = unknown
            self.problem(code, message, token, hints)

    def _expand(self, macro: Macro, token: Token) -> None:
        def expansion(reader: FormulaReader, use: Token) -> None:
            reader.stream.push(reader.expander.expand(macro, use, reader.stream))

        self._guarded(expansion, token)

    def _guarded(self, handler: Callable[[FormulaReader, Token], None], token: Token) -> None:
        try:
            handler(self, token)
        except MissingArgumentError:
            self.problem("math-syntax", f"'{token.text}' needs an argument", token)
        except UnclosedGroupError as error:
            closing = "}" if error.token.text == "{" else "]"
            message = f"'{error.token.text}' is never closed"
            self.problem("math-syntax", message, error.token, (f"add the missing '{closing}'",))
        except MacroError as error:
            self.problem("math-macro", str(error), token)

    def _read_unicode(self, token: Token) -> None:
        pieces = spelled_out(token)
        if pieces == [token]:
            self.emit(token)
        else:
            self.stream.push(pieces)

    def _read_verbatim(self, token: Token) -> None:
        delimiter = token.text.removeprefix("\\verb").removeprefix("*")[:1]
        body = token.text.split(delimiter, 2)[1]
        if token.text.startswith("\\verb*"):
            body = body.replace(" ", "␣")
        escaped = "".join(_VERBATIM.get(character, character) for character in body)
        self.emit_text(f"\\texttt{{{escaped}}}", token)


_VERBATIM = {
    **{character: f"\\{character}" for character in "#$%&_{}"},
    "\\": "\\textbackslash{}", "^": "\\textasciicircum{}", "~": "\\textasciitilde{}", " ": "~",
}  # fmt: skip


def define(reader: FormulaReader, token: Token) -> None:
    """Brings a macro or an environment into force, from here to the end of the note."""
    definition = read_definition(reader.stream, token.name)
    if token.name in EXPANDING and isinstance(definition.made, Macro):
        body = join(_expanded(reader, definition.made.body, token))
        definition = definition._replace(made=definition.made._replace(body=body))
    if definition.name == ARRAY_STRETCH and isinstance(definition.made, Macro):
        _check_stretch(reader, definition.made.body, token)
    reader.reading.defines = True
    reader.scope.define(token.name, definition, reader.locate(token))


def _check_stretch(reader: FormulaReader, body: str, token: Token) -> None:
    if not re.fullmatch(r"\s*\d*\.?\d+\s*", body):
        message = f"'\\{ARRAY_STRETCH}' must be a number, such as 1.2"
        reader.problem("math-syntax", message, token)


def _expanded(reader: FormulaReader, body: str, place: Token) -> list[Token]:
    r"""The body of an `\edef` with its macros expanded, as they are at its definition."""
    stream = TokenStream(at_place(texts_of(body), place))
    expanded: list[Token] = []
    for token in stream:
        macro = reader.scope.macros.get(token.name)
        if token.name == "noexpand":
            expanded.extend(filter(None, [stream.pop()]))
        elif macro is not None:
            stream.push(reader.expander.expand(macro, token, stream))
        else:
            expanded.append(token)
    return expanded
