"""One formula through the engine: what was read becomes HTML, or says why it cannot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notesite.math import mathml
from notesite.math.engines import EngineError
from notesite.math.layout import compose, is_table
from notesite.math.limits import too_large
from notesite.math.reading import Assembled, Problem, ReferenceHole
from notesite.math.styles import UnknownStyleError
from notesite.math.table_marks import with_spans
from notesite.math.tex import Token, join, locate

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from notesite.math.engines import Engine
    from notesite.math.numbering import Numbers
    from notesite.math.reading import Reading

RETRIES = 5
"""How often a formula is tried again without what the engine did not accept, for more errors."""


class FormulaError(Exception):
    """A formula that cannot be rendered, with all that is wrong with it."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(problems)
        self.problems = tuple(problems)


def convert(engine: Engine, tex: str, *, display: bool) -> str:
    """The content of the `<math>` element for TeX that needs no reading; raises EngineError."""
    try:
        content = mathml.content_of(mathml.clean(engine.convert(tex, display)))
    except UnknownStyleError as error:
        raise EngineError(0, f"{engine.name} writes a style that is unknown: {error}") from error
    if "<mrow></mrow>" in content or "<mi></mi>" in content:
        from notesite.math.lacking import refuse_script_as_argument  # noqa: PLC0415 - few have it

        refuse_script_as_argument(tex)
    return content


def render(
    engine: Engine,
    reading: Reading,
    *,
    display: bool,
    refer: Callable[[ReferenceHole], str],
    numbers: Numbers,
) -> str:
    """The content of the `<math>` element; raises FormulaError."""
    content = _convert_tokens(engine, compose(reading), display=display)
    if is_table(reading):
        content = _with_rows(content, reading, numbers)

    def fill(index: int) -> str:
        hole = reading.holes[index]
        if isinstance(hole, ReferenceHole):
            return refer(hole)
        if isinstance(hole, Assembled):
            return hole.assemble(_convert_parts(engine, hole, fill))
        if not hole.content:
            return hole.before + hole.after
        is_displayed = display and not hole.is_script
        inner = _convert_tokens(engine, hole.content, display=is_displayed)
        inner = mathml.as_script(inner) if hole.is_script else inner
        return hole.before + mathml.fill_holes(inner, fill) + hole.after

    if reading.holes:
        content = mathml.fill_holes(content, fill)
    return with_spans(content)


def _convert_parts(engine: Engine, hole: Assembled, fill: Callable[[int], str]) -> list[str]:
    """The parts of a hole as markup; raises FormulaError with the problems of all of them."""
    converted: list[str] = []
    problems: list[Problem] = []
    for content in hole.contents:
        try:
            inner = _convert_tokens(engine, content, display=False) if content else ""
            converted.append(mathml.fill_holes(inner, fill))
        except FormulaError as error:
            problems.extend(error.problems)
    if problems:
        raise FormulaError(problems)
    return converted


def _with_rows(content: str, reading: Reading, numbers: Numbers) -> str:
    if reading.name.startswith("multline"):
        return mathml.multline(content, [row.side for row in reading.rows])
    if reading.name.startswith(("alignat", "xalignat")):
        return mathml.close_columns(_with_numbers(content, reading, numbers))
    return _with_numbers(content, reading, numbers)


def _with_numbers(content: str, reading: Reading, numbers: Numbers) -> str:
    has_text = any(row.is_text for row in reading.rows)
    if not numbers.rows and not has_text:
        return content
    rows = numbers.rows or (None,) * len(reading.rows)
    added = [
        mathml.TableRow(number, row.is_text) for row, number in zip(reading.rows, rows, strict=True)
    ]
    return mathml.numbered_rows(content, added)


def _convert_tokens(engine: Engine, tokens: Sequence[Token], *, display: bool) -> str:
    """The engine's output for `tokens`; raises FormulaError with one or more problems."""
    tex = join(tokens)
    excess = too_large(tex)
    if excess is not None:
        end = max(token.end for token in tokens)
        raise FormulaError([Problem("math-too-large", excess, tokens[0].start, end)])
    try:
        return convert(engine, tex, display=display)
    except EngineError as error:
        raise FormulaError(_all_problems(engine, tokens, error, display=display)) from error


def _all_problems(
    engine: Engine, tokens: Sequence[Token], error: EngineError, *, display: bool
) -> list[Problem]:
    """The engine's error and those behind it, found by leaving out what it did not know."""
    from notesite.math.errors import in_plain_words  # noqa: PLC0415 - most formulas are right
    from notesite.math.lacking import explained  # noqa: PLC0415 - as above

    problems: list[Problem] = []
    remaining = list(tokens)
    for _ in range(RETRIES):
        error = explained(error, join(remaining))
        start, end = _place(remaining, error.offset)
        code, message, hints = in_plain_words(error.message)
        problems.append(Problem(code, message, start, end, hints))
        if code != "math-unknown-command" or error.offset < 0:
            return problems
        remaining = [token for token in remaining if (token.start, token.end) != (start, end)]
        try:
            engine.convert(join(remaining), display)
        except EngineError as next_error:
            error = next_error
        else:
            return problems
    return problems


def _place(tokens: Sequence[Token], offset: int) -> tuple[int, int]:
    """Where an error is in the source; an engine that cannot say tells an offset below 0."""
    if offset < 0:
        return min(token.start for token in tokens), max(token.end for token in tokens)
    return locate(tokens, offset)
