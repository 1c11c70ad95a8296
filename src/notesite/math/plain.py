r"""Plain formulas: those that mean to an engine what they mean here, and so need no reading.

Most formulas are plain. A few searches tell, in a tenth of the time that reading token by token
takes. Where they leave a doubt, or the engine refuses the formula, it is read after all, which
finds out what is wrong and where.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from notesite.math.environments import TOP_LEVEL
from notesite.math.limits import LENGTH_LIMIT, too_large
from notesite.math.macros import ODD_CHARACTER, ODD_COMMAND, expand_simply
from notesite.math.reading import Reading, Row
from notesite.math.tex import Token
from notesite.math.values import ARRAY_STRETCH
from notesite.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Sequence

    from notesite.math.scope import Scope

_COMMAND = pattern(r"\\([A-Za-z]+|.)", re.DOTALL)
_TEXT = pattern(r"\\text(?:rm|bf|it)?\{(?:[A-Za-z0-9 ,.:;=+()/]|-(?!-))+\}")
_NAME = pattern(r"\\operatorname\{[A-Za-z]+\}(?!\s*\*)")
_TABLE = pattern(
    r"(\\begin\{([pbBvV]?matrix|d?cases|aligned)\}(?!\s*\[))"
    r"((?:[^\\]|\\(?!begin|end))*)(\\end\{\2\})"
)
_RECOGNISED = frozenset(
    {"text", "textrm", "textbf", "textit", "operatorname", "begin", "end", ARRAY_STRETCH}
)
_TOP = pattern(
    r"\s*\\begin\{((?:equation|align|gather|multline)\*?)\}(.*)\\end\{\1\}\s*", re.DOTALL
)
_ODD_BREAK = pattern(r"\\\\\s*(?:[\[*]|\Z)")
_LABEL = pattern(r"\\label\{([^{}\\%$#&~]*)\}")
_UNNUMBERED = pattern(r"\\(?:notag|nonumber)(?![A-Za-z])")


def plain_tex(tex: str, scope: Scope, *, columns: bool = False) -> str | None:
    """The formula as the engine can have it, its macros expanded; None if it must be read.

    `columns` says whether it is a row of a table, with `&` between its cells.
    """
    if not tex or len(tex) > LENGTH_LIMIT or tex.isspace():
        return None
    bare = _without_recognised(tex, scope)
    if columns:
        bare = _without_ampersands(bare)
    if ODD_CHARACTER.search(bare) is not None or ODD_COMMAND.search(bare) is not None:
        return None
    commands = _COMMAND.findall(bare)
    if not scope.plain_commands.issuperset(commands):
        expanded = expand_simply(tex, scope.simple_macros)
        if expanded is None or expanded == tex:
            return None
        return plain_tex(expanded, scope, columns=columns)
    if not _are_paired(commands) or too_large(tex) is not None:
        return None
    # The reader puts braces around a text, as a script may stand before it.
    return _TEXT.sub(r"{\g<0>}", tex) if "\\text" in tex else tex


def plain_rows(tex: str, scope: Scope) -> Reading | None:
    """A display environment of plain rows as it would be read; None if it must be read."""
    whole = _TOP.fullmatch(tex)
    if whole is None or scope.environments:
        return None
    bare = _without_recognised(whole[2], scope)
    is_one_line = whole[1].startswith("equation")
    if "\\begin" in bare or _ODD_BREAK.search(bare) or (is_one_line and "\\\\" in bare):
        return None
    reading = Reading(TOP_LEVEL[whole[1]], whole[1], [])
    columns = reading.top.inner != "gathered"
    start = 0
    for line in bare.split("\\\\"):
        end = start + len(line)
        row = _plain_row(whole[2][start:end], whole.start(2) + start, scope, columns=columns)
        if row is None:
            return None
        reading.rows.append(row)
        start = end + 2
    return reading


def _plain_row(line: str, offset: int, scope: Scope, *, columns: bool) -> Row | None:
    row = Row()
    for name in _LABEL.finditer(line) if "\\label" in line else ():
        if row.label is not None or not name[1].strip():
            return None
        start = offset + name.start()
        row.label = (name[1].strip(), Token("\\label", start, start + len("\\label")))
    if row.label is not None:
        line = _LABEL.sub("", line)
    if "\\no" in line:
        line, count = _UNNUMBERED.subn("", line)
        row.is_unnumbered = count > 0
    tex = plain_tex(line, scope, columns=columns)
    if tex is None:
        return None
    row.tokens.append(Token(tex, offset, offset + len(line)))
    return row


def _without_recognised(tex: str, scope: Scope) -> str:
    """Blanks in the place of constructs that are known to be plain; nothing else moves."""
    bare = tex
    if "\\text" in bare:
        bare = _TEXT.sub(_blanks, bare)
    if "\\operatorname" in bare:
        bare = _NAME.sub(_blanks, bare)
    if "\\begin" in bare and not scope.environments:
        bare = _TABLE.sub(_cells, bare)
    return bare if bare is tex or not scope.redefines(_RECOGNISED) else tex


def _blanks(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _cells(table: re.Match[str]) -> str:
    """What stands in the cells of a table, with nothing that separates them."""
    opening, _, body, closing = table.groups()
    rows = body.split("\\\\")
    if _ODD_BREAK.search(body) or any("&" in cells for cells in map(_without_ampersands, rows)):
        return table[0]
    return " " * len(opening) + "  ".join(map(_without_ampersands, rows)) + " " * len(closing)


def _without_ampersands(row: str) -> str:
    """The row with blanks for `&`, unless one stands where no cell can end."""
    cells = row.split("&")
    is_table = all(
        cell.count("{") == cell.count("}") and _are_paired(_COMMAND.findall(cell)) for cell in cells
    )
    return " ".join(cells) if is_table else row


def _are_paired(commands: Sequence[str]) -> bool:
    r"""Whether each `\left` among the commands has its `\right`."""
    if "left" not in commands and "right" not in commands:
        return True
    depth = 0
    for command in commands:
        depth += (command == "left") - (command == "right")
        if depth < 0:
            return False
    return depth == 0
