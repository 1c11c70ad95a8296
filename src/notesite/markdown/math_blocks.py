"""Displays that are blocks of Markdown: where one begins and ends.

`$$` at the start of a line opens a display, as it does in Obsidian: it may follow a line of text at
once, may hold blank lines, and ends at the next `$$`, behind which the text goes on. So does an
environment such as `align` that stands on its own. What is opened and never closed is reported
where it was opened, and swallows nothing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from notesite.markdown.math_inlines import (
    DOUBLE_DOLLAR,
    ENVIRONMENTS,
    MATH_ENVIRONMENT,
    math_inlines_plugin,
)
from notesite.markdown.paragraphs import SENTENCE_MARK, takes_mark, with_mark
from notesite.markdown.places import LINES, fence_origin, report
from notesite.patterns import pattern
from notesite.records import dataclass
from notesite.spans import Origin, Span
from notesite.text import is_slip

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it import MarkdownIt
    from markdown_it.ruler import RuleOptionsType
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_core import StateCore

_UNCLOSED = "notesite_unclosed"
_END = pattern(rf"\\end\{{(?:{'|'.join(ENVIRONMENTS)})\*?\}}")
_ANY_END = pattern(r"\\end\{([^{}]*)\}")
_NOT_IN_ID = pattern(r"[^A-Za-z0-9-]")
_BLOCK_ID = pattern(r"\s+\^[A-Za-z0-9-]+\s*|\s*\{#(?P<label>[A-Za-z][A-Za-z0-9:_-]*)\}\s*")
"""What names a display behind it: Obsidian's `^eq-a`, Quarto's and pandoc-crossref's `{#eq-a}`."""
_PARENTHESIS = pattern(r"\s*\(([A-Za-z][\w:.+-]*)\)\s*")
_SURE_LABEL = pattern(r"eq\W|.*[_:]")


def math_plugin(md: MarkdownIt, *, backslash: bool) -> None:
    r"""Add the rules to `md`; `backslash` reads `\(…\)` and `\[…\]` too."""
    alternatives: RuleOptionsType = {
        "alt": ["paragraph", "reference", "blockquote", "list", "footnote_def"]
    }
    md.block.ruler.before("fence", "math_block", _dollar_block, alternatives)
    md.block.ruler.before("fence", "math_environment", _environment_block, alternatives)
    md.block.ruler.before("paragraph", "math_paragraph", _open_paragraph)
    if backslash:
        md.block.ruler.before("fence", "math_bracket", _bracket_block, alternatives)
    md.core.ruler.after("block", "math_fences", _read_fences)
    math_inlines_plugin(md, backslash=backslash)


def _dollar_block(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    position = state.bMarks[start_line] + state.tShift[start_line]
    if not state.src.startswith("$$", position) or state.is_code_block(start_line):
        return False
    if silent:
        return not _paragraph_is_open(state, start_line)
    return _display_block(state, start_line, end_line, "$$", "$$")


def _read_fences(state: StateCore) -> None:
    """Fences of the language `math` are displays, and those of `tikz` with diagrams alone."""
    for token in state.tokens:
        if token.type != "fence":
            continue
        language = token.info.split()[:1]
        content = token.content if language == ["math"] else None
        if language == ["tikz"]:
            from notesite.math import diagrams_of  # noqa: PLC0415 - few notes have such fences

            content = diagrams_of(token.content)
        if content is not None:
            origin = fence_origin(token, state.env.get(LINES, ()))
            token.type, token.tag, token.info, token.content = "math", "", "", content
            token.meta = {"display": True, "inline": False, "origin": origin}


def _bracket_block(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    position = state.bMarks[start_line] + state.tShift[start_line]
    if not state.src.startswith("\\[", position) or state.is_code_block(start_line):
        return False
    # Without its closing this is CommonMark's escaped bracket, and no mistake.
    if _read_display(state, start_line, end_line, "\\[", "\\]").end is None:
        return False
    return silent or _display_block(state, start_line, end_line, "\\[", "\\]")


def _environment_block(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    position = state.bMarks[start_line] + state.tShift[start_line]
    opening = MATH_ENVIRONMENT.match(state.src, position)
    if opening is None or state.is_code_block(start_line):
        return False
    if silent:
        return not _paragraph_is_open(state, start_line)
    closing = f"\\end{{{opening[1]}}}"
    return _display_block(state, start_line, end_line, "", closing)


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a container without the container's own marks; both numbers count from 0."""

    text: str
    number: int
    column: int


@dataclass(frozen=True, slots=True)
class _Display:
    """The lines from a display's opening to its closing, or to the end of the container.

    `end` is the offset of the closing mark in the last line, None when there is none.
    """

    lines: tuple[_Line, ...]
    end: int | None


def _display_block(
    state: StateBlock, start_line: int, end_line: int, opening: str, closing: str
) -> bool:
    """Read a display from `start_line` on; the rest of its last line stays to be read.

    `opening` is empty for an environment, whose own marks belong to the formula.
    """
    display = _read_display(state, start_line, end_line, opening, closing)
    last = display.lines[-1]
    if display.end is None:
        _report_unclosed(state, display.lines, opening)
        return False
    after = display.end + len(closing)
    content_end = display.end if opening else after
    tex = "\n".join([*(line.text for line in display.lines[:-1]), last.text[:content_end]])
    tex = tex[len(opening) :]
    # A full stop after the closing dollars belongs to the sentence that the display ends.
    mark = SENTENCE_MARK.match(last.text, after)
    if mark and (not opening or not takes_mark(tex)):
        mark = None
    rest = last.text[mark.end() if mark else after :]
    label = _label_in_parentheses(rest, state.src)
    if len(display.lines) == 1 and rest.strip() and not (label or _BLOCK_ID.fullmatch(rest)):
        # Text follows on the only line: a paragraph whose inline rule finds the display.
        return False
    token = state.push("math", "", 0)
    token.content = with_mark(tex, mark[1]) if mark else tex
    token.block = True
    token.map = [start_line, last.number + 1]
    origin = _origin(display.lines).shifted(len(opening))
    token.meta = {"display": True, "inline": False, "origin": origin}
    if label:
        token.content += f"\\label{{{label}}}"
        state.line = last.number + 1
    else:
        _leave_rest(state, last, mark.end() if mark else after)
    return True


def _label_in_parentheses(rest: str, source: str) -> str:
    """The label that MyST writes behind a display, `$$…$$ (eq_a)`; empty for any other remark.

    A word alone is a label only where the note refers to it, since it may as well be `(trivially)`.
    """
    found = _PARENTHESIS.fullmatch(rest)
    if found is None:
        return ""
    name = found[1]
    is_label = _SURE_LABEL.match(name) or any(
        f"{before}{name}{after}" in source for before, after in ("``", "<>", "{}", "{,", ",}")
    )
    return name if is_label else ""


def _origin(lines: tuple[_Line, ...]) -> Origin:
    runs = []
    offset = 0
    for line in lines:
        runs.append((offset, line.number + 1, line.column + 1))
        offset += len(line.text) + 1
    return Origin(tuple(runs))


def _leave_rest(state: StateBlock, line: _Line, at: int) -> None:
    rest = line.text[at:]
    if not rest.strip():
        state.line = line.number + 1
        return
    named = _BLOCK_ID.fullmatch(rest)
    if named:
        # A block id names the display, whatever the next line says.
        label = named["label"] or rest.strip().removeprefix("^")
        _push_paragraph(state, f"^{_NOT_IN_ID.sub('-', label)}", line.number, line.number + 1)
        return
    # The line goes on after the display: the block parser meets the remainder as a line.
    blank = len(rest) - len(rest.lstrip())
    begin = state.bMarks[line.number] + state.tShift[line.number]
    state.bMarks[line.number] = begin + at + blank
    state.tShift[line.number] = 0
    state.sCount[line.number] = state.blkIndent
    state.line = line.number


def _content_lines(state: StateBlock, start: int, end: int) -> Iterator[_Line]:
    """The lines from `start` on of the container that holds it.

    That is an outer one where a rule asks whether the line would end a paragraph it stands below.
    """
    indent = min(state.blkIndent, state.sCount[start])
    for number in range(start, end):
        if state.sCount[number] < indent and not state.isEmpty(number):
            return
        begin = state.bMarks[number] + state.tShift[number]
        line_start = state.src.rfind("\n", 0, begin) + 1
        yield _Line(state.src[begin : state.eMarks[number]], number, begin - line_start)


def _read_display(
    state: StateBlock, start_line: int, end_line: int, opening: str, closing: str
) -> _Display:
    # Where a scan met no closing, a later one cannot either: without this memory a note of many
    # openings would be scanned to its end for each of them.
    first_open, stop = state.env.setdefault(_UNCLOSED, {}).get(closing, (0, 0))
    if first_open <= start_line < stop:
        end_line = start_line + 1
    pattern = re.compile(r"\\\\|" + re.escape(closing) + r"|\\.")
    lines: list[_Line] = []
    for line in _content_lines(state, start_line, end_line):
        skip = len(opening) if not lines else 0
        lines.append(line)
        for match in pattern.finditer(line.text, skip):
            if match[0] == closing:
                return _Display(tuple(lines), match.start())
    if not first_open <= start_line < stop:
        state.env[_UNCLOSED][closing] = (start_line, lines[-1].number + 1)
    return _Display(tuple(lines), None)


def _report_unclosed(state: StateBlock, lines: tuple[_Line, ...], opening: str) -> None:
    first = lines[0]
    begin = opening or first.text[: first.text.index("}") + 1]
    closing = opening or begin.replace("begin", "end", 1)
    span = Span.at(first.number + 1, first.column + 1, len(begin))
    other = None if opening else _other_end(lines, begin)
    hint = f"end it with '{closing}'"
    if other:
        hint += f", where line {other[0]} has '{other[1]}'"
    message = f"'{begin}' opens a formula that is never closed"
    report(state.env, "math-unclosed", message, span, hint)


def _other_end(lines: tuple[_Line, ...], begin: str) -> tuple[int, str] | None:
    """The line and the text of what may be meant to end `begin`: of another name, or misspelt."""
    name = begin[begin.index("{") + 1 : -1]
    for line in lines:
        for end in _ANY_END.finditer(line.text):
            if _END.fullmatch(end[0]) or is_slip(end[1], name):
                return line.number + 1, end[0]
    return None


def _paragraph_is_open(state: StateBlock, line: int) -> bool:
    """Whether the paragraph that `line` would interrupt holds a `$$` still to be closed."""
    if state.parentType != "paragraph" or state.line >= line:
        return False
    text = state.getLines(state.line, line, state.blkIndent, keepLastLF=False)
    return _has_open_display(text)


def _has_open_display(text: str) -> bool:
    return "$$" in text and sum(match[0] == "$$" for match in DOUBLE_DOLLAR.finditer(text)) % 2 == 1


def _open_paragraph(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """A paragraph with a `$$` that opens within a line and closes below a blank line or a mark."""
    begin, end = state.bMarks[start_line], state.eMarks[start_line]
    if silent or not _has_open_display(state.src[begin:end]):
        return False
    lines = _lines_to_closing(state, start_line, end_line)
    if all(line.text.strip() for line in lines):
        # An ordinary paragraph, whose inline rule finds both ends.
        return False
    text = "\n".join(line.text for line in lines).strip()
    _push_paragraph(state, text, start_line, lines[-1].number + 1)
    return True


def _push_paragraph(state: StateBlock, text: str, start: int, stop: int) -> None:
    token = state.push("paragraph_open", "p", 1)
    token.map = [start, stop]
    token = state.push("inline", "", 0)
    token.content = text
    token.map = [start, stop]
    token.children = []
    state.push("paragraph_close", "p", -1)
    state.line = stop


def _lines_to_closing(state: StateBlock, start_line: int, end_line: int) -> list[_Line]:
    """The lines up to that with the `$$` that closes the first one's; none if there is no such."""
    lines: list[_Line] = []
    for line in _content_lines(state, start_line, end_line):
        is_closing = bool(lines) and _has_open_display(line.text)
        lines.append(line)
        if is_closing:
            return lines
    return []
