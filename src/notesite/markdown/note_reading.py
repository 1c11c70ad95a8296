"""The reading of one note: its tokens, its parts, and what was found wrong so far."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING, Any

from markdown_it.token import Token

from notesite.diagnostics import diagnose
from notesite.drawings import (
    EXCALIDRAW,
    DrawingError,
    back_of,
    has_drawing,
    is_drawing,
    read_drawing,
)
from notesite.markdown import headings, notation, plain
from notesite.markdown.captions import (
    number_captions,
    number_headings,
    section_labels,
    title_labels,
)
from notesite.markdown.checking import check
from notesite.markdown.citing import cited_names
from notesite.markdown.formula_tokens import equation_labels, formulas_of, set_sections
from notesite.markdown.places import PROBLEMS
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
from notesite.markdown.results.using import gather, place_uses
from notesite.markdown.source_parts import macros_of, split_source
from notesite.markdown.tags import tags_in
from notesite.markdown.texts import TextReader
from notesite.markdown.typography import quotes_of
from notesite.markdown.withholding import comments_of
from notesite.markdown.workings import WORKINGS
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
from notesite.spans import Span

if TYPE_CHECKING:
    from notesite.languages import Strings
    from notesite.markdown.results.tokens import ResultSettings
    from notesite.markdown.workings import Workings
    from notesite.math import CompiledMath, MathCompiler, UsedSymbol
    from notesite.model import Body

Meanings = dict[tuple[str, str], Title]
"""What the symbols of the configuration are described as, by the text and the note's language."""

LONGEST = 5_000_000
"""Characters of a note's text above which it is none: to read it takes 200 times as much memory."""


@dataclass(frozen=True, slots=True)
class Manners:
    """What all notes of a site have in common besides their parser.

    `meanings` are the descriptions of symbols that were rendered so far.
    """

    strings: Strings
    results: ResultSettings
    numbers_headings: bool = False
    meanings: Meanings = field(default_factory=dict)


class NoteReading(TextReader):
    """The state of one note's parsing: its tokens, and what was found wrong so far."""

    def __init__(
        self,
        md: Any,  # noqa: ANN401
        math: MathCompiler,
        source: Source,
        manners: Manners,
        workings: Workings,
    ) -> None:
        super().__init__(md, math, source, manners.strings, manners.results)
        self._meanings = manners.meanings
        self._workings = workings
        self._strings = manners.strings
        self._numbers_headings = manners.numbers_headings
        self.tokens: list[Token] = []
        self.title_token: Token | None = None

    def _within_bounds(self, text: str) -> str:
        """The text; none where it is longer than any that a person writes."""
        if len(text) <= LONGEST:
            return text
        message = f"more than {LONGEST:,} characters of text; none of it is shown"
        problem = diagnose("markdown-too-long", message, self.source.file, Span.at(1, 1))
        self.problems.append(problem)
        return ""

    def note(self) -> Note:
        """The note; `tokens` and `title_token` are then those of its body and of its title."""
        front_matter, body_text = self._front_matter()
        holds_drawing = has_drawing(front_matter.extra)
        text = self._within_bounds(back_of(body_text) if holds_drawing else body_text)
        env = {**self.env(text), WORKINGS: self._workings}
        tokens = self.md.parse(text, env)
        if is_drawing(front_matter.extra):
            tokens[:0] = self._drawing(body_text)
        title_token = self._title_token(front_matter, tokens)
        self.tokens, self.title_token = tokens, title_token
        self._arrange(tokens, env)
        cited = cited_names(tokens)
        referenced = cited | self.source.referred_to
        formulas = [token for token in formulas_of(tokens) if token is not title_token]
        compiled = self.compile(formulas, referenced)
        symbols = self._symbols(compiled, tokens)
        summary = self._summary(front_matter)
        title, title_body = self._title(front_matter, title_token)
        lines = self.source.text.split("\n")
        self.problems.extend(check(tokens, self.source.file, lines, self._workings))
        captions = number_captions(tokens, env)
        found = headings.collect(tokens, self.md, env)
        results, labels = self._read_results(tokens, compiled)
        labels += (*captions, *section_labels(tokens, found), *title_labels(title_token, title))
        check_labels(labels, env)
        body = split_body(self.md.renderer.render(tokens, self.md.options, env), env)
        self.problems.extend(env.get(PROBLEMS, ()))
        return Note(
            path=self.source.path,
            file=self.source.file,
            digest=self.source.digest,
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
            asks=_asked(body) if self.math.numbers_referenced else (),
            # Maps show titles as plain text, where H_0 has a small nought of its own.
            signs=_signs(
                title.html,
                title.text,
                *(result.name.text for result in results if result.name),
                *body,
                *(summary.body if summary else ()),
            ),
            # The data of a drawing is nothing to read, and holds what was struck out.
            comments=None if holds_drawing else comments_of(env, text, (title.html, *body)),
            results=results,
            title_body=title_body,
        )

    def _front_matter(self) -> tuple[FrontMatter, str]:
        """The front matter and the text below; its language and macros hold from here."""
        front_matter, body_text, problems = split_source(self.source, self._workings)
        self.macros, wrong = macros_of(front_matter, self.source.file)
        self.problems.extend((*problems, *wrong))
        self.words = self._strings.of(front_matter.language)
        # The parser goes from note to note.
        self.md.options["quotes"] = quotes_of(front_matter.language or self._strings.language)
        return front_matter, body_text

    def _arrange(self, tokens: list[Token], env: dict[str, Any]) -> None:
        """Give headings and results their levels, anchors, numbers and sections."""
        headings.set_levels(tokens)
        label_results(tokens, env)
        headings.set_anchors(tokens, env)
        number_results(tokens, env)
        check_results(tokens, env)
        set_sections(tokens)
        if self._numbers_headings:
            number_headings(tokens)
        drop_commands(tokens)

    def _read_results(
        self, tokens: list[Token], compiled: CompiledMath
    ) -> tuple[tuple[Result, ...], tuple[Label, ...]]:
        """The results of the note, and all its labels; the tokens get what results end with."""
        equations = list(equation_labels(compiled))
        results = gather(tokens, lambda inline: headings.render_title(inline, self.md), equations)
        names = {result.anchor: result.name for result in results if result.name}
        place_uses(tokens)
        end_proofs(tokens, proof_sign(self.results.config.proof_end, self.words))
        return results, (*equations, *result_labels(tokens, names, self._line))

    def _line(self, text: str, span: Span | None) -> Title:
        """A line of Markdown that stands within the file, such as what references are to say."""
        return headings.render_title(self.read_inline(text, span), self.md)

    def _title_token(self, front_matter: FrontMatter, tokens: list[Token]) -> Token | None:
        if front_matter.title is not None:
            headings.drop_repeated_title(tokens, front_matter.title)
            return self.read_inline(front_matter.title, front_matter.spans.get("title"))
        return headings.take_title(tokens)

    def _title(self, front_matter: FrontMatter, token: Token | None) -> tuple[Title, Body]:
        if token is None:
            name = self._name()
            token = self.read_inline(name, None) if "$" in name else _text_token(name)
        if front_matter.title is None:
            self.compile(list(formulas_of([token])))
        span = front_matter.spans.get("title")
        title = headings.render_title(token, self.md)
        return title, headings.open_title(token, self.md, span)

    def _name(self) -> str:
        return self.source.path.rpartition("/")[2].removesuffix(".md").removesuffix(EXCALIDRAW)

    def _drawing(self, text: str) -> list[Token]:
        """The token of the drawing that a note is; none where it cannot be read."""
        try:
            drawing = read_drawing(text)
        except DrawingError as error:
            message = f"the drawing cannot be shown: {error}"
            self.problems.append(diagnose("drawing-unreadable", message, self.source.file))
            return []
        meta = {"drawing": drawing, "name": self._name()}
        return [Token("drawing", "", 0, block=True, meta=meta)]

    def _summary(self, front_matter: FrontMatter) -> Passage | None:
        if not front_matter.summary:
            return None
        return self.passage(self.read_inline(front_matter.summary, front_matter.spans["summary"]))

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
        if place is not None and place.file == self.source.file:
            token = self.read_inline(symbol.description, place.span)
            return headings.render_title(token, self.md)
        key = (symbol.description, self.words.tag)
        if key not in self._meanings:
            said = len(self.problems)
            token = self.read_inline(symbol.description, None)
            del self.problems[said:]
            self._meanings[key] = headings.render_title(token, self.md)
        return self._meanings[key]


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
