"""MyST's directives: fences of backticks, tildes or colons that begin with a name in braces.

The results of Jupyter Book's `prf`, `math`, `figure`, the admonitions and `code-block` become what
our own spellings make. A fence of another name stays code.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markdown_it.token import Token

from notesite.markdown.callouts import box
from notesite.markdown.fence_lines import closing_marks, line_of
from notesite.markdown.places import report
from notesite.markdown.results.attributes import Info
from notesite.markdown.results.fence_ends import fence_end
from notesite.markdown.results.fences import push_around, push_result
from notesite.markdown.results.tokens import settings
from notesite.records import dataclass
from notesite.spans import Origin, Span
from notesite.text import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Mapping

    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock

    from notesite.markdown.fence_lines import Line


_OPENING = re.compile(r"(`{3,}|~{3,}|:{3,})[ \t]*\{((?:prf:)?)([A-Za-z][\w-]*)\}[ \t]*(.*?)[ \t]*$")
_OPTION = re.compile(r":([A-Za-z][\w-]*):[ \t]*(.*)")
_BOXES = {
    "admonition": "note", "note": "note", "tip": "tip", "hint": "hint", "important": "important",
    "warning": "warning", "caution": "caution", "attention": "attention", "danger": "danger",
    "error": "error", "seealso": "info", "dropdown": "note", "todo": "todo",
}  # fmt: skip
_TITLED = frozenset({"admonition", "dropdown"})
"""Boxes whose first line is a title; that of the others is text."""
_CODE = frozenset({"code", "code-block", "sourcecode", "code-cell"})


@dataclass(frozen=True, slots=True)
class _Directive:
    """A directive as it was read.

    Its content is from the line `first` to before `close`; `after` is the line behind the whole.
    """

    line: Line
    name: str
    argument: str
    options: Mapping[str, str]
    first: int
    close: int
    after: int

    @property
    def label(self) -> str:
        """The label that it gives."""
        return self.options.get("label") or self.options.get("name") or ""


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
    is_result = settings(state.env).kinds.named(name) is not None and marks[0] != ":"
    if not is_result and name not in _WRITERS:
        if domain and marks[0] != ":" and not silent:
            _report_unknown(state, line, name, line.column + found.start(3))
        return False
    end = _end(state, line, marks, end_line, silent=silent)
    if end is None or silent:
        return end is not None
    if is_result:
        info = Info(name, argument, offset=line.column + found.start(3), is_directive=True)
        push_result(state, line, info, *end)
        return True
    options, first = _options(state, start_line + 1, end[0])
    _WRITERS[name](state, _Directive(line, name, argument, options, first, *end))
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
        _report_unclosed(state, line, marks[0])
    return None


def _report_unknown(state: StateBlock, line: Line, name: str, column: int) -> None:
    """Report a kind of the domain of results, `prf`, that there is not."""
    names = settings(state.env).kinds.names
    hints = did_you_mean(name, names) or (f"kinds: {', '.join(names)}",)
    message = f"there is no kind of result '{name}'"
    span = Span.at(line.number + 1, column, len(name))
    report(state.env, "fence-kind-unknown", message, span, *hints)


def _report_unclosed(state: StateBlock, line: Line, mark: str) -> None:
    span = Span.at(line.number + 1, line.column, len(line.text.rstrip()))
    hint = f"put '{mark * 3}' on a line of its own behind its content"
    report(state.env, "fence-unclosed", "this directive is never closed", span, hint)


def _options(state: StateBlock, first: int, close: int) -> tuple[dict[str, str], int]:
    """The option lines, such as `:name: fig-x`, and the first line of the content."""
    options: dict[str, str] = {}
    while first < close and (found := _OPTION.fullmatch(line_of(state, first).text.strip())):
        options[found[1]] = found[2].strip()
        first += 1
    return options, first


def _content(state: StateBlock, directive: _Directive) -> list[Line]:
    return [line_of(state, number) for number in range(directive.first, directive.close)]


def _push_math(state: StateBlock, directive: _Directive) -> None:
    lines = _content(state, directive)
    token = state.push("math", "", 0)
    token.content = "\n".join([directive.argument, *(line.text for line in lines)])
    if directive.label:
        token.content += f"\\label{{{directive.label}}}"
    token.block = True
    token.map = [directive.line.number, directive.after]
    begin = directive.line.text.find("}") + 1
    runs = [(0, directive.line.number + 1, directive.line.column + begin)]
    offset = len(directive.argument) + 1
    for line in lines:
        runs.append((offset, line.number + 1, line.column))
        offset += len(line.text) + 1
    token.meta = {"display": True, "inline": False, "origin": Origin(tuple(runs))}


def _push_box(state: StateBlock, directive: _Directive) -> None:
    classes = directive.options.get("class", "").split()
    is_folded = directive.name == "dropdown" or "dropdown" in classes
    fold = ("+" if "open" in directive.options else "-") if is_folded else ""
    chosen = next((each for each in classes if each in _BOXES), directive.name)
    is_titled = directive.name in _TITLED
    place = [directive.line.number, directive.after]
    title = directive.argument if is_titled else ""
    opening, closing = box(_BOXES[chosen], title, fold, place, state.env)
    if directive.argument and not is_titled:
        opening += _paragraph(directive.argument, directive.line.number)
    push_around(state, opening, closing, directive.first, directive.close)


def _paragraph(text: str, number: int) -> list[Token]:
    inline = Token("inline", "", 0, content=text, children=[], block=True)
    inline.map = [number, number + 1]
    return [
        Token("paragraph_open", "p", 1, block=True, map=[number, number + 1]),
        inline,
        Token("paragraph_close", "p", -1, block=True),
    ]


def _push_figure(state: StateBlock, directive: _Directive) -> None:
    """The image that Markdown would write, with the content as its caption."""
    options = directive.options
    caption = " ".join(line.text.strip() for line in _content(state, directive)).strip()
    title = ' "{}"'.format(caption.replace('"', '\\"')) if caption else ""
    sizes = " ".join(
        f"{key}={options[key].removesuffix('px')}"
        for key in ("width", "height")
        if options.get(key, "").removesuffix("px").isdecimal()
    )
    label = f"#{directive.label}" if directive.label else ""
    attributes = " ".join(filter(None, (label, sizes)))
    alt = options.get("alt", "").replace("[", "(").replace("]", ")")
    image = f"![{alt}](<{directive.argument}>{title})"
    text = f"{image}{{{attributes}}}" if attributes else image
    for token in _paragraph(text, directive.line.number):
        token.level = state.level
        state.tokens.append(token)


def _push_code(state: StateBlock, directive: _Directive) -> None:
    token = state.push("fence", "code", 0)
    options = directive.options
    caption = options.get("caption", "").replace('"', "”")
    parts = (
        directive.argument,
        f"#{directive.label}" if directive.label else "",
        f'caption="{caption}"' if caption else "",
    )
    token.info = " ".join(filter(None, parts))
    token.content = state.getLines(
        directive.first, directive.close, state.sCount[directive.line.number], True
    )
    token.markup = "```"
    token.map = [directive.line.number, directive.after]


_WRITERS = {
    "math": _push_math,
    "figure": _push_figure,
    "image": _push_figure,
    **dict.fromkeys(_BOXES, _push_box),
    **dict.fromkeys(_CODE, _push_code),
}
