r"""Commands of LaTeX packages and of plain TeX that are short for others: macros always in force.

They are what MathJax, and so Obsidian, knows besides the commands of KaTeX: of mathtools, braket,
gensymb, unicode-math, esvect and plain TeX.
"""

from __future__ import annotations

from notesite.math.values import Macro, UserEnvironment

_SAME = {
    # mathtools
    "textllap": "\\llap", "textrlap": "\\rlap", "textclap": "\\clap",
    "crampedllap": "\\mathllap", "crampedrlap": "\\mathrlap", "crampedclap": "\\mathclap",
    "crampedsubstack": "\\substack", "adjustlimits": "", "nuparrow": "\\not\\uparrow",
    "ndownarrow": "\\not\\downarrow",
    # Letters by unicode-math's names
    "symrm": "\\mathrm", "symup": "\\mathrm", "mathbfup": "\\mathbf", "symbfup": "\\mathbf",
    "symit": "\\mathit", "symbb": "\\mathbb", "symfrak": "\\mathfrak", "symscr": "\\mathscr",
    "symcal": "\\mathcal", "symsf": "\\mathsf", "symsfup": "\\mathsf", "mathsfup": "\\mathsf",
    "symtt": "\\mathtt", "symbfit": "\\bm", "mathbfit": "\\bm", "symnormal": "",
    "mit": "\\mathit", "scr": "\\mathscr",
    # Units
    "ohm": "\\mathrm{\\Omega}", "celsius": "{}^\\circ\\mathrm{C}", "perthousand": "\\text{‰}",
    "micro": "\\text{µ}", "euro": "\\text{€}", "texteuro": "\\text{€}",
    "texttrademark": "\\text{™}", "textmu": "\\text{µ}", "textohm": "\\text{Ω}",
    # Others
    "centernot": "\\not", "vv": "\\overrightarrow", "Tiny": "\\tiny", "divsymbol": "\\div",
    "wideparen": "\\overparen", "overarc": "\\overparen", "oldstyle": "", "centercolon": "{:}",
    "hfilll": "", "nonscript": "", "bigtimes": "\\mathop{\\times}",
}  # fmt: skip

_ENVIRONMENTS_OF_PLAIN_TEX = {
    "matrix": "matrix", "pmatrix": "pmatrix", "cases": "cases*", "eqalign": "aligned",
    "displaylines": "gathered",
}  # fmt: skip
r"""By the command whose argument has rows: `\matrix{a & b \cr c & d}`."""

_LONG_ARROWS = {
    "longrightleftharpoons": "\\xrightleftharpoons", "longRightleftharpoons":
    "\\xrightleftharpoons", "longLeftrightharpoons": "\\xleftrightharpoons",
    "longleftrightarrows": "\\xrightleftarrows",
}  # fmt: skip

PACKAGES: dict[str, Macro] = {
    **{name: Macro(body) for name, body in _SAME.items()},
    **{
        name: Macro(f"\\begin{{{inner}}}#1\\end{{{inner}}}", 1)
        for name, inner in _ENVIRONMENTS_OF_PLAIN_TEX.items()
    },
    **dict.fromkeys(
        ("mathbfcal", "mathbfscr", "symbfcal", "symbfscr"), Macro("\\bm{\\mathcal{#1}}", 1)
    ),
    # MathJax's own, and those of mhchem
    "Rule": Macro("\\rule[-#3]{#1}{#2}", 3),
    "Space": Macro("\\hspace{#1}", 3),
    "refeq": Macro("\\ref{#1}", 1),
    "mathtoolsset": Macro("", 1),
    **dict.fromkeys(("eqalignno", "leqalignno"), Macro("\\begin{aligned}#1\\end{aligned}", 1)),
    **{name: Macro(f"{body}{{\\quad}}") for name, body in _LONG_ARROWS.items()},
    "mathmbox": Macro("{#1}", 1),
    "framebox": Macro("\\boxed{\\text{#2}}", 2, ""),
    "MoveEqLeft": Macro("\\kern#1em&\\kern-#1em{}", 1, "2"),
    "vdotswithin": Macro("\\vdots", 1),
    "shortvdotswithin": Macro("&\\vdots\\\\", 1),
    "xmathstrut": Macro("", 2, ""),
    "stackbin": Macro("\\mathbin{\\overset{#1}{#2}}", 2),
    "skew": Macro("#2{#3}", 3),
    "centerOver": Macro("{#1\\mathllap{#2}}", 2),
    "ketbra": Macro("\\vert{#1}\\rangle\\langle{#2}\\vert", 2),
    "Ketbra": Macro("\\left|{#1}\\middle\\rangle\\middle\\langle{#2}\\right|", 2),
}
"""By name without backslash."""

_MATRICES = ("smallmatrix", "psmallmatrix", "bsmallmatrix", "Bsmallmatrix", "vsmallmatrix",
             "Vsmallmatrix")  # fmt: skip

ENVIRONMENTS: dict[str, UserEnvironment] = {
    "spreadlines": UserEnvironment(Macro("", 1), ""),
    "crampedsubarray": UserEnvironment(Macro("\\begin{subarray}"), "\\end{subarray}"),
    **{
        f"{name}*": UserEnvironment(Macro(f"\\begin{{{name}}}"), f"\\end{{{name}}}")
        for name in _MATRICES
    },
}
"""Environments that are others by another name."""
