"""What MyST's directives become: tokens that our own spellings would make."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markdown_it.token import Token

from notesite.markdown.callouts import box
from notesite.markdown.directive_tables import definition_list, table
from notesite.markdown.fence_lines import line_of
from notesite.markdown.results.fences import push_around, push_tokens
from notesite.records import dataclass
from notesite.spans import Origin

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from markdown_it.rules_block import StateBlock

    from notesite.markdown.fence_lines import Line

_BOXES = {
    "admonition": "note", "note": "note", "tip": "tip", "hint": "hint", "important": "important",
    "warning": "warning", "caution": "caution", "attention": "attention", "danger": "danger",
    "error": "error", "seealso": "info", "dropdown": "note", "todo": "todo", "sidebar": "note",
    "margin": "note", "topic": "note", "card": "note", "grid-item-card": "note", "tab-item": "note",
}  # fmt: skip
_TITLED = frozenset({
    "admonition", "dropdown", "sidebar", "margin", "topic", "card", "grid-item-card", "tab-item",
})  # fmt: skip
"""Boxes whose first line is a title; that of the others is text."""
_CODE = frozenset({"code", "code-block", "sourcecode", "code-cell"})
_QUOTES = frozenset({"epigraph", "pull-quote", "highlights", "blockquote"})
_FRAMES = frozenset({"tab-set", "grid", "grid-item", "div", "container", "compound"})
"""Directives that only arrange what they hold, which stands below each other here."""
_NOTHING = frozenset({
    "index", "contents", "tableofcontents", "bibliography", "raw", "only", "toctree", "meta",
})  # fmt: skip
"""Directives for what every page has here anyway, or for other kinds of output."""
_HIDDEN_CELLS = frozenset({"remove-cell", "remove_cell", "remove-input", "remove_input"})


@dataclass(frozen=True, slots=True)
class Directive:
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


def _content(state: StateBlock, directive: Directive) -> list[Line]:
    return [line_of(state, number) for number in range(directive.first, directive.close)]


def _push_math(state: StateBlock, directive: Directive) -> None:
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


def _push_box(state: StateBlock, directive: Directive) -> None:
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


def _push_figure(state: StateBlock, directive: Directive) -> None:
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
    push_tokens(state, _paragraph(text, directive.line.number))


def _push_quote(state: StateBlock, directive: Directive) -> None:
    opening = Token("blockquote_open", "blockquote", 1, block=True)
    opening.map = [directive.line.number, directive.after]
    closing = Token("blockquote_close", "blockquote", -1, block=True)
    push_around(state, [opening], [closing], directive.first, directive.close)


def _push_content(state: StateBlock, directive: Directive) -> None:
    push_around(state, [], [], directive.first, directive.close)


def _push_nothing(_state: StateBlock, _directive: Directive) -> None:
    """Leave it out."""


def _push_table(state: StateBlock, directive: Directive) -> None:
    heads = directive.options.get("header-rows", "0")
    before = len(state.tokens)
    _push_content(state, directive)
    rows = state.tokens[before:]
    del state.tokens[before:]
    push_tokens(state, table(rows, int(heads) if heads.isdecimal() else 0))
    if directive.argument:
        label = f" {{#{directive.label}}}" if directive.label else ""
        caption = f"Table: {directive.argument}{label}"
        push_tokens(state, _paragraph(caption, directive.line.number))


def _push_glossary(state: StateBlock, directive: Directive) -> None:
    push_tokens(state, definition_list(_content(state, directive)))


def _push_code(state: StateBlock, directive: Directive) -> None:
    options = directive.options
    if not _HIDDEN_CELLS.isdisjoint(options.get("tags", "").strip("[]").replace(",", " ").split()):
        return
    token = state.push("fence", "code", 0)
    caption = options.get("caption", "").replace('"', "”")
    parts = (
        directive.argument,
        f"#{directive.label}" if directive.label else "",
        f'caption="{caption}"' if caption else "",
    )
    token.info = " ".join(filter(None, parts))
    first = directive.first
    while first < directive.close and state.isEmpty(first):
        first += 1
    token.content = state.getLines(
        first, directive.close, state.sCount[directive.line.number], True
    )
    token.markup = "```"
    token.map = [directive.line.number, directive.after]


WRITERS: dict[str, Callable[[StateBlock, Directive], None]] = {
    "math": _push_math,
    "figure": _push_figure,
    "image": _push_figure,
    "list-table": _push_table,
    "glossary": _push_glossary,
    **dict.fromkeys(_BOXES, _push_box),
    **dict.fromkeys(_CODE, _push_code),
    **dict.fromkeys(_QUOTES, _push_quote),
    **dict.fromkeys(_FRAMES, _push_content),
    **dict.fromkeys(_NOTHING, _push_nothing),
}
"""What pushes the tokens of each directive by its name."""
