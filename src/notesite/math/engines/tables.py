"""Tables in MathML Core, made from cells that are MathML already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notesite.records import dataclass

if TYPE_CHECKING:
    from notesite.math.tex import Token, TokenStream

_DEEPER = frozenset({"{", "\\left", "\\begin"})
_HIGHER = frozenset({"}", "\\right", "\\end"})


@dataclass(frozen=True, slots=True)
class Table:
    """How an environment looks: its fences, its style, and the classes of its columns in turn."""

    opening: str = ""
    closing: str = ""
    displaystyle: bool = False
    scriptlevel: int = 0
    columns: tuple[str, ...] = ("",)
    has_columns: bool = False


_PAIR = ("math-right math-flush-right", "math-left math-flush-left")
_CASE = ("math-left math-flush-right", "math-left math-flush-right math-condition")
_MATRICES = (("p", "(", ")"), ("b", "[", "]"), ("B", "{", "}"), ("v", "|", "|"), ("V", "‖", "‖"))

TABLES: dict[str, Table] = {
    "matrix": Table(),
    **{f"{letter}matrix": Table(left, right) for letter, left, right in _MATRICES},
    "aligned": Table(displaystyle=True, columns=_PAIR),
    "gathered": Table(displaystyle=True),
    "cases": Table("{", columns=_CASE),
    "dcases": Table("{", columns=_CASE, displaystyle=True),
    "rcases": Table("", "}", columns=_CASE),
    "drcases": Table("", "}", columns=_CASE, displaystyle=True),
    "array": Table(has_columns=True),
    "darray": Table(displaystyle=True, has_columns=True),
    "subarray": Table(scriptlevel=1, has_columns=True),
}
"""The environments that the reader leaves to an engine."""

_SIDES = {"l": "math-left", "r": "math-right", "c": ""}


def split_table(stream: TokenStream) -> tuple[list[list[list[Token]]], dict[int, str]]:
    r"""The cells of each row up to the environment's `\end`, and the rules above rows."""
    rows: list[list[list[Token]]] = [[[]]]
    rules: dict[int, str] = {}
    depth = 0
    for token in stream:
        if token.text == "\\end" and depth == 0:
            stream.argument()
            break
        depth += (token.text in _DEEPER) - (token.text in _HIGHER)
        if depth == 0 and token.text == "&":
            rows[-1].append([])
        elif depth == 0 and token.text == "\\\\":
            rows.append([[]])
        elif depth == 0 and token.name in {"hline", "hdashline"}:
            rules[len(rows) - 1] = "solid" if token.name == "hline" else "dashed"
        else:
            rows[-1][-1].append(token)
    return rows, rules


def table(kind: Table, columns: str, cells: list[list[str]], rules: dict[int, str]) -> str:
    """The environment as MathML; `columns` describes them in the letters `lcr|`."""
    classes = _column_classes(columns) if kind.has_columns else kind.columns
    rows = "".join(_row(kind, row, classes, rules.get(index)) for index, row in enumerate(cells))
    style = f'displaystyle="{str(kind.displaystyle).lower()}" scriptlevel="{kind.scriptlevel}"'
    made = f"<mtable {style}>{rows}</mtable>"
    if not kind.opening and not kind.closing:
        return made
    opening = f'<mo form="prefix">{kind.opening}</mo>' if kind.opening else ""
    closing = f'<mo form="postfix">{kind.closing}</mo>' if kind.closing else ""
    return f"<mrow>{opening}{made}{closing}</mrow>"


def _row(kind: Table, cells: list[str], classes: tuple[str, ...], rule: str | None) -> str:
    made = []
    for index, cell in enumerate(cells):
        names = [classes[index % len(classes)]]
        names += [f"math-{rule}-top"] if rule else []
        names += ["math-tight"] if kind.scriptlevel else []
        named = " ".join(filter(None, names))
        made.append(f'<mtd class="{named}">{cell}</mtd>' if named else f"<mtd>{cell}</mtd>")
    return f"<mtr>{''.join(made)}</mtr>"


def _column_classes(columns: str) -> tuple[str, ...]:
    classes: list[list[str]] = []
    leading = ""
    for letter in columns:
        if letter in _SIDES:
            classes.append([leading, _SIDES[letter]])
            leading = ""
        elif letter in "|:" and classes:
            classes[-1].append("math-solid-right" if letter == "|" else "math-dashed-right")
        elif letter in "|:":
            leading = "math-solid-left" if letter == "|" else "math-dashed-left"
    return tuple(" ".join(filter(None, names)) for names in classes) or ("",)
