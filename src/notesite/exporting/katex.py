r"""What KaTeX has and LaTeX has not, by what comes nearest in amsmath, amssymb and mathtools.

The names are those of KaTeX's list of functions. A document that defines one of them keeps it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_SYMBOLS = r"""
lt < gt > infin \infty isin \in exist \exists empty \emptyset real \Re image \Im sdot \cdot
R \mathbb{R} N \mathbb{N} Z \mathbb{Z} Q \mathbb{Q} reals \mathbb{R} Reals \mathbb{R}
natnums \mathbb{N} Complex \mathbb{C} cnums \mathbb{C} bold \mathbf Bbb \mathbb frak \mathfrak
bm \boldsymbol mathsfit \mathsf ang \angle sub \subset sube \subseteq supe \supseteq plusmn \pm
larr \leftarrow rarr \rightarrow harr \leftrightarrow lrarr \leftrightarrow uarr \uparrow
darr \downarrow Larr \Leftarrow Rarr \Rightarrow Harr \Leftrightarrow Lrarr \Leftrightarrow
Uarr \Uparrow Darr \Downarrow lArr \Leftarrow rArr \Rightarrow hArr \Leftrightarrow
lrArr \Leftrightarrow uArr \Uparrow dArr \Downarrow Alpha \mathrm{A} Beta \mathrm{B}
Epsilon \mathrm{E} Zeta \mathrm{Z} Eta \mathrm{H} Iota \mathrm{I} Kappa \mathrm{K} Mu \mathrm{M}
Nu \mathrm{N} Omicron \mathrm{O} omicron o Rho \mathrm{P} Tau \mathrm{T} Chi \mathrm{X}
thetasym \vartheta alef \aleph alefsym \aleph weierp \wp clubs \clubsuit hearts \heartsuit
diamonds \diamondsuit spades \spadesuit lang \langle rang \rangle bull \bullet Dagger \ddagger
varvdots \vdots sixptsize {} notni \not\ni angln \rceil lBrace \{\!| rBrace |\!\}
oiint \oint\!\!\oint oiiint \oint\!\!\oint\!\!\oint degree \ensuremath{^{\circ}}
KaTeX \text{KaTeX} coloncolon \dblcolon colonequals \coloneqq coloncolonequals \Coloneqq
equalscolon \eqqcolon equalscoloncolon \Eqqcolon coloncolonapprox \Colonapprox
coloncolonsim \Colonsim colonminus \mathrel{\vcentcolon\mathrel{-}}
coloncolonminus \mathrel{\dblcolon\mathrel{-}} minuscolon \mathrel{-\vcentcolon}
minuscoloncolon \mathrel{-\dblcolon} simcolon \mathrel{\sim\vcentcolon}
simcoloncolon \mathrel{\sim\dblcolon} approxcolon \mathrel{\approx\vcentcolon}
approxcoloncolon \mathrel{\approx\dblcolon} origof \mathrel{\circ\!-\!\bullet}
imageof \mathrel{\bullet\!-\!\circ} argmax \operatorname*{arg\,max}
argmin \operatorname*{arg\,min} plim \operatorname*{plim}
hdashline \hline dotsx \dots sect \text{\S}
"""
"""Commands without arguments, each with what it stands for."""
_FUNCTIONS = ("sh", "ch", "th", "cth", "tg", "ctg", "cotg", "cosec", "arctg", "arcctg")
_ARROWS = {
    "xtwoheadrightarrow": r"\twoheadrightarrow", "xtwoheadleftarrow": r"\twoheadleftarrow",
    "xtofrom": r"\rightleftarrows", "xrightleftarrows": r"\rightleftarrows",
    "xrightequilibrium": r"\rightleftharpoons", "xleftequilibrium": r"\leftrightharpoons",
    "xlongequal": "=",
}  # fmt: skip
"""Arrows with words above and, in brackets, below."""
_OVER = {
    "widecheck": r"\check{#1}", "utilde": r"\underset{\sim}{#1}",
    "overlinesegment": r"\overline{#1}", "underlinesegment": r"\underline{#1}",
    "overgroup": r"\overbracket{#1}", "undergroup": r"\underbracket{#1}",
    "overrightharpoon": r"\overset{\rightharpoonup}{#1}",
    "overleftharpoon": r"\overset{\leftharpoonup}{#1}",
    "Overrightarrow": r"\overset{\Rightarrow}{#1}", "phase": r"\angle{#1}",
    "angl": r"\overline{#1}\!\rceil", "sout": r"\cancel{#1}",
    "bra": r"\langle#1\rvert", "ket": r"\lvert#1\rangle", "braket": r"\langle#1\rangle",
    "Bra": r"\left\langle#1\right\rvert", "Ket": r"\left\lvert#1\right\rangle",
    "Braket": r"\left\langle#1\right\rangle", "set": r"\{\,#1\,\}",
    "Set": r"\left\{\,#1\,\right\}", "mathreflectbox": r"\text{\reflectbox{$#1$}}",
}  # fmt: skip
_ENCLOSE = r"""\makeatletter
\providecommand{\enclose}[1]{\@ifnextchar[{\encloseas{#1}}{\encloseas{#1}[]}}
\long\def\encloseas#1[#2]#3{\in@{strike}{#1}\ifin@\cancel{#3}\else\boxed{#3}\fi}
\makeatother"""
r"""`\enclose` of MathJax: what is struck out, and what stands in a box of any form."""
_OF_PAGES = ("class", "cssId", "style", "htmlClass", "htmlData", "htmlId", "htmlStyle")
"""Commands that say something to a browser alone, about their second argument."""
_OF_TEXT = ("TeX", "LaTeX")
"""Signs that LaTeX sets in text alone."""


def _all() -> dict[str, str]:
    words = _SYMBOLS.split()
    found = {name: f"{{{body}}}" for name, body in zip(words[::2], words[1::2], strict=True)}
    found |= dict.fromkeys(_OF_PAGES, "[2]{#2}")
    found["bbox"] = r"[2][]{\boxed{#2}}"
    found |= {name: f"{{\\operatorname{{{name}}}}}" for name in _FUNCTIONS}
    for name, sign in _ARROWS.items():
        found[name] = f"[2][]{{\\mathrel{{\\overset{{#2}}{{\\underset{{#1}}{{{sign}}}}}}}}}"
    return found | {name: f"[1]{{{body}}}" for name, body in _OVER.items()}


_DEFINITIONS = _all()


def katex_definitions(used: Iterable[str]) -> list[str]:
    """Definitions of those of these commands that LaTeX may lack."""
    lines = []
    for name in sorted(used):
        if name in _DEFINITIONS:
            lines.append(f"\\providecommand{{\\{name}}}{_DEFINITIONS[name]}")
        elif name == "enclose":
            lines.append(_ENCLOSE)
        elif name in _OF_TEXT:
            kept = f"\\textof{name}"
            shown = f"\\renewcommand{{\\{name}}}{{\\text{{{kept}}}}}"
            lines.append(f"\\let{kept}\\{name}{shown}")
    return lines
