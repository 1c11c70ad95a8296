"""Guards before any engine.

math-core 0.9 ends the process when its stack overflows (at about 3,000 nested fractions), and the
time it takes doubles with every opening parenthesis that nothing closes in its group, as it then
reads the rest of the group anew; it grows with the square of the spaces in a row.
"""

from __future__ import annotations

import re

from notesite.patterns import pattern

LENGTH_LIMIT = 100_000
"""How many characters a formula may have."""
DEPTH_LIMIT = 400
"""How many levels deep a formula may be."""
UNCLOSED_LIMIT = 10
"""How many opening parentheses may stand in a group without being closed there."""

SPACES_LIMIT = 1_000
"""How many characters a run of spaces, such as `~~~` or `\\quad\\quad`, may have."""

_SPACES = pattern(r"(?:(?:~|\\(?:[ ,;:!>]|q?quad(?![A-Za-z])))\s*)+")
_FORBIDDEN = pattern(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffd-\uffff\U000f0000-\U0010ffff]"
)
_STEP = pattern(r"\\[A-Za-z]+|\\.|[^\\\s]", re.DOTALL)
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
"""
ARGUMENTS: dict[str, int] = {
    **dict.fromkeys(_ONE.split(), 1),
    **dict.fromkeys(("binom", "cfrac", "dbinom", "dfrac", "frac", "tbinom", "tfrac"), 2),
    **dict.fromkeys(("overset", "underset", "stackrel", "textcolor", "vertoverlay"), 2),
    **dict.fromkeys(("sideset", "prescript"), 3),
    **dict.fromkeys(("mathchoice", "genfrac"), 6),
}
"""How many arguments a command waits for; its name needs no braces around them."""
_SWITCH_NAMES = """
    bf cal color displaystyle frak it rm scriptscriptstyle scriptstyle sf textstyle tt over atop
    choose brace brack
"""
_SWITCHES = frozenset(_SWITCH_NAMES.split())
"""The commands that take the rest of their group as their argument."""
_FENCE_NAMES = (
    "lAngle lBrace lVert lang langle lbrace lbrack lceil lfloor lgroup llangle llbracket llcorner "
    "llparenthesis lmoustache lparen lvert ulcorner"
)
_FENCES = tuple(_FENCE_NAMES.split())
_OPENING = frozenset({"(", "[", "\\{", "⟨", "⌈", "⌊", *(f"\\{name}" for name in _FENCES)})
_CLOSING = frozenset(
    {")", "]", "\\}", "⟩", "⌉", "⌋", "\\urcorner", "\\lrcorner"}
    | {f"\\r{name[1:]}" for name in _FENCES}
    | {f"\\rr{name[2:]}" for name in _FENCES if name.startswith("ll")}
)
_GROUP = -1
_SWITCH = -2
_PARENTHESIS = -3
_PREFIXES = ("(", "[", "\\l", "\\{", "\\u", "⟨", "⌈", "⌊")


def forbidden_character(tex: str) -> int | None:
    """The offset of a character that no formula may hold.

    Such are control characters, those that turn the order of the text around (Unicode, annex 9),
    and those kept for our own use.
    """
    match = _FORBIDDEN.search(tex)
    return None if match is None else match.start()


def printable(tex: str) -> str:
    """The formula with U+FFFD for what may not stand in a page."""
    return _FORBIDDEN.sub("\ufffd", tex)


def too_large(tex: str) -> str | None:
    """What is too much about a formula, None when an engine can take it."""
    if len(tex) > LENGTH_LIMIT:
        return f"the formula has more than {LENGTH_LIMIT:,} characters"
    if len(tex) > SPACES_LIMIT and _longest_space(tex) > SPACES_LIMIT:
        return "the formula has too many spaces in a row"
    if len(tex) > DEPTH_LIMIT and sum(map(tex.count, "{([^_\\")) > DEPTH_LIMIT:
        return _Depth().excess(tex)
    if len(tex) > UNCLOSED_LIMIT and _may_be_unclosed(tex):
        return _Depth().excess(tex)
    return None


def _longest_space(tex: str) -> int:
    return max((match.end() - match.start() for match in _SPACES.finditer(tex)), default=0)


def _may_be_unclosed(tex: str) -> bool:
    """Whether more may be opened than is allowed to stay open."""
    if tex.isascii() and tex.count("(") + tex.count("[") + tex.count("\\") <= UNCLOSED_LIMIT:
        return False
    return sum(map(tex.count, _PREFIXES)) > UNCLOSED_LIMIT


class _Depth:
    r"""The depth of recursion that a parser needs, and its bound on reading anew.

    The stack holds what is open: groups, switches, parentheses, and how many arguments a command
    still waits for, as `\frac1\frac1\frac1…` nests without any brace.
    """

    def __init__(self) -> None:
        self._open: list[int] = []
        self._unclosed = 0

    def excess(self, tex: str) -> str | None:
        """What is too much, None when nothing is."""
        for match in _STEP.finditer(tex):
            self._step(match.group())
            if len(self._open) > DEPTH_LIMIT:
                return f"the formula is more than {DEPTH_LIMIT} levels deep"
        self._cut()
        if self._unclosed > UNCLOSED_LIMIT:
            return f"more than {UNCLOSED_LIMIT} opening parentheses are never closed"
        return None

    def _step(self, text: str) -> None:
        if text in {"{", "\\left", "\\begin"}:
            self._open.append(_GROUP)
        elif text in {"}", "\\right", "\\end"}:
            self._cut()
            if self._open:
                self._open.pop()
            self._complete()
        elif text in {"&", "\\\\"}:
            self._cut()
        elif text in _OPENING:
            self._open.append(_PARENTHESIS)
        elif text in _CLOSING:
            self._close_parenthesis()
        elif text in {"^", "_"}:
            self._open.append(1)
        elif text[0] == "\\" and text[1:] in _SWITCHES:
            self._open.append(_SWITCH)
        elif text[0] == "\\" and text[1:] in ARGUMENTS:
            self._open.append(ARGUMENTS[text[1:]])
        else:
            self._complete()

    def _cut(self) -> None:
        """Closes all down to the innermost group."""
        unclosed = 0
        while self._open and self._open[-1] != _GROUP:
            unclosed += self._open.pop() == _PARENTHESIS
        self._unclosed = max(self._unclosed, unclosed)

    def _close_parenthesis(self) -> None:
        while self._open and self._open[-1] > 0:
            self._open.pop()
        if self._open and self._open[-1] == _PARENTHESIS:
            self._open.pop()
        self._complete()

    def _complete(self) -> None:
        """One argument more is there for the command that waits."""
        while self._open and self._open[-1] > 0:
            self._open[-1] -= 1
            if self._open[-1] > 0:
                return
            self._open.pop()
