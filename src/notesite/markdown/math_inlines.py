r"""Formulas within a line of Markdown: `$…$`, `$$…$$`, `\(…\)`, `\[…\]`.

`$` opens before a character that is not blank, and closes after one that is not and before one
that is no digit (pandoc's rule, which Obsidian shares). Code that begins earlier wins.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from notesite.markdown.lone_dollars import lone_dollar
from notesite.markdown.places import BLOCK, IN_LINE, inline_origin, report
from notesite.markdown.prices import are_names, looks_like_a_price
from notesite.patterns import pattern

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline

ENVIRONMENTS = (
    "equation", "align", "gather", "multline", "alignat", "flalign", "eqnarray", "subequations",
    "displaymath", "math", "CD", "tikzcd", "xalignat", "xxalignat", "numcases", "subnumcases",
    "empheq", "prooftree",
)  # fmt: skip
"""Environments that are display math on their own, starred or not."""

MATH_ENVIRONMENT = pattern(rf"\\begin\{{((?:{'|'.join(ENVIRONMENTS)})\*?)\}}")
"""The opening of such an environment; the first group is its name."""

DOUBLE_DOLLAR = pattern(r"\\.|\$\$", re.DOTALL)
"""A `$$`, or an escaped character to step over."""

LONE_DOLLAR = "notesite_lone_dollar"
"""The key of a parser's `env` that holds the last text with a dollar that opens no formula."""

_TEXT_GROUP = pattern(
    r"\\(?:text\w*|emph|[mhf]box|(?:short)?intertext|tag\*?"
    r"|AxiomC|AXC|[A-Z][a-z]+InfC|[UBT]IC|(?:Left|Right)Label|[LR]L"
    r"|(?:raisebox|f?colorbox)(?:\{[^{}$]*\}){1,2})\s*$"
)
_NEEDS_STEPS = pattern(
    r"[`\n]|\\(?:text|emph|[mhf]box|(?:short)?intertext|tag|raisebox|f?colorbox|AxiomC|AXC)|\\$"
)
"""What may keep the next `$` from closing: code, a blank line, text that holds math, an escape."""

_LONGEST_OPENING = 200
"""Characters of what stands before the brace of a text in a formula, such as `\\colorbox{red}`."""
_DEEPEST_TEXT = 20
"""Texts within texts of a formula; what opens more was not meant as one."""
_NOWHERE = "notesite_nowhere"
_STEP = pattern(r"\\.|[{}$`]|\n[ \t]*\n", re.DOTALL)
_CODE_TAG = pattern(r"<(/?)(?:code|kbd|samp|tt|pre)\b[^<>]*>", re.IGNORECASE)
_CODE_TAGS = "notesite_code_tags"
"""The key of a parser's `env` for the text last seen, where its tags are, and which open code."""
_TICKED = pattern(r"`[^`]+`")
"""What GitHub and GitLab have between the dollars, as what stands in code keeps its signs."""


def math_inlines_plugin(md: MarkdownIt, *, backslash: bool) -> None:
    """Add the inline rules to `md`."""
    for name, rule in (
        ("math_dollar", _dollar_inline),
        ("math_environment", _environment_inline),
    ):
        md.inline.ruler.before("escape", name, rule)
    if backslash:
        md.inline.ruler.before("escape", "math_backslash", _backslash_inline)


def _dollar_inline(state: StateInline, silent: bool) -> bool:
    source, start = state.src, state.pos
    if source[start] != "$" or ("<" in source and _is_in_code(state)):
        return False
    if source.startswith("$$", start):
        return _double_dollar(state, silent=silent)
    end = closing_dollar(source, start, state.posMax)
    if end is None:
        if not silent:
            _report_lone(state)
        return False
    tex = source[start + 1 : end]
    is_named = are_names(source, start, end)
    if is_named or looks_like_a_price(tex):
        if not silent:
            _report_price(state, start, end, "names of variables" if is_named else "prices")
        return False
    if not silent:
        ticks = 1 if _TICKED.fullmatch(tex) else 0
        push_formula(state, tex[ticks : len(tex) - ticks], start + 1 + ticks, display=False)
    state.pos = end + 1
    return True


def _is_in_code(state: StateInline) -> bool:
    """Whether the tag that stands last before this place, of those that show code, opens one."""
    source, places, opening = state.env.get(_CODE_TAGS, ("", (), ()))
    if source is not state.src:
        tags = list(_CODE_TAG.finditer(state.src))
        places, opening = [tag.start() for tag in tags], [not tag[1] for tag in tags]
        state.env[_CODE_TAGS] = (state.src, places, opening)
    index = bisect_left(places, state.pos)
    return index > 0 and opening[index - 1]


def closing_dollar(source: str, start: int, maximum: int) -> int | None:
    """The offset of the `$` that closes the one at `start`, if that one opens a formula.

    Nothing from `maximum` on is looked at.
    """
    if start + 1 >= maximum or source[start + 1].isspace():
        return None
    end = source.find("$", start + 1, maximum)
    if end < 0:
        return None
    if _NEEDS_STEPS.search(source, start + 1, end) is None:
        return end if _may_close(source, end, maximum) else None
    groups: list[bool] = []
    texts = ticks = 0
    for match in _STEP.finditer(source, start + 1, maximum):
        mark, at = match[0], match.start()
        if mark == "{":
            groups.append(_opens_text(source, start, at))
            texts += groups[-1]
        elif mark == "}":
            texts -= bool(groups) and groups.pop()
        elif mark == "`":
            ticks += 1
        elif mark == "$" and not texts:
            return at if _may_close(source, at, maximum) and ticks % 2 == 0 else None
        if mark[0] == "\n" or texts > _DEEPEST_TEXT:
            return None
    return None


def _opens_text(source: str, start: int, at: int) -> bool:
    """Whether the brace at `at` opens text within the formula that begins at `start`."""
    begin = max(start, at - _LONGEST_OPENING)
    return _TEXT_GROUP.search(source, begin, at) is not None


def _may_close(source: str, at: int, maximum: int) -> bool:
    following = source[at + 1] if at + 1 < maximum else ""
    # `${` begins a variable of a shell, and nothing that is written behind a formula.
    return not source[at - 1].isspace() and not following.isdigit() and following != "{"


def find_closing(state: StateInline, closing: str, start: int) -> int:
    """Where `closing` next stands at or behind `start`, else -1.

    That there is none is remembered: without that, a paragraph of many openings would be searched
    to its end for each of them. A `$$` behind a backslash closes nothing.
    """
    source, maximum = state.src, state.posMax
    nowhere = state.env.setdefault(_NOWHERE, {})
    searched, first, last = nowhere.get(closing, ("", 0, 0))
    if searched is source and first <= start and maximum <= last:
        return -1
    if closing == "$$":
        found = DOUBLE_DOLLAR.finditer(source, start, maximum)
        end = next((match.start() for match in found if match[0] == "$$"), -1)
    else:
        end = source.find(closing, start, maximum)
    if end < 0:
        nowhere[closing] = (source, start, maximum)
    return end


def _double_dollar(state: StateInline, *, silent: bool) -> bool:
    start = state.pos
    end = find_closing(state, "$$", start + 2)
    if end < 0:
        if not silent:
            span = inline_origin(state, start, "$$").span(0, 2)
            message = "'$$' opens a formula that is never closed"
            report(state.env, "math-unclosed", message, span, "end it with '$$'")
            state.pending += "$$"
        state.pos += 2
        return True
    if not silent:
        push_formula(state, state.src[start + 2 : end], start + 2, display=True)
    state.pos = end + 2
    return True


def _backslash_inline(state: StateInline, silent: bool) -> bool:
    opening = state.src[state.pos : state.pos + 2]
    if opening not in {"\\(", "\\["}:
        return False
    closing = "\\)" if opening == "\\(" else "\\]"
    end = find_closing(state, closing, state.pos + 2)
    tex = state.src[state.pos + 2 : end]
    if end < 0 or not tex.strip():
        return False
    if not silent:
        push_formula(state, tex, state.pos + 2, display=opening == "\\[")
    state.pos = end + 2
    return True


def _environment_inline(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "\\":
        return False
    opening = MATH_ENVIRONMENT.match(state.src, state.pos, state.posMax)
    if opening is None:
        return False
    closing = f"\\end{{{opening[1]}}}"
    end = find_closing(state, closing, state.pos)
    if end < 0:
        return False
    if not silent:
        push_formula(state, state.src[state.pos : end + len(closing)], state.pos, display=True)
    state.pos = end + len(closing)
    return True


def push_formula(state: StateInline, tex: str, start: int, *, display: bool) -> None:
    """Push the formula `tex`, which begins at the offset `start`."""
    token = state.push("math", "", 0)
    token.content = tex
    in_cell = display and _stands_in_line(state)
    origin = inline_origin(state, start, tex)
    token.meta = {"display": display, "inline": in_cell, "origin": origin}


def _stands_in_line(state: StateInline) -> bool:
    """Whether a display here must stay within its line: in a table cell, heading or link.

    In what is parsed on its own, such as an inline footnote, no paragraph can be broken either.
    """
    block = state.env.get(BLOCK)
    if block is None or block.meta.get(IN_LINE) or state.linkLevel:
        return True
    return bool(state.src != block.content)


def _report_lone(state: StateInline) -> None:
    lone = lone_dollar(state.src, state.pos, state.posMax)
    if lone:
        raw = state.src[state.pos : state.pos + lone.length]
        span = inline_origin(state, state.pos, raw).span(0, lone.length)
        report(state.env, "math-dollar", lone.message, span, lone.hint)
        state.env[LONE_DOLLAR] = state.src


def _report_price(state: StateInline, start: int, end: int, what: str) -> None:
    span = inline_origin(state, start, state.src[start : end + 1]).span(0, end + 1 - start)
    message = f"two dollars with prose between are read as {what}, not as a formula"
    report(state.env, "math-price", message, span, r"write '\$' for a dollar sign")
