"""Guards before any engine: math-core ends the process when its stack overflows.

Measured with version 0.9: a formula is safe up to more than 2,000 levels of anything.
"""

from __future__ import annotations

import re

LENGTH_LIMIT = 100_000
"""How many characters a formula may have."""
DEPTH_LIMIT = 400
"""How many levels deep a formula may be."""

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff\U00100000-\U0010ffff]")
_STEP = re.compile(r"\\[A-Za-z]+|\\.|[{}&^_()\[\]]|[^\\{}&^_()\[\]\s]", re.DOTALL)
_ONE = """
    Bbb Bra Braket Ket Overrightarrow Set acute angl bar bcancel bm bold boldsymbol boxed bra
    braket breve cancel check cramped ddddot dddot ddot dot emph fbox frak grave hat hphantom ket
    mathbb mathbf mathbin mathcal mathclose mathfrak mathinner mathit mathop mathopen mathord
    mathpunct mathrel mathring mathrm mathscr mathsf mathtt not operatorname
    operatornamewithlimits overbrace overbracket overgroup overleftarrow overleftharpoon
    overleftrightarrow overline overparen overrightarrow overrightharpoon phantom phase pmod pod
    set slashed sqrt symbf text textbf textit textrm textsc textsf texttt tilde underbar
    underbrace underbracket undergroup underleftarrow underleftrightarrow underline underparen
    underrightarrow utilde vec vphantom widecheck widehat widetilde xLeftarrow xLeftrightarrow
    xRightarrow xcancel xhookleftarrow xhookrightarrow xleftarrow xleftharpoondown xleftharpoonup
    xleftrightarrow xleftrightharpoons xlongequal xmapsto xrightarrow xrightharpoondown
    xrightharpoonup xrightleftharpoons xtofrom xtwoheadleftarrow xtwoheadrightarrow limits
    nolimits global
""".split()
_ARGUMENTS: dict[str, int] = {
    **dict.fromkeys(_ONE, 1),
    **dict.fromkeys(("binom", "cfrac", "dbinom", "dfrac", "frac", "tbinom", "tfrac"), 2),
    **dict.fromkeys(("overset", "underset", "stackrel", "textcolor", "vertoverlay"), 2),
    **dict.fromkeys(("sideset", "prescript"), 3),
    **dict.fromkeys(("mathchoice", "genfrac"), 6),
}
"""How many arguments a command waits for; its name needs no braces around them."""
_SWITCHES = frozenset(
    """
    bf cal color displaystyle frak it rm scriptscriptstyle scriptstyle sf textstyle tt over atop
    choose brace brack
    """.split()
)
"""The commands that take the rest of their group as their argument."""
_GROUP = -1
_SWITCH = -2
_PARENTHESIS = -3
"""math-core looks for the other end of a parenthesis after a function, and nests there."""


def forbidden_character(tex: str) -> int | None:
    """The offset of a character that no formula may hold: control, or kept for our own use."""
    match = _FORBIDDEN.search(tex)
    return None if match is None else match.start()


def too_large(tex: str) -> str | None:
    """What is too much about a formula, None when an engine can take it."""
    if len(tex) > LENGTH_LIMIT:
        return f"the formula has more than {LENGTH_LIMIT:,} characters"
    if len(tex) > DEPTH_LIMIT and _may_be_deep(tex) and _is_deep(tex):
        return f"the formula is more than {DEPTH_LIMIT} levels deep"
    return None


def _may_be_deep(tex: str) -> bool:
    return sum(tex.count(opening) for opening in "{([^_\\") > DEPTH_LIMIT


def _is_deep(tex: str) -> bool:
    """Whether the depth of recursion a parser needs exceeds the limit at some place.

    The stack holds what is open: groups, switches, and how many arguments a command still waits
    for, as `\\frac1\\frac1\\frac1…` nests without any brace.
    """
    waiting: list[int] = []
    for match in _STEP.finditer(tex):
        _step(waiting, match.group())
        if len(waiting) > DEPTH_LIMIT:
            return True
    return False


def _step(waiting: list[int], text: str) -> None:
    name = text[1:]
    if text == "{" or text in {"\\left", "\\begin"}:
        waiting.append(_GROUP)
    elif text == "}" or text in {"\\right", "\\end"}:
        _cut(waiting)
        if waiting:
            waiting.pop()
        _complete(waiting)
    elif text in {"&", "\\\\"}:
        _cut(waiting)
    elif text in {"(", "["}:
        waiting.append(_PARENTHESIS)
    elif text in {")", "]"}:
        _close_parenthesis(waiting)
    elif text in {"^", "_"}:
        waiting.append(1)
    elif text[0] == "\\" and name in _SWITCHES:
        waiting.append(_SWITCH)
    elif text[0] == "\\" and name in _ARGUMENTS:
        waiting.append(_ARGUMENTS[name])
    else:
        _complete(waiting)


def _cut(waiting: list[int]) -> None:
    while waiting and waiting[-1] != _GROUP:
        waiting.pop()


def _close_parenthesis(waiting: list[int]) -> None:
    while waiting and waiting[-1] > 0:
        waiting.pop()
    if waiting and waiting[-1] == _PARENTHESIS:
        waiting.pop()
    _complete(waiting)


def _complete(waiting: list[int]) -> None:
    while waiting and waiting[-1] > 0:
        waiting[-1] -= 1
        if waiting[-1] > 0:
            return
        waiting.pop()
