r"""The macros of the LaTeX package physics: the set `physics`, and what `\require{physics}` loads.

What it makes of LaTeX's own commands, such as parentheses that grow behind `\sin`, is left out.
"""

from __future__ import annotations

from notesite.math.values import Macro


def _derivative(sign: str, description: str) -> Macro:
    return Macro(sign, description=description, form="derivative")


def _matrix(name: str, description: str) -> Macro:
    return Macro(f"\\begin{{{name}}}#1\\end{{{name}}}", 1, description=description)


_BRACKETS = {
    "qty": Macro("#1", 1, description="delimiters as large as what they hold", form="quantity"),
    "pqty": Macro("\\left(#1\\right)", 1, description="in parentheses"),
    "bqty": Macro("\\left[#1\\right]", 1, description="in brackets"),
    "vqty": Macro("\\left|#1\\right|", 1, description="between bars"),
    "Bqty": Macro("\\left\\{#1\\right\\}", 1, description="in braces"),
    "eval": Macro("\\left. #1 \\right|", 1, description="value at a place"),
    "order": Macro("\\mathcal{O}\\left(#1\\right)", 1, description="order of magnitude"),
    "comm": Macro("\\left[ #1, #2 \\right]", 2, description="commutator"),
    "acomm": Macro("\\left\\{ #1, #2 \\right\\}", 2, description="anticommutator"),
    "pb": Macro("\\left\\{ #1, #2 \\right\\}", 2, description="Poisson bracket"),
}
_CALCULUS = {
    "dd": Macro("\\mathop{}\\!\\mathrm{d}#1", 1, description="differential"),
    "dv": _derivative("\\mathrm{d}", "derivative"),
    "pdv": _derivative("\\partial", "partial derivative"),
    "fdv": _derivative("\\delta", "functional derivative"),
    "grad": Macro("\\boldsymbol{\\nabla}", description="gradient"),
    "divergence": Macro("\\boldsymbol{\\nabla}\\cdot", description="divergence"),
    "curl": Macro("\\boldsymbol{\\nabla}\\times", description="curl"),
    "laplacian": Macro("\\nabla^2", description="Laplace operator"),
    "vdot": Macro("\\boldsymbol{\\cdot}", description="inner product of vectors"),
    "cross": Macro("\\boldsymbol{\\times}", description="outer product of vectors"),
}
_VECTORS = {
    "vb": Macro("\\mathbf{#1}", 1, description="vector"),
    "va": Macro("\\vec{\\mathbf{#1}}", 1, description="vector, with an arrow"),
    "vu": Macro("\\hat{\\mathbf{#1}}", 1, description="unit vector"),
    "Tr": Macro("\\operatorname{Tr}", description="trace"),
    "tr": Macro("\\operatorname{tr}", description="trace"),
    "rank": Macro("\\operatorname{rank}", description="rank"),
    "Res": Macro("\\operatorname{Res}", description="residue"),
    "erf": Macro("\\operatorname{erf}", description="error function"),
    "mqty": _matrix("matrix", "matrix without delimiters"),
    "pmqty": _matrix("pmatrix", "matrix in parentheses"),
    "bmqty": _matrix("bmatrix", "matrix in brackets"),
    "vmqty": _matrix("vmatrix", "determinant"),
    "mdet": _matrix("vmatrix", "determinant"),
    "smqty": _matrix("smallmatrix", "small matrix"),
}
_STATES = {
    "ev": Macro("\\left\\langle #1 \\right\\rangle", 1, description="expectation value"),
    "ketbra": Macro(
        "\\left| #1 \\middle\\rangle\\!\\middle\\langle #2 \\right|", 2, description="outer product"
    ),
    "mel": Macro(
        "\\left\\langle #1 \\middle| #2 \\middle| #3 \\right\\rangle", 3,
        description="matrix element",
    ),
    "braket": Macro("\\middle|", 1, description="inner product of states", form="bracket"),
}  # fmt: skip

_WORDS = ("if", "then", "else", "otherwise", "unless", "given", "using", "assume", "since", "let",
          "for", "all", "even", "odd", "integer", "and", "or", "as", "in")  # fmt: skip

_NAMED = {**_BRACKETS, **_CALCULUS, **_VECTORS, **_STATES}

_LONG_NAMES = {
    "quantity": "qty", "evaluated": "eval", "commutator": "comm", "anticommutator": "acomm",
    "poissonbracket": "pb", "differential": "dd", "derivative": "dv", "partialderivative": "pdv",
    "functionalderivative": "fdv", "gradient": "grad", "dotproduct": "vdot",
    "crossproduct": "cross", "cp": "cross", "vectorbold": "vb", "vectorarrow": "va",
    "vectorunit": "vu", "trace": "tr", "Trace": "Tr", "Residue": "Res", "matrixquantity": "mqty",
    "matrixdeterminant": "mdet", "expval": "ev", "expectationvalue": "ev", "dyad": "ketbra",
    "outerproduct": "ketbra", "op": "ketbra", "matrixel": "mel", "matrixelement": "mel",
    "innerproduct": "braket", "ip": "braket",
}  # fmt: skip

PHYSICS: dict[str, Macro] = {
    **_NAMED,
    **{long: _NAMED[short] for long, short in _LONG_NAMES.items()},
    **{
        f"q{word}": Macro(f"\\quad\\text{{{word}}}\\quad", description=f"the word '{word}'")
        for word in _WORDS
    },
    "qq": Macro("\\quad\\text{#1}\\quad", 1, description="words between formulas"),
    "qcc": Macro("\\quad\\text{c.c.}\\quad", description="the complex conjugate"),
}
"""By name without backslash."""
