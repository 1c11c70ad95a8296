"""MyST's directives: fences of backticks, tildes or colons that begin with a name in braces.

The results of Jupyter Book's `prf`, `math`, `figure`, the admonitions and `code-block` become what
our own spellings make. A fence of another name stays code; where it is a directive's, that is told.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from notesite.markdown.directive_writers import WRITERS, Directive
from notesite.markdown.fence_lines import closing_marks, line_of
from notesite.markdown.places import report
from notesite.markdown.results.attributes import Info, read_option
from notesite.markdown.results.fence_ends import fence_end
from notesite.markdown.results.fences import push_result, push_within
from notesite.markdown.results.tokens import settings
from notesite.spans import Span
from notesite.text import did_you_mean

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock

    from notesite.markdown.fence_lines import Line


_OPENING = re.compile(r"(`{3,}|~{3,}|:{3,})[ \t]*\{((?:prf:)?)([A-Za-z][\w-]*)\}[ \t]*(.*?)[ \t]*$")
_OPTION = re.compile(r":([A-Za-z][\w-]*):[ \t]*(.*)")
_START, _END = "-start", "-end"
"""What ends the names of two directives that stand around a result, whose text has code in it."""
_UNREAD = frozenset({
    "autoclass", "autofunction", "automodule", "csv-table", "doctest", "embed", "eval-rst", "glue",
    "glue:figure", "iframe", "include", "literalinclude", "nb-exec-table", "parsed-literal",
    "plot", "productionlist", "rst-class", "testcode", "youtube",
})  # fmt: skip
"""Directives that are nothing but code here; other names are rather languages, such as `r`."""


def directives_plugin(md: MarkdownIt) -> None:
    """Add the block rule to `md`, before those that read fences."""
    alternatives = {"alt": ["paragraph", "reference", "blockquote", "list"]}
    md.block.ruler.before("result_fence", "directive", _directive, alternatives)  # type: ignore[arg-type]


def _directive(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    line = line_of(state, start_line)
    found = _OPENING.match(line.text)
    if found is None or state.is_code_block(start_line):
        return False
    marks, domain, name, argument = found.groups()
    kinds = settings(state.env).kinds
    is_around = kinds.named(name.removesuffix(_START)) is not None and name.endswith(_START)
    is_result = is_around or (kinds.named(name) is not None and marks[0] != ":")
    if not is_result and name not in WRITERS:
        if marks[0] != ":" and not silent:
            _report_unknown(state, line, (domain, name), line.column + found.start(3))
        return False
    end = _end(state, line, marks, end_line, silent=silent)
    if end is None or silent:
        return end is not None
    if is_result:
        name = name.removesuffix(_START) if is_around else name
        info = Info(name, argument, offset=line.column + found.start(3), is_directive=True)
        if is_around:
            _push_around(state, line, info, end, end_line)
        else:
            push_result(state, line, info, *end)
        return True
    options, first = _options(state, start_line + 1, end[0])
    WRITERS[name](state, Directive(line, name, argument, options, first, *end))
    state.line = end[1]
    return True


def _end(
    state: StateBlock, line: Line, marks: str, end_line: int, *, silent: bool
) -> tuple[int, int] | None:
    """Where the content ends, and the line behind the whole.

    None for an unclosed fence of backticks, which is what the rules behind make of it.
    """
    if marks[0] == ":":
        return (0, 0) if silent else fence_end(state, line, end_line)
    close = closing_marks(state, marks, line.number + 1, end_line)
    if close is not None:
        return close, close + 1
    if not silent:
        _report_unclosed(state, line, marks[0] * 3)
    return None


def _push_around(
    state: StateBlock, line: Line, info: Info, start: tuple[int, int], end_line: int
) -> None:
    """Push the result between the directive `exercise-start`, whose end this is, and the other."""
    close, first = start
    for number in range(line.number + 1, close):
        read_option(info, line_of(state, number).text)
    name = f"{info.kind}{_END}"
    for number in range(first, end_line):
        found = _OPENING.match(line_of(state, number).text)
        if found and found[3] == name:
            end = _end(state, line_of(state, number), found[1], end_line, silent=False)
            push_within(state, line, info, (first, number), end[1] if end else number + 1)
            return
    _report_unclosed(state, line, f"```{{{name}}}")
    push_within(state, line, info, (first, first), first)


def _report_unknown(state: StateBlock, line: Line, written: tuple[str, str], column: int) -> None:
    """Report a kind of the domain of results, `prf`, that there is not, and what is not read."""
    domain, name = written
    if name in _UNREAD:
        message = f"the directive '{name}' is not read, and shown as code"
        report(state.env, "directive-unread", message, Span.at(line.number + 1, column, len(name)))
    if not domain:
        return
    names = settings(state.env).kinds.names
    hints = did_you_mean(name, names) or (f"kinds: {', '.join(names)}",)
    message = f"there is no kind of result '{name}'"
    span = Span.at(line.number + 1, column, len(name))
    report(state.env, "fence-kind-unknown", message, span, *hints)


def _report_unclosed(state: StateBlock, line: Line, marks: str) -> None:
    span = line.span
    hint = f"put '{marks}' on a line of its own behind its content"
    report(state.env, "fence-unclosed", "this directive is never closed", span, hint)


def _options(state: StateBlock, first: int, close: int) -> tuple[dict[str, str], int]:
    """The option lines, such as `:name: fig-x`, and the first line of the content."""
    options: dict[str, str] = {}
    while first < close and (found := _OPTION.fullmatch(line_of(state, first).text.strip())):
        options[found[1]] = found[2].strip()
        first += 1
    return options, first
