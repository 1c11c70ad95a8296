r"""tikz-cd's `tikzcd`: cells between `&`, rows between `\\`, arrows as commands in the cells."""

from __future__ import annotations

import re
from dataclasses import field, replace
from typing import TYPE_CHECKING

from notesite.math.diagrams.model import Diagram
from notesite.math.diagrams.options import ArrowDraft, add_label, finished, read_options
from notesite.math.diagrams.pieces import DEPTHS, characters, content, grid, text_of
from notesite.math.diagrams.settings import Settings, read_settings
from notesite.math.lengths import in_em
from notesite.math.tex import TokenStream, at_place
from notesite.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable

    from notesite.math.diagrams.model import Arrow, Cell, End, Report
    from notesite.math.tex import Token

_SHORT = re.compile(r"\\([rlud]{1,2})ar")


@dataclass(slots=True)
class _Grid:
    """The diagram while it is read."""

    settings: Settings
    report: Report
    rows: list[list[list[Token]]] = field(default_factory=lambda: [[[]]])
    arrows: list[Arrow] = field(default_factory=list)
    extra_rows: dict[int, float] = field(default_factory=dict)
    extra_columns: dict[int, float] = field(default_factory=dict)

    @property
    def here(self) -> Cell:
        """The cell being read."""
        return len(self.rows) - 1, len(self.rows[-1]) - 1


def parse_tikzcd(tokens: Iterable[Token], report: Report) -> Diagram:
    r"""The diagram in the body of a `tikzcd`, its options included; problems go to `report`."""
    stream = TokenStream(characters(tokens))
    stream.skip_space()
    options = stream.bracketed() or []
    state = _Grid(read_settings(options, report), report)
    _read_body(state, stream)
    rows = grid([[content(cell) for cell in row] for row in state.rows])
    spacing = replace(
        state.settings.spacing,
        extra_rows=_listed(state.extra_rows),
        extra_columns=_listed(state.extra_columns),
    )
    return _checked(Diagram(rows, tuple(state.arrows), spacing), report)


def _listed(extra: dict[int, float]) -> tuple[float, ...]:
    return tuple(extra.get(index, 0.0) for index in range(max(extra, default=-1) + 1))


def _read_body(state: _Grid, stream: TokenStream) -> None:
    depth = 0
    for token in stream:
        row, column = state.here
        short = _SHORT.fullmatch(token.text)
        if depth == 0 and token.text == state.settings.separator:
            _add_room(state.extra_columns, column, stream, state.report)
            state.rows[-1].append([])
        elif depth == 0 and token.text in {"\\\\", "\\cr"}:
            stream.take("*")
            _add_room(state.extra_rows, row, stream, state.report)
            state.rows.append([[]])
        elif depth == 0 and token.text in {"\\arrow", "\\ar"}:
            _read_arrow(state, stream, token)
        elif depth == 0 and short is not None:
            _read_arrow(state, stream, token, short[1])
        elif depth == 0 and token.text == "|" and not state.rows[-1][-1] and _is_option(stream):
            hint = "leave the options between bars away"
            state.report("math-unsupported", "options of an object are not supported", token,
                         (hint,))  # fmt: skip
        elif not token.is_space or state.rows[-1][-1]:
            depth += DEPTHS.get(token.text, 0)
            state.rows[-1][-1].append(token)


def _is_option(stream: TokenStream) -> bool:
    following = stream.peek()
    return following is not None and following.text == "["


def _add_room(
    extra: dict[int, float], index: int, stream: TokenStream, report: Report
) -> None:  # fmt: skip
    written = stream.bracketed()
    if written is None:
        return
    room = in_em(text_of(written))
    if room is None:
        place = written[0] if written else stream.peek()
        message = f"'{text_of(written)}' is not a length"
        if place is not None:
            report("math-syntax", message, place, ("write one such as 1em",))
        return
    extra[index] = max(extra.get(index, 0.0), room)


def _read_arrow(state: _Grid, stream: TokenStream, token: Token, letters: str = "") -> None:
    draft = ArrowDraft()
    _read_options(state, draft, state.settings.arrows)
    written = stream.bracketed()
    end = written[-1].end + 1 if written else token.end
    direction = [*at_place(letters, token), token.replaced(",")] if letters else []
    _read_options(state, draft, [*direction, *(written or ())])
    if (letters or draft.target is None) and _next_is_group(stream):
        _read_old_style(state, draft, stream)
    if draft.target is None and draft.source is None and draft.shape.loop is None:
        hint = "write a direction of the letters r, l, u and d, such as \\arrow[r]"
        state.report("math-syntax", f"'{token.text}' goes nowhere", token, (hint,))
        return
    place = token._replace(end=max(end, token.end))
    state.arrows.append(finished(draft, place, state.here))


def _read_options(state: _Grid, draft: ArrowDraft, tokens: list[Token]) -> None:
    read_options(draft, tokens, state.here, state.report, state.settings.styles)


def _next_is_group(stream: TokenStream) -> bool:
    following = stream.peek()
    return following is not None and following.text == "{"


def _read_old_style(state: _Grid, draft: ArrowDraft, stream: TokenStream) -> None:
    r"""`\arrow{dr}[swap]{f}`, as in the first versions of the package."""
    if draft.target is None:
        _read_options(state, draft, stream.argument())
    while (options := stream.bracketed()) is not None or _next_is_group(stream):
        label = stream.argument()
        at = label[0] if label else None
        if at is not None:
            add_label(draft, label, options or [], at, state.report)


def _checked(diagram: Diagram, report: Report) -> Diagram:
    """The diagram, after a word about every arrow that ends where nothing is."""
    names = {label.name for label in diagram.labels() if label.name}
    for arrow in diagram.arrows:
        for end in (arrow.source, arrow.target):
            problem = _problem_with(end, diagram, names)
            if problem:
                report("math-syntax", f"'{arrow.token.text}' {problem}", arrow.token)
                break
    for arrow in _circular(diagram, names):
        report("math-syntax", f"'{arrow.token.text}' goes to or from its own label", arrow.token)
    return diagram


def _circular(diagram: Diagram, names: set[str]) -> list[Arrow]:
    """The arrows between labels that have their own places from these arrows."""
    waiting = list(diagram.arrows)
    unplaced = set(names)
    while True:
        ready = [arrow for arrow in waiting if not {arrow.source, arrow.target} & unplaced]
        if not ready:
            return [arrow for arrow in waiting if {arrow.source, arrow.target} & names]
        unplaced -= {label.name for arrow in ready for label in arrow.labels}
        done = set(map(id, ready))
        waiting = [arrow for arrow in waiting if id(arrow) not in done]


def _problem_with(end: End, diagram: Diagram, names: set[str]) -> str:
    if isinstance(end, str):
        return "" if end in names else f"goes to or from '{end}', which no label is named"
    row, column = end
    if 0 <= row < len(diagram.rows) and 0 <= column < diagram.width:
        return ""
    place = f"row {row + 1}, column {column + 1}"
    return f"points outside of the diagram, to {place}"
