"""From a source to a note: everything one file says on its own."""

from __future__ import annotations

from dataclasses import field, replace
from typing import TYPE_CHECKING, Any

from markdown_it.token import Token

from notesite.diagnostics import Diagnostic, Related, diagnose
from notesite.frontmatter import missed_front_matter, parse_front_matter, split_front_matter
from notesite.languages import Strings
from notesite.markdown import headings, notation, plain
from notesite.markdown.captions import number_captions, number_headings, section_labels
from notesite.markdown.checking import check
from notesite.markdown.citing import cited_names
from notesite.markdown.parser import build_parser
from notesite.markdown.places import (
    FILE,
    LINES,
    PROBLEMS,
    WORDS,
)
from notesite.markdown.references import WEB_LINKS, split_body
from notesite.markdown.results.checking import check_results
from notesite.markdown.results.proof_ends import drop_commands, end_proofs
from notesite.markdown.results.reading import (
    check_labels,
    label_results,
    number_results,
    result_labels,
)
from notesite.markdown.results.titles import proof_sign
from notesite.markdown.results.tokens import RESULT_SETTINGS, ResultSettings
from notesite.markdown.results.using import gather, place_uses
from notesite.markdown.tags import tags_in
from notesite.markdown.typography import quotes_of
from notesite.markdown.withholding import comments_of
from notesite.math import Formula, MathCompiler, macro_from_text
from notesite.model import (
    FrontMatter,
    Held,
    Label,
    Note,
    Passage,
    Reference,
    ReferenceKind,
    Result,
    Source,
    Symbol,
    Title,
)
from notesite.records import dataclass
from notesite.spans import Origin, Position, Span
from notesite.text import first_unprintable, printable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from notesite.config import MarkdownConfig, ResultsConfig
    from notesite.math import CompiledMath, Macro, MathSettings, UsedSymbol
    from notesite.model import Body

Meanings = dict[tuple[str, str], Title]
"""What the symbols of the configuration are described as, by the text and the note's language."""


@dataclass(frozen=True, slots=True)
class ReadNote:
    """A note with the tokens of its Markdown, of its title and of its summary."""

    note: Note
    tokens: tuple[Token, ...]
    title: Token | None
    summary: Token | None


class NoteParser:
    """Turns sources into notes; made once for a configuration, then used for every note."""

    def __init__(
        self,
        markdown: MarkdownConfig,
        math: MathSettings,
        strings: Strings | None = None,
        results: ResultsConfig | None = None,
    ) -> None:
        """Raises PluginError when a plugin of the configuration cannot be loaded."""
        self._manners = _Manners(
            strings or Strings(), ResultSettings.of(results), markdown.number_headings
        )
        self._md = build_parser(markdown, (strings or Strings()).language)
        self._math = MathCompiler(math)
        self.math = self._math
        """The compiler of formulas, for those that stand elsewhere."""
        self.diagnostics = self._math.diagnostics
        """What is wrong with the math preamble."""

    def parse(self, source: Source) -> Note:
        """The note that `source` states, with everything that is wrong with it."""
        return self._parsing(source).note()

    def read(self, source: Source) -> ReadNote:
        """The same with its tokens, for those who make something else than HTML of them."""
        parsing = self._parsing(source)
        note = parsing.note()
        matter = note.front_matter
        summary = None
        if matter.summary:
            summary = parsing.read_inline(matter.summary, matter.spans["summary"])
        return ReadNote(note, tuple(parsing.tokens), parsing.title_token, summary)

    def parse_passage(self, text: str, file: str) -> tuple[Passage, tuple[Diagnostic, ...]]:
        """Inline Markdown from the configuration, such as a title or a description."""
        parsing = self._parsing(Source("", file, text, ""))
        inline = parsing.read_inline(text, None, is_trusted=True)
        return parsing.passage(inline), tuple(parsing.problems)

    def parse_blocks(self, text: str, file: str) -> tuple[Passage, tuple[Diagnostic, ...]]:
        """Block Markdown from the configuration, such as a section's introduction."""
        parsing = self._parsing(Source("", file, text, ""))
        return parsing.blocks(text), tuple(parsing.problems)

    def _parsing(self, source: Source) -> _Parsing:
        return _Parsing(self._md, self._math, source, self._manners)


@dataclass(frozen=True, slots=True)
class _Manners:
    """What all notes of a site have in common besides their parser.

    `meanings` are the descriptions of symbols that were rendered so far.
    """

    strings: Strings
    results: ResultSettings
    numbers_headings: bool = False
    meanings: Meanings = field(default_factory=dict)


class _Parsing:
    """The state of one note's parsing: its tokens, and what was found wrong so far."""

    def __init__(
        self,
        md: Any,  # noqa: ANN401
        math: MathCompiler,
        source: Source,
        manners: _Manners,
    ) -> None:
        self._md = md
        self._meanings = manners.meanings
        self._math = math
        self._source = source
        self._strings = manners.strings
        self._results = manners.results
        self._numbers_headings = manners.numbers_headings
        self._words = manners.strings.of()
        self._macros: dict[str, Macro] = {}
        self.problems: list[Diagnostic] = []
        self.tokens: list[Token] = []
        self.title_token: Token | None = None

    def note(self) -> Note:
        front_matter, body_text = self._split()
        self._words = self._strings.of(front_matter.language)
        # The parser goes from note to note.
        self._md.options["quotes"] = quotes_of(front_matter.language or self._strings.language)
        self._read_macros(front_matter)
        env = self._env(body_text)
        tokens = self._md.parse(body_text, env)
        title_token = self._title_token(front_matter, tokens)
        self.tokens, self.title_token = tokens, title_token
        headings.set_levels(tokens)
        label_results(tokens, env)
        headings.set_anchors(tokens)
        number_results(tokens, env)
        check_results(tokens, env)
        _set_sections(tokens)
        if self._numbers_headings:
            number_headings(tokens)
        drop_commands(tokens)
        cited = cited_names(tokens)
        referenced = cited | self._source.referred_to
        compiled = self._compile([t for t in _formulas(tokens) if t is not title_token], referenced)
        symbols = self._symbols(compiled, tokens)
        summary = self._summary(front_matter)
        title, title_body = self._title(front_matter, title_token)
        lines = self._source.text.split("\n")
        self.problems.extend(check(tokens, self._source.file, lines, self._results.kinds))
        captions = number_captions(tokens, env)
        found = headings.collect(tokens, self._md, env)
        results, labels = self._read_results(tokens, compiled)
        labels += (*captions, *section_labels(tokens, found))
        check_labels(labels, env)
        body = split_body(self._md.renderer.render(tokens, self._md.options, env), env)
        self.problems.extend(env.get(PROBLEMS, ()))
        return Note(
            path=self._source.path,
            file=self._source.file,
            digest=self._source.digest,
            front_matter=front_matter,
            title=title,
            summary=summary,
            load_body=Held(body),
            headings=found,
            labels=labels,
            tags=tuple(dict.fromkeys((*front_matter.tags, *tags_in(tokens)))),
            excerpt=plain.excerpt(tokens),
            words=plain.count_words(tokens),
            formulas=len(compiled.formulas),
            diagnostics=tuple(self.problems),
            web_links=tuple(env.get(WEB_LINKS, ())),
            symbols=symbols,
            cited=tuple(sorted(cited)),
            asks=_asked(body) if self._math.numbers_referenced else (),
            # Maps show titles as plain text, where H_0 has a small nought of its own.
            signs=_signs(
                title.html,
                title.text,
                *(result.name.text for result in results if result.name),
                *body,
                *(summary.body if summary else ()),
            ),
            comments=comments_of(env, body_text, (title.html, *body)),
            results=results,
            title_body=title_body,
        )

    def _read_results(
        self, tokens: list[Token], compiled: CompiledMath
    ) -> tuple[tuple[Result, ...], tuple[Label, ...]]:
        """The results of the note, and all its labels; the tokens get what results end with."""
        equations = list(_labels(compiled))
        results = gather(tokens, lambda inline: headings.render_title(inline, self._md), equations)
        names = {result.anchor: result.name for result in results if result.name}
        place_uses(tokens)
        end_proofs(tokens, proof_sign(self._results.config.proof_end, self._words))
        return results, (*equations, *result_labels(tokens, names))

    def _split(self) -> tuple[FrontMatter, str]:
        block = split_front_matter(self._source.text)
        if block is None:
            missed = missed_front_matter(self._source.text, self._source.file)
            self.problems.extend([missed] if missed else ())
            return FrontMatter(), self._printable(self._source.text)
        front_matter, problems = parse_front_matter(block, self._source.file)
        self.problems.extend(problems)
        body = self._source.text.split("\n", block.lines)
        # Blank lines in place of the front matter keep the numbers of the lines.
        text = "\n" * block.lines + (body[-1] if len(body) > block.lines else "")
        return front_matter, self._printable(text)

    def _printable(self, text: str) -> str:
        """The text as pages may hold it; the first character that had to go is told of."""
        offset = first_unprintable(text)
        if offset is None:
            return text
        before = text[:offset]
        span = Span.at(before.count("\n") + 1, len(before.rpartition("\n")[2]) + 1)
        message = f"a control character (U+{ord(text[offset]):04X}), shown as \ufffd"
        hints = ("copied from a PDF or a terminal? remove it",)
        problem = diagnose("source-character", message, self._source.file, span, hints=hints)
        self.problems.append(problem)
        return printable(text)

    def _read_macros(self, front_matter: FrontMatter) -> None:
        span = front_matter.spans.get("macros")
        place = Related("the macro is defined here", self._source.file, span)
        for name, written in front_matter.macros:
            try:
                self._macros[name] = macro_from_text(
                    name, written.body, arguments=written.arguments, default=written.default,
                    description=written.description, defined_at=place,
                )  # fmt: skip
            except ValueError as error:
                problem = diagnose("math-macro", str(error), self._source.file, span)
                self.problems.append(problem)

    def _env(self, text: str) -> dict[str, Any]:
        env = {FILE: self._source.file, LINES: text.split("\n"), PROBLEMS: [], WORDS: self._words}
        return {**env, RESULT_SETTINGS: self._results}

    def _title_token(self, front_matter: FrontMatter, tokens: list[Token]) -> Token | None:
        if front_matter.title is not None:
            headings.drop_repeated_title(tokens, front_matter.title)
            return self.read_inline(front_matter.title, front_matter.spans.get("title"))
        return headings.take_title(tokens)

    def _title(self, front_matter: FrontMatter, token: Token | None) -> tuple[Title, Body]:
        if token is None:
            name = self._source.path.rpartition("/")[2].removesuffix(".md")
            token = self.read_inline(name, None) if "$" in name else _text_token(name)
        if front_matter.title is None:
            self._compile(list(_formulas([token])))
        span = front_matter.spans.get("title")
        title = headings.render_title(token, self._md)
        return title, headings.open_title(token, self._md, span)

    def _summary(self, front_matter: FrontMatter) -> Passage | None:
        if not front_matter.summary:
            return None
        return self.passage(self.read_inline(front_matter.summary, front_matter.spans["summary"]))

    def read_inline(self, text: str, span: Span | None, *, is_trusted: bool = False) -> Token:
        """The inline token of a text of the front matter, its formulas compiled.

        `span` is where the value stands in the file; a formula's place is found from there. Raw
        HTML is text unless the text is trusted: a title stands on other pages than the note's own.
        """
        env = self._env(text)
        lets_html_through = self._md.options["html"]
        self._md.options["html"] = lets_html_through and is_trusted
        try:
            inline: Token = self._md.parseInline(text, env)[0]
        finally:
            self._md.options["html"] = lets_html_through
        if span is not None:
            lines = self._source.text.split("\n")
            for token in _formulas([inline]):
                token.meta["origin"] = _find_in_value(token.content, span, lines)
        self._compile(list(_formulas([inline])))
        self.problems.extend(_moved(problem, span) for problem in env[PROBLEMS])
        return inline

    def passage(self, inline: Token) -> Passage:
        """A read inline token as a body and its plain text."""
        env = self._env("")
        html = self._md.renderer.render([inline], self._md.options, env)
        return Passage(split_body(html, env), plain.inline_text(inline.children or ()))

    def blocks(self, text: str) -> Passage:
        """Block Markdown as a body and its plain text."""
        env = self._env(text)
        tokens = self._md.parse(text, env)
        self._compile(list(_formulas(tokens)))
        html = self._md.renderer.render(tokens, self._md.options, env)
        self.problems.extend(env[PROBLEMS])
        return Passage(split_body(html, env), plain.excerpt(tokens))

    def _compile(
        self, tokens: list[Token], referenced: frozenset[str] = frozenset()
    ) -> CompiledMath:
        """Compile the formulas of these tokens together and give each token its result."""
        formulas = [_formula(token) for token in tokens]
        compiled = self._math.compile(formulas, self._source.file, self._macros, referenced)
        for token, rendered in zip(tokens, compiled.formulas, strict=True):
            token.meta["html"], token.meta["say"] = rendered.html, rendered.say
            token.meta["failed"] = rendered.failed
            if rendered.references:
                token.meta["references"] = rendered.references
        self.problems.extend(compiled.diagnostics)
        return compiled

    def _symbols(self, compiled: CompiledMath, tokens: list[Token]) -> tuple[Symbol, ...]:
        """The described symbols of the note, each with the id that its first use now has."""
        return tuple(
            Symbol(
                symbol.name, symbol.tex, symbol.html,
                self._meaning(symbol), notation.set_first_use(symbol.name, tokens),
            )
            for symbol in compiled.symbols
        )  # fmt: skip

    def _meaning(self, symbol: UsedSymbol) -> Title:
        """What the symbol is described as; what is wrong with it is said where that is written."""
        place = symbol.defined_at
        if place is not None and place.file == self._source.file:
            token = self.read_inline(symbol.description, place.span)
            return headings.render_title(token, self._md)
        key = (symbol.description, self._words.tag)
        if key not in self._meanings:
            said = len(self.problems)
            token = self.read_inline(symbol.description, None)
            del self.problems[said:]
            self._meanings[key] = headings.render_title(token, self._md)
        return self._meanings[key]


def _formulas(tokens: Sequence[Token]) -> Iterator[Token]:
    """The formula tokens in the order in which a reader meets them."""
    for token in tokens:
        if token.type == "math":
            yield token
        elif token.children:
            yield from _formulas(token.children)


def _formula(token: Token) -> Formula:
    meta = token.meta
    return Formula(
        token.content,
        meta["display"],
        meta["origin"],
        meta["inline"],
        block_id=meta.get("block_id", ""),
        section=meta.get("section", ""),
    )


def _set_sections(tokens: Sequence[Token]) -> None:
    """Tells each formula the number of the section it stands in; sections begin at `<h2>`."""
    section = 0
    for token in tokens:
        if token.type == "heading_open" and token.tag == "h2":
            section += 1
        elif section and (token.children or token.type == "math"):
            for formula in _formulas([token]):
                formula.meta["section"] = str(section)


def _labels(compiled: CompiledMath) -> tuple[Label, ...]:
    return tuple(
        Label(label.name, "equation", label.number, label.anchor, label.span)
        for label in compiled.labels
    )


def _asked(body: Body) -> tuple[str, ...]:
    """The names by which references in the body may mean equations: labels and fragments."""
    references = [piece for piece in body if isinstance(piece, Reference)]
    cited = {cited.key for reference in references for cited in reference.cited}
    fragments = {each.fragment for each in references if each.kind in _LINKING and each.fragment}
    return tuple(sorted(cited | fragments))


_LINKING = frozenset({ReferenceKind.NOTE, ReferenceKind.URL, ReferenceKind.EMBED})
_ASCII = bytes(range(128))


def _signs(*pieces: str | Reference) -> str:
    """The characters beyond ASCII in pieces of HTML, each once."""
    html = "".join(piece for piece in pieces if isinstance(piece, str))
    # Bytes are rid of ASCII a hundred times as fast as characters are.
    beyond = html.encode("utf-8", "surrogatepass").translate(None, _ASCII)
    return "".join(sorted(set(beyond.decode("utf-8", "surrogatepass"))))


def _text_token(text: str) -> Token:
    words = Token("text", "", 0, content=text)
    return Token("inline", "", 0, content=text, children=[words])


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
