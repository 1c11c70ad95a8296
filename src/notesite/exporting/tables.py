"""Tables as `longtable`, which may go on over pages and hold footnotes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.tree import SyntaxTreeNode

    Row = Sequence[tuple[SyntaxTreeNode, str]]

_WIDEST = 70
"""Characters of a row that certainly fit a line."""


def table(rows: Sequence[Row], *, has_head: bool, caption: str = "") -> str:
    """The table of these cells, each with its node and what it says, under its caption."""
    if not rows:
        return ""
    count = max(len(row) for row in rows)
    columns = _columns(rows, count)
    lines = [" & ".join(text for _, text in row) + " \\\\" for row in rows]
    if has_head:
        lines[0] = f"{lines[0]}\n\\midrule\n\\endhead"
    body = "\n".join(lines)
    above = f"{caption}\\\\\n" if caption else ""
    rules = f"{above}\\toprule\n{body}\n\\bottomrule"
    shown = f"\\begin{{longtable}}{{{columns}}}\n{rules}\n\\end{{longtable}}"
    # A longtable is counted whether or not it has a number.
    return shown if "\\label{" in caption else f"{shown}\\addtocounter{{table}}{{-1}}"


def _columns(rows: Sequence[Row], count: int) -> str:
    widths = [
        max((len(text) for row in rows for _, text in row[at : at + 1]), default=1)
        for at in range(count)
    ]
    letters = [_alignment(rows, at) for at in range(count)]
    total = sum(widths)
    if total <= _WIDEST:
        return "".join(letters)
    usable = 0.96 - 0.02 * count
    # A column of short cells is not squeezed for the sake of a long one.
    shares = [max(min(width, total / 2), 8) for width in widths]
    parts = (usable * share / sum(shares) for share in shares)
    return "".join(
        f">{{\\raggedright\\arraybackslash}}p{{{part:.3f}\\linewidth}}" for part in parts
    )


def _alignment(rows: Sequence[Row], at: int) -> str:
    cell = rows[0][at][0] if at < len(rows[0]) else None
    style = str(cell.attrs.get("style", "")) if cell is not None else ""
    return next((name[0] for name in ("center", "right") if name in style), "l")
