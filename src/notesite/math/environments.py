"""The environments: what each becomes for the engine, and how the top-level ones number rows."""

from __future__ import annotations

import re
from enum import Enum
from typing import NamedTuple

from notesite.patterns import pattern


class Numbering(Enum):
    """Which lines of a top-level environment get a number."""

    NONE = "none"
    ONE = "one"
    ROWS = "rows"


class Environment(NamedTuple):
    """How an environment is given to the engine.

    `begin` and `end` are TeX; in `begin`, `*` stands for the column specification. `columns` says
    whether `&` may be used, `arguments` how many braced arguments follow the name and are dropped,
    `css_class` what is put around the environment to change its looks.
    """

    begin: str
    end: str
    columns: bool = True
    specification: bool = False
    is_starred_matrix: bool = False
    arguments: int = 0
    css_class: str = ""


class TopLevel(NamedTuple):
    """A display environment that may be a whole formula; `inner` is what its rows go into."""

    numbering: Numbering
    inner: str
    arguments: int = 0


def _plain(name: str, *, columns: bool = True) -> Environment:
    return Environment(f"\\begin{{{name}}}", f"\\end{{{name}}}", columns)


def _array(name: str, *, specification: bool = True) -> Environment:
    begin = f"\\begin{{{name}}}{{*}}"
    return Environment(begin, f"\\end{{{name}}}", specification=specification)


def _sided(side: str) -> Environment:
    return Environment(f"\\begin{{darray}}{{{side}}}", "\\end{darray}", columns=False)


def _starred(opening: str, closing: str) -> Environment:
    return Environment(
        f"\\left{opening}\\begin{{array}}{{*}}",
        f"\\end{{array}}\\right{closing}",
        is_starred_matrix=True,
    )


_ALIGNED = _plain("aligned")
_GATHERED = _plain("gathered", columns=False)

INNER: dict[str, Environment] = {
    **{
        name: _plain(name)
        for name in (
            *("matrix", "pmatrix", "bmatrix", "Bmatrix", "vmatrix", "Vmatrix"),
            *("cases", "dcases", "rcases", "drcases"),
        )
    },
    "aligned": _ALIGNED,
    "split": _ALIGNED,
    "alignedat": Environment(
        _ALIGNED.begin, _ALIGNED.end, arguments=1, css_class="math-close-columns"
    ),
    "gathered": _GATHERED,
    "multlined": _GATHERED,
    "lgathered": _sided("l"),
    "rgathered": _sided("r"),
    "array": _array("array"),
    "darray": _array("darray"),
    "subarray": _array("subarray"),
    "smallmatrix": _array("subarray", specification=False),
    "matrix*": _starred(".", "."),
    "pmatrix*": _starred("(", ")"),
    "bmatrix*": _starred("[", "]"),
    "Bmatrix*": _starred("\\{", "\\}"),
    "vmatrix*": _starred("\\lvert ", "\\rvert "),
    "Vmatrix*": _starred("\\lVert ", "\\rVert "),
}
"""The environments that stand inside a formula, by name."""

TEXT_CASES = ("cases*", "dcases*", "rcases*", "drcases*")
"""The environments of mathtools whose second column is text; see `text_cases`."""

PROOFS = "prooftree"
"""The environment of bussproofs; see `proofs`."""

BRACED_ROWS = ("numcases", "subnumcases", "empheq")
"""The environments of numbered rows with something beside all of them; see `braced_rows`."""

STRETCHED = frozenset(
    {"array", "darray"} | {f"{kind}matrix{star}" for kind in ("", *"pbBvV") for star in ("", "*")}
)
r"""Those whose rows `\arraystretch` sets apart."""

_NUMBERED = {
    "equation": TopLevel(Numbering.ONE, "gathered"),
    "gather": TopLevel(Numbering.ROWS, "gathered"),
    "multline": TopLevel(Numbering.ONE, "gathered"),
    "align": TopLevel(Numbering.ROWS, "aligned"),
    "alignat": TopLevel(Numbering.ROWS, "aligned", arguments=1),
    "flalign": TopLevel(Numbering.ROWS, "aligned"),
    "xalignat": TopLevel(Numbering.ROWS, "aligned", arguments=1),
    "xxalignat": TopLevel(Numbering.NONE, "aligned", arguments=1),
    "eqnarray": TopLevel(Numbering.ROWS, "eqnarray"),
}

TOP_LEVEL: dict[str, TopLevel] = {
    **_NUMBERED,
    **{
        f"{name}*": TopLevel(Numbering.NONE, top.inner, top.arguments)
        for name, top in _NUMBERED.items()
    },
    "displaymath": TopLevel(Numbering.NONE, "gathered"),
    "math": TopLevel(Numbering.NONE, "gathered"),
}
"""The environments that are a display formula of their own, by name."""

PLAIN = TopLevel(Numbering.NONE, "gathered")
"""What a formula between `$$` is."""

ROWS: dict[str, Environment] = {
    "aligned": _ALIGNED,
    "gathered": _GATHERED,
    "eqnarray": Environment("\\begin{darray}{rcl}", "\\end{darray}"),
    "cases": Environment("\\begin{darray}{ll}", "\\end{darray}"),
}
"""What the rows of a top-level environment are put into, by `TopLevel.inner`."""

DIAGRAMS = frozenset({"CD", "tikzcd"})
"""The environments that draw; see `diagrams`."""

REFUSED: dict[str, str] = {
    "tikzpicture": "TikZ is not supported: include the picture as an SVG image",
    "subequations": "it must be the whole of a display formula",
    "tabular": "tables inside formulas are not supported: use array, or a Markdown table",
    "dgroup": "breqn is not supported: use align",
    "dmath": "breqn is not supported: use equation or multline",
}
"""Environments that people use and that cannot be rendered, each with what to do instead."""

MANY_COLUMNS = 30
"""How many columns a table has whose columns are not counted."""

_REPEATED = pattern(r"\*\{(\d{1,2})\}\{([^{}]*)\}")
_BETWEEN = pattern(r"[@!]\{(?:\s|\\[,;:! ]|\\q?quad|\\hspace\{[^{}]*\}|\\extracolsep\{[^{}]*\})*\}")
_PARAGRAPH = pattern(r"[pmb]\{[^{}]*\}")
_COLUMNS = pattern(r"[lcr|:]*")


def column_specification(tex: str) -> str | None:
    """The columns of an `array` in the letters `lcr|:` alone; None when more is asked for.

    Spacing between columns is dropped, paragraph columns are set as `l`. None at all mean columns
    without number, all centred, as MathJax has it.
    """
    if not tex.strip():
        return "c" * MANY_COLUMNS
    previous = ""
    while previous != tex:
        previous = tex
        tex = _REPEATED.sub(lambda match: int(match[1]) * match[2], tex)
    tex = _PARAGRAPH.sub("l", _BETWEEN.sub("", tex))
    tex = "".join(tex.split())
    return tex if _COLUMNS.fullmatch(tex) and re.search("[lcr]", tex) else None


def doubled_columns(columns: str) -> tuple[int, ...]:
    """Behind which of the columns a double line stands, 0 being the side before the first."""
    places = [match.start() for match in re.finditer(r"\|\|", columns)]
    return tuple(sum(letter in "lcr" for letter in columns[:at]) for at in places)


def single_lines(columns: str) -> str:
    """The columns with one line in the place of two, between which engines make a column."""
    return re.sub(r"\|{2,}", "|", columns)
