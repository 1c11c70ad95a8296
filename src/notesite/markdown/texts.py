"""Markdown of one file, wherever it stands: in the body or as a value of front matter."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from notesite.markdown import plain
from notesite.markdown.formula_tokens import formula_of, formulas_of
from notesite.markdown.places import FILE, LINES, PROBLEMS, WORDS
from notesite.markdown.references import split_body
from notesite.markdown.results.tokens import RESULT_SETTINGS
from notesite.model import Passage
from notesite.spans import Origin, Position, Span

if TYPE_CHECKING:
    from markdown_it.token import Token

    from notesite.diagnostics import Diagnostic
    from notesite.languages import Strings
    from notesite.markdown.results.tokens import ResultSettings
    from notesite.math import CompiledMath, Macro, MathCompiler
    from notesite.model import Source


class TextReader:
    """Reads the texts of one file, and gathers what is wrong with them.

    `macros` are the ones that the file's formulas may use besides the site's, `words` the strings
    of the file's language.
    """

    def __init__(
        self,
        md: Any,  # noqa: ANN401 - markdown-it's options have no types
        math: MathCompiler,
        source: Source,
        strings: Strings,
        results: ResultSettings,
    ) -> None:
        self.md = md
        self.math = math
        self.source = source
        self.results = results
        self.words = strings.of()
        self.macros: dict[str, Macro] = {}
        self.problems: list[Diagnostic] = []

    def env(self, text: str) -> dict[str, Any]:
        """What the rules of the parser and of the renderer find and leave while `text` is read."""
        env = {FILE: self.source.file, LINES: text.split("\n"), PROBLEMS: [], WORDS: self.words}
        return {**env, RESULT_SETTINGS: self.results}

    def read_inline(self, text: str, span: Span | None, *, is_trusted: bool = False) -> Token:
        """The inline token of a text of the front matter, its formulas compiled.

        `span` is where the value stands in the file; a formula's place is found from there. Raw
        HTML is text unless the text is trusted: a title stands on other pages than the note's own.
        """
        env = self.env(text)
        lets_html_through = self.md.options["html"]
        self.md.options["html"] = lets_html_through and is_trusted
        try:
            inline: Token = self.md.parseInline(text, env)[0]
        finally:
            self.md.options["html"] = lets_html_through
        if span is not None:
            lines = self.source.text.split("\n")
            for token in formulas_of([inline]):
                token.meta["origin"] = _find_in_value(token.content, span, lines)
        self.compile(list(formulas_of([inline])))
        self.problems.extend(_moved(problem, span) for problem in env[PROBLEMS])
        return inline

    def passage(self, inline: Token) -> Passage:
        """A read inline token as a body and its plain text."""
        env = self.env("")
        html = self.md.renderer.render([inline], self.md.options, env)
        return Passage(split_body(html, env), plain.inline_text(inline.children or ()))

    def blocks(self, text: str) -> Passage:
        """Block Markdown as a body and its plain text."""
        env = self.env(text)
        tokens = self.md.parse(text, env)
        self.compile(list(formulas_of(tokens)))
        html = self.md.renderer.render(tokens, self.md.options, env)
        self.problems.extend(env[PROBLEMS])
        return Passage(split_body(html, env), plain.excerpt(tokens))

    def compile(
        self, tokens: list[Token], referenced: frozenset[str] = frozenset()
    ) -> CompiledMath:
        """Compile the formulas of these tokens together and give each token its result."""
        formulas = [formula_of(token) for token in tokens]
        compiled = self.math.compile(formulas, self.source.file, self.macros, referenced)
        for token, rendered in zip(tokens, compiled.formulas, strict=True):
            token.meta["html"], token.meta["say"] = rendered.html, rendered.say
            token.meta["failed"] = rendered.failed
            if rendered.references:
                token.meta["references"] = rendered.references
        self.problems.extend(compiled.diagnostics)
        return compiled


def _find_in_value(tex: str, span: Span, lines: list[str]) -> Origin:
    """The place of a formula in a front-matter value; its beginning if YAML changed the text."""
    first = span.start.line - 1
    for number in range(first, min(max(span.end.line, first + 1) + 5, len(lines))):
        start = span.start.column - 1 if number == first else 0
        found = lines[number].find(tex, start)
        if found >= 0:
            return Origin.at(number + 1, found + 1)
    return Origin.at(span.start.line, span.start.column)


def _moved(problem: Diagnostic, span: Span | None) -> Diagnostic:
    at = Span(span.start, Position(span.start.line, span.start.column + 1)) if span else None
    return replace(problem, span=at)
