"""The command that a person may have meant by one that does not exist."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from notesite.math.limits import ARGUMENTS
from notesite.text import is_slip

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

_COMMON_NAMES = """
    alpha beta gamma delta epsilon varepsilon zeta eta theta lambda mu nu xi pi rho sigma tau phi
    varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Phi Psi Omega partial nabla infty
    frac dfrac sqrt sum prod int oint lim limsup liminf sup inf max min arg log ln exp sin cos tan
    det dim ker left right middle langle rangle lVert rVert lvert rvert lceil rceil lfloor rfloor
    mathbb mathcal mathbf mathrm mathfrak mathsf mathscr boldsymbol operatorname text textbf textit
    overline underline widehat widetilde hat tilde bar vec dot ddot cdot cdots ldots dots vdots
    times otimes oplus wedge vee subset subseteq supset supseteq cup cap setminus emptyset in notin
    forall exists implies iff to rightarrow leftarrow Rightarrow Leftarrow leftrightarrow
    Leftrightarrow mapsto longrightarrow hookrightarrow leq geq neq approx sim simeq equiv cong
    propto perp parallel mid binom begin end quad qquad underbrace overbrace overset underset
    stackrel tag label eqref notag substack limits hline circ star ast pm mp ell hbar
"""
_COMMON = frozenset(_COMMON_NAMES.split())
"""What formulas are mostly made of: of two commands equally near, the one that is meant."""

_SHORT = 3

_MEANINGS = {
    "asterisk": "\\ast", "choosing": "\\binom", "contained": "\\subset", "cupcap": "\\cup",
    "divided": "\\div", "elementof": "\\in", "equal": "=", "equals": "=", "greater": ">",
    "greaterequal": "\\geq", "greaterthan": ">", "intersect": "\\cap", "intersection": "\\cap",
    "isin": "\\in", "lessequal": "\\leq", "lessthan": "<", "minus": "-", "notequal": "\\neq",
    "plus": "+", "plusminus": "\\pm", "squareroot": "\\sqrt", "union": "\\cup", "vector": "\\vec",
    "yields": "\\to",
}  # fmt: skip
"""What people write who know the English name of a sign and not that of its command."""


def suggestion(name: str, known: Iterable[str], refused: Collection[str]) -> str | None:
    """What to write in the place of a command that does not exist, by its name."""
    if name in _MEANINGS:
        return _MEANINGS[name]
    if len(name) == len("dx") and name[0] == "d":
        return f"\\,{name}"
    found = nearest_command(name, known, refused)
    if found is None:
        return None
    before, last = name[:-1], name[-1]
    if found != before or last == before[-1:]:
        return f"\\{found}"
    # The letter that is too much is the argument, or what stands behind the command.
    return f"\\{found}{{{last}}}" if ARGUMENTS.get(found) == 1 else f"\\{found} {last}"


def nearest_command(name: str, known: Iterable[str], refused: Collection[str]) -> str | None:
    """The command of `known` that was meant by `name`; in TeX case tells commands apart.

    One that is `refused` must be nearer than others: what comes of it is another complaint.
    """
    words = sorted(word for word in known if word.isalpha())
    near = [word for word in words if word.lower() == name.lower()]
    near = near or [word for word in words if is_slip(name, word)]
    if near:
        return min(near, key=lambda word: (word not in _COMMON, _slip(name, word), -len(word)))
    # Of a short name little is left when a letter of it is wrong.
    likeness = 0.6 if len(name) > _SHORT else 0.7
    found = get_close_matches(name, sorted(refused), n=1, cutoff=0.85)
    found = found or get_close_matches(name, words, n=1, cutoff=likeness)
    return found[0] if found else None


def _slip(written: str, meant: str) -> int:
    """How seldom fingers make this slip: swapped letters are likelier than a wrong one."""
    if sorted(written) == sorted(meant):
        return 0
    return 1 if len(written) != len(meant) else 2
