"""From an engine's MathML to the HTML of a page.

Classes that a theme has to know, besides those of `styles`:

`equation`             the block around a display formula; a flex row of body and number
`equation-body`        its part that scrolls sideways when the formula is wide
`equation-number`      the number: a `span` after the body, or the last cell of each row
`equation-margin`      the first cell of each row, as wide as the last, which centres the rest
`equation-rows`        the table of an environment that numbers its rows
`equation-multline`    the table of a multline: first line left, last line right
`equation-text`        a row of text between rows
`equation-inline`      a display formula that stands within a line
`eqref`                a reference to an equation
`math-error`           a formula that could not be rendered: its source
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from unicodedata import normalize

from notesite.math.browsers import for_browsers
from notesite.math.nesting import with_style_elements
from notesite.math.reading import FIRST_HOLE
from notesite.math.styles import without_styles
from notesite.patterns import pattern
from notesite.text import escape_html

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Sequence

_ENTITIES = {"&ApplyFunction;": "\u2061", "&InvisibleTimes;": "\u2062"}
# Fonts have letters with accents; put together from two characters they look worse.
_ACCENTED = pattern("[A-Za-z\u0131\u0237][\u0300-\u030c\u0327\u0328]")
# math-core writes the tilde and the caret of text as accents without a letter.
_TEXT = pattern("<mtext>.*?</mtext>")
_PLAIN_SIGNS = {0x02DC: "~", 0x02C6: "^"}
_HOLES = "\U00100000-\U0010ffff"
_HOLE_ELEMENT = pattern(rf"<(mi|mn|mo|mtext)([^>]*)>([^<]*[{_HOLES}][^<]*)</\1>")
_HOLE = pattern(rf"([{_HOLES}])")
_TABLE_PART = pattern(r"<(/?)(mtable|mtr|mtd)\b[^>]*>")
# Chromium forgets to centre a sized delimiter on the axis when it is itself the base of a script.
_SIZED_BASE = pattern(r"<(msup|msub|msubsup)>(<mo [^>]*minsize[^>]*>[^<]*</mo>)")
_SPACED_OPERATOR = pattern("<mo>([^<]+)</mo>")
_LAST_RULE = pattern(r'<mtr>((?:<mtd class="[^"]*math-\w+-top[^"]*"></mtd>)+)</mtr></mtable>')


BESIDE_MARK = "<mrow data-beside="
"""What the mark of a table begins with that has a brace beside some of its rows."""


class EquationNumber(NamedTuple):
    """A number as it is shown, with the id of its place."""

    shown: str
    anchor: str


def clean(mathml: str) -> str:
    """What an engine gave, in MathML Core without styles; raises UnknownStyleError."""
    if "&" in mathml:
        for entity, character in _ENTITIES.items():
            mathml = mathml.replace(entity, character)
    mathml = without_styles(mathml)
    if "<mtext>" in mathml and not mathml.isascii():
        mathml = _TEXT.sub(lambda text: _as_in_print(text[0]), mathml)
    if "minsize" in mathml:
        mathml = _SIZED_BASE.sub(r"<\1><mrow>\2</mrow>", mathml)
    if "-top" in mathml:
        mathml = _LAST_RULE.sub(r'<mtr class="math-last-rule">\1</mtr></mtable>', mathml)
    return for_browsers(with_style_elements(mathml))


def _as_in_print(text: str) -> str:
    """Text with whole accented letters and, but for code, the quotes that TeX's fonts join."""
    text = _ACCENTED.sub(lambda match: normalize("NFC", match[0]), text.translate(_PLAIN_SIGNS))
    if "<code>" not in text:
        text = text.replace("\u2018\u2018", "\u201c").replace("\u2019\u2019", "\u201d")
    return text


def content_of(mathml: str) -> str:
    """What stands between `<math>` and `</math>`."""
    return mathml[mathml.index(">") + 1 : mathml.rindex("</math>")]


def as_script(mathml: str) -> str:
    """The content of a script: no space beside its operators but where one is written."""
    return _SPACED_OPERATOR.sub(r'<mo lspace="0" rspace="0">\1</mo>', mathml)


def fill_holes(mathml: str, fill: Callable[[int], str]) -> str:
    """The MathML with every hole replaced by what `fill` has for its number."""

    def element(match: re.Match[str]) -> str:
        name, attributes, text = match.groups()
        pieces = [
            fill(ord(piece) - FIRST_HOLE)
            if _HOLE.fullmatch(piece)
            else f"<{name}{attributes}>{piece}</{name}>"
            for piece in _HOLE.split(text)
            if piece
        ]
        return pieces[0] if len(pieces) == 1 else f"<mrow>{''.join(pieces)}</mrow>"

    return _HOLE_ELEMENT.sub(element, mathml)


def formula(content: str, tex: str, *, display: bool) -> str:
    """A `<math>` element, its TeX kept for those who copy or hear it."""
    block = ' display="block"' if display else ""
    return f'<math{block} alttext="{escape_html(tex.strip())}">{content}</math>'


def inline_display(content: str, tex: str, number: EquationNumber | None) -> str:
    """A display formula within a line."""
    shown = f'<math displaystyle="true" alttext="{escape_html(tex.strip())}">{content}</math>'
    anchor, after = _anchor_and_number(number)
    return f'<span class="equation-inline"{anchor}>{shown}{after}</span>'


def block(shown: str, number: EquationNumber | None, name: str = "") -> str:
    """The block around a display formula, with its one number.

    `name` is the id of the block where its number, or those of its rows, have ids of their own.
    """
    anchor, after = _anchor_and_number(number)
    if name:
        after = after.replace("<span", f"<span{anchor}", 1)
        anchor = f' id="{escape_html(name)}"'
    body = f'<div class="equation-body">{shown}</div>'
    return f'<div class="equation"{anchor}>{body}{after}</div>'


def _anchor_and_number(number: EquationNumber | None) -> tuple[str, str]:
    if number is None:
        return "", ""
    shown = escape_html(number.shown)
    if not shown:
        return f' id="{escape_html(number.anchor)}"', ""
    return f' id="{escape_html(number.anchor)}"', f'<span class="equation-number">{shown}</span>'


def failure(tex: str, message: str, *, display: bool) -> str:
    """What stands in the place of a formula that could not be rendered."""
    shown = f'<code class="math-error" title="{escape_html(message)}">{escape_html(tex)}</code>'
    return f'<div class="equation">{shown}</div>' if display else shown


def link(anchor: str, text: str) -> str:
    """A reference to an equation, as HTML."""
    return f'<a class="eqref" href="#{escape_html(anchor)}">{escape_html(text)}</a>'


class TableRow(NamedTuple):
    """What is to be added to one row of a top-level table."""

    number: EquationNumber | None = None
    is_text: bool = False


def numbered_rows(content: str, rows: Sequence[TableRow]) -> str:
    """The top-level table with a margin before and a number after each row."""
    start, cells, end = table_rows(content)
    width = max((len(row) for row in cells), default=0)
    lines = [
        _text_row(row, width) if added.is_text else _numbered_row(row, width, added.number)
        for row, added in zip(cells, rows, strict=True)
    ]
    opening = content[:start].replace("<mtable", '<mtable class="equation-rows"', 1)
    return opening + "".join(lines) + content[end:]


def _numbered_row(cells: list[str], width: int, number: EquationNumber | None) -> str:
    padding = "<mtd></mtd>" * (width - len(cells))
    last = '<mtd class="equation-number"></mtd>'
    if number is not None:
        anchor, shown = escape_html(number.anchor), escape_html(number.shown)
        text = f"<mtext>{shown}</mtext>" if shown else ""
        last = f'<mtd class="equation-number" id="{anchor}">{text}</mtd>'
    return f'<mtr><mtd class="equation-margin"></mtd>{"".join(cells)}{padding}{last}</mtr>'


def _text_row(cells: list[str], width: int) -> str:
    content = "".join(cell[cell.index(">") + 1 : cell.rindex("<")] for cell in cells)
    return f'<mtr><mtd class="equation-text" columnspan="{width + 2}">{content}</mtd></mtr>'


def close_columns(content: str) -> str:
    """The first table without the space that stands between columns."""
    name = "math-close-columns"
    if '<mtable class="' in content[: content.find("<mtable") + 20]:
        return content.replace('<mtable class="', f'<mtable class="{name} ', 1)
    return content.replace("<mtable", f'<mtable class="{name}"', 1)


def multline(content: str, told: Sequence[str]) -> str:
    """The rows of a multline: the first to the left, the last to the right, others as `told`."""
    start, cells, end = table_rows(content)
    usual = {0: "left", len(cells) - 1: "right"}
    sides = {index: side for index, side in enumerate(told) if side}
    lines = []
    for index, row in enumerate(cells):
        side = sides.get(index, usual.get(index))
        opening = f'<mtd class="math-{side}"' if side else "<mtd"
        lines.append("<mtr>" + "".join(cell.replace("<mtd", opening, 1) for cell in row))
    opening = content[:start].replace("<mtable", '<mtable class="equation-multline"', 1)
    return opening + "".join(f"{line}</mtr>" for line in lines) + content[end:]


def table_rows(content: str) -> tuple[int, list[list[str]], int]:
    """The cells of the first table's rows, and where the rows begin and end in `content`."""
    depth = 0
    start = end = opened = 0
    rows: list[list[str]] = []
    for match in _TABLE_PART.finditer(content):
        closing, name = match.groups()
        if name == "mtable":
            depth += -1 if closing else 1
            start = match.end() if depth == 1 and not rows else start
            if depth == 0:
                end = match.start()
                break
        elif depth == 1 and name == "mtr" and not closing:
            rows.append([])
        elif depth == 1 and name == "mtd" and not closing:
            opened = match.start()
        elif depth == 1 and name == "mtd":
            rows[-1].append(content[opened : match.end()])
    return start, rows, end
