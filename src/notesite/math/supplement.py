"""LaTeX commands that the engines lack and that TeX itself can say: macros always in force."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notesite.math import packages
from notesite.math.tex import Token, tokenize
from notesite.math.values import Macro, UserEnvironment
from notesite.patterns import pattern

if TYPE_CHECKING:
    import re

_SAME = {
    # Blackboard bold and bold under the names of other packages
    "mathbbm": "\\mathbb", "mathds": "\\mathbb", "mathbbold": "\\mathbb", "pmb": "\\boldsymbol",
    "mathup": "\\mathrm", "mathbit": "\\bm", "boldmath": "",
    # Accents of older versions of amsmath
    **{name.title(): f"\\{name}" for name in ("acute", "bar", "breve", "check", "dot", "ddot")},
    **{name.title(): f"\\{name}" for name in ("grave", "hat", "tilde", "vec")},
    # Text in boxes
    "mbox": "\\text", "hbox": "\\text", "textnormal": "\\text", "textup": "\\text",
    "textmd": "\\text", "textsl": "\\textit",
    # Dots by what stands around them
    "dotsb": "\\cdots", "dotsm": "\\cdots", "dotsi": "\\cdots", "dotsc": "\\ldots",
    "dotso": "\\ldots", "hdots": "\\ldots", "mathellipsis": "\\ldots",
    # Relations whose variants Unicode does not tell apart
    "thickapprox": "\\approx", "thicksim": "\\sim", "smallsetminus": "\\setminus",
    "shortmid": "\\mid", "shortparallel": "\\parallel", "nshortmid": "\\nmid",
    "nshortparallel": "\\nparallel", "smallsmile": "\\smile", "smallfrown": "\\frown",
    "varpropto": "\\propto",
    "Join": "\\bowtie", "lbrbrak": "\\lbrack", "isinv": "\\in", "approxident": "\\approxeq",
    # What only a typesetter of pages needs
    "thinmuskip": "\\,", "medmuskip": "\\:", "thickmuskip": "\\;", "tmspace": "", "/": "", "-": "",
    "enskip": "\\enspace", "nobreak": "", "allowbreak": "", "goodbreak": "", "displaybreak": "",
    "allowdisplaybreaks": "", "protect": "", "strut": "\\mathstrut", "noindent": "", "hfill": "",
    "hfil": "", "par": "", "leavevmode": "", "unboldmath": "", "long": "", "outer": "",
    "global": "",
    "DOTSB": "", "DOTSI": "", "DOTSX": "", "noexpand": "", "centerdot": "\\cdot",
    "dotsx": "\\ldots", "sdot": "\\cdot", "varvdots": "\\vdots", "ordinarycolon": "{:}",
    "relbar": "-", "Relbar": "=", "mapsfrom": "↤", "textcopyright": "\\copyright",
    # Letters and signs
    "bgroup": "\\begingroup", "egroup": "\\endgroup", "varcopyright": "\\copyright",
    "Alef": "\\aleph", "rq": "'",
    "textperiodcentered": "\\cdot",
    "degreeCelsius": "{}^\\circ\\text{C}",
    "qedsymbol": "\\square", "qed": "\\quad\\square", "qedhere": "\\quad\\square",
    "makeatletter": "", "makeatother": "",
    "Box": "\\square",
    "adots": "\\iddots",
    "bslash": "\\backslash", "textperthousand": "\\text{‰}", "permil": "\\text{‰}",
}  # fmt: skip

_OPERATORS = {
    "varinjlim": "\\underrightarrow{\\mathrm{lim}}",
    "varprojlim": "\\underleftarrow{\\mathrm{lim}}",
    "varliminf": "\\underline{\\mathrm{lim}}",
    "varlimsup": "\\overline{\\mathrm{lim}}",
}

_SMALL_A = "\\smash{\\raisebox{0.2em}{$\\scriptstyle\\mathrm{A}$}}"
_NAME_OF_TEX = "\\text{T}\\kern-0.17em\\smash{\\raisebox{-0.22em}{E}}\\kern-0.12em\\text{X}"
_LOGOS = {
    "TeX": _NAME_OF_TEX,
    "LaTeX": f"\\text{{L}}\\kern-0.36em{_SMALL_A}\\kern-0.15em{_NAME_OF_TEX}",
    "KaTeX": f"\\text{{K}}\\kern-0.17em{_SMALL_A}\\kern-0.15em{_NAME_OF_TEX}",
}
"""How the names of these programs are set (The TeXbook, chapter 18)."""

_COLORS = ("blue", "green", "gray", "orange", "pink", "purple", "red")

SUPPLEMENT: dict[str, Macro] = {
    **packages.PACKAGES,
    **{name: Macro(f"\\textcolor{{{name}}}{{#1}}", 1) for name in _COLORS},
    **{name: Macro(body) for name, body in _SAME.items()},
    **{name: Macro(f"\\mathop{{{body}}}\\limits") for name, body in _OPERATORS.items()},
    **{
        name: Macro(f"\\TextOrMath{{\\({{{body}}}\\)}}{{{{{body}}}}}")
        for name, body in _LOGOS.items()
    },
    "intop": Macro("\\mathop{\\int}"),
    "det": Macro("\\operatorname*{det}"),
    "smallint": Macro("\\mathop{\\textstyle\\int}\\nolimits"),
    "vcenter": Macro("\\begin{darray}{@{}c@{}}#1\\end{darray}", 1),
    "xrightleftarrows": Macro("\\xtofrom[#1]{#2}", 2, ""),
    "fbox": Macro("\\boxed{\\text{#1}}", 1),
    "xrightequilibrium": Macro("\\xrightleftharpoons[#1]{#2}", 2, ""),
    "xleftequilibrium": Macro("\\xleftrightharpoons[#1]{#2}", 2, ""),
    "message": Macro("", 1),
    "EnableBpAbbreviations": Macro(""),
    # How far an index of a root is moved.
    **dict.fromkeys(("uproot", "leftroot"), Macro("", 1)),
    **dict.fromkeys(("nicefrac", "sfrac"), Macro("{}^{#1}\\!/\\!{}_{#2}", 2)),
    "errmessage": Macro("", 1),
    "@firstoftwo": Macro("#1", 2),
    "@secondoftwo": Macro("#2", 2),
    "@ifstar": Macro("\\@ifnextchar*{\\@firstoftwo{#1}}{#2}", 2),
    "cancelto": Macro("{\\cancel{#2}}^{#1}", 2),
    "overunderset": Macro("\\overset{#1}{\\underset{#2}{#3}}", 3),
    "ensuremath": Macro("#1", 1),
    "mathnormal": Macro("{#1}", 1),
    "substack": Macro("\\begin{subarray}{c}#1\\end{subarray}", 1),
}
"""By name without backslash. A site's and a note's macros win over these."""

ENVIRONMENTS: dict[str, UserEnvironment] = {
    f"{sign}smallmatrix": UserEnvironment(
        Macro(f"\\left{opening}\\begin{{smallmatrix}}"), f"\\end{{smallmatrix}}\\right{closing}"
    )
    for sign, opening, closing in (
        ("p", "(", ")"), ("b", "[", "]"), ("B", "\\{", "\\}"), ("v", "\\lvert", "\\rvert"),
        ("V", "\\lVert", "\\rVert"),
    )
} | packages.ENVIRONMENTS  # fmt: skip
"""The environments of mathtools that no engine knows; a note's own win over these."""

CHARACTERS: dict[str, str] = {
    "∅": "\\emptyset ", "√": "\\sqrt ", "…": "\\ldots ", "⋯": "\\cdots ", "′": "'", "″": "''",
    "’": "'", "∛": "\\sqrt[3] ", "∜": "\\sqrt[4] ",
    "⊤": "\\top ", "∠": "\\angle ", "∡": "\\measuredangle ", "∢": "\\sphericalangle ",
    "∴": "\\therefore ", "∵": "\\because ", "Γ": "\\Gamma ", "Δ": "\\Delta ", "Θ": "\\Theta ",
    "Λ": "\\Lambda ", "⊥": "\\perp ", "Ξ": "\\Xi ", "Π": "\\Pi ", "Σ": "\\Sigma ",
    "Υ": "\\Upsilon ", "Φ": "\\Phi ", "Ψ": "\\Psi ",
    "Ω": "\\Omega ", "−": "-", "\u00a0": "~", "\u2009": "\\,", "\u200b": "", "\ufeff": "",
    "\u2061": "", "\u2062": "", "\u2063": "",
}  # fmt: skip
"""Characters that an engine refuses or misreads when they stand for themselves, as TeX."""

_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ", "0123456789+-n")
_LOWERED = str.maketrans("₀₁₂₃₄₅₆₇₈₉₊₋", "0123456789+-")
_SPECIAL = pattern(
    f"(?P<raised>[{''.join(map(chr, _RAISED))}]+)"
    f"|(?P<lowered>[{''.join(map(chr, _LOWERED))}]+)"
    f"|[{''.join(CHARACTERS)}]"
)


def spelled_out(token: Token) -> list[Token]:
    """The run of characters `token`, with TeX for those that cannot stand for themselves."""
    is_source = token.end - token.start == len(token.text)
    pieces: list[Token] = []
    end = 0
    for match in _SPECIAL.finditer(token.text):
        pieces.append(_part(token, end, match.start(), is_source=is_source))
        place = _part(token, match.start(), match.end(), is_source=is_source)
        pieces.extend(place.replaced(part.text) for part in tokenize(_as_tex(match)))
        end = match.end()
    pieces.append(_part(token, end, len(token.text), is_source=is_source))
    return [piece for piece in pieces if piece.text]


def _as_tex(match: re.Match[str]) -> str:
    if match["raised"]:
        return "^{" + match["raised"].translate(_RAISED) + "}"
    if match["lowered"]:
        return "_{" + match["lowered"].translate(_LOWERED) + "}"
    return CHARACTERS[match.group()]


def _part(token: Token, start: int, end: int, *, is_source: bool) -> Token:
    if not is_source:
        return token.replaced(token.text[start:end])
    return Token(token.text[start:end], token.start + start, token.start + end)


WELL_KNOWN: dict[str, str] = {
    "E": "\\mathbb{E}", "C": "\\mathbb{C}", "Q": "\\mathbb{Q}", "F": "\\mathbb{F}",
    "KL": "\\operatorname{KL}", "Var": "\\operatorname{Var}", "Cov": "\\operatorname{Cov}",
    "tr": "\\operatorname{tr}", "rank": "\\operatorname{rank}", "diag": "\\operatorname{diag}",
    "sign": "\\operatorname{sign}", "span": "\\operatorname{span}", "softmax":
    "\\operatorname{softmax}", "abs": "\\left|#1\\right|", "norm": "\\left\\lVert #1\\right\\rVert",
    "dv": "\\frac{d #1}{d #2}", "pdv": "\\frac{\\partial #1}{\\partial #2}", "dd": "\\mathrm{d}#1",
    "ip": "\\left\\langle #1, #2\\right\\rangle", "inner":
    "\\left\\langle #1, #2\\right\\rangle", "ceil": "\\left\\lceil #1\\right\\rceil", "floor":
    "\\left\\lfloor #1\\right\\rfloor", "ind": "\\mathbf{1}", "given": "\\mid", "iid":
    "\\overset{\\text{iid}}{\\sim}", "eps": "\\varepsilon", "T": "\\top",
}  # fmt: skip
"""Macros that people bring from their preambles: offered as a hint, never in force."""
