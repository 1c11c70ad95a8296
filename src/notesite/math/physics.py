r"""The macros of the LaTeX package physics: the set `physics`, what `\require{physics}` loads."""

from __future__ import annotations

from notesite.math.values import Macro

PREFIX = "physics:"
"""What the names of its forms begin with; see `physics_forms`."""


def _form(name: str, description: str, body: str = "", default: str | None = None) -> Macro:
    return Macro(body, default=default, description=description, form=PREFIX + name)


def _between(
    opening: str, closing: str, description: str, *, before: str = "", arguments: int = 1
) -> Macro:
    delimiters = (opening, closing)
    form = f"{PREFIX}delimited"
    return Macro(before, arguments, description=description, delimiters=delimiters, form=form)


_BRACKETS = {
    "qty": _form("quantity", "delimiters as large as what they hold"),
    "pqty": _between("(", ")", "in parentheses"),
    "bqty": _between("[", "]", "in brackets"),
    "vqty": _between("|", "|", "between bars"),
    "Bqty": _between("\\{", "\\}", "in braces"),
    "abs": _between("|", "|", "absolute value"),
    "norm": _between("\\|", "\\|", "norm"),
    "eval": _form("evaluated", "value at a place"),
    "order": _between("(", ")", "order of magnitude", before="\\mathcal{O}"),
    "comm": _between("[", "]", "commutator", arguments=2),
    "acomm": _between("\\{", "\\}", "anticommutator", arguments=2),
}
_CALCULUS = {
    "dd": _form("differential", "differential", "\\mathrm{d}"),
    "var": _form("differential", "variation", "\\delta"),
    "diffd": Macro("\\mathrm{d}", description="the d of a differential"),
    "dv": _form("derivative", "derivative", "\\mathrm{d}"),
    "pdv": _form("derivative", "partial derivative", "\\partial"),
    "fdv": _form("derivative", "functional derivative", "\\delta"),
    "flatfrac": _form("flat-fraction", "fraction in a line"),
    "vnabla": Macro("\\boldsymbol{\\nabla}", description="nabla"),
    "grad": _form("applied", "gradient", "\\boldsymbol{\\nabla}"),
    "div": _form("applied", "divergence", "\\boldsymbol{\\nabla}\\cdot{}"),
    "curl": _form("applied", "curl", "\\boldsymbol{\\nabla}\\times{}"),
    "laplacian": _form("applied", "Laplace operator", "\\nabla^2"),
    "vdot": Macro("\\boldsymbol{\\cdot}", description="inner product of vectors"),
    "cross": Macro("\\boldsymbol{\\times}", description="outer product of vectors"),
}
_VECTORS = {
    "vb": _form("bold", "vector"),
    "va": _form("bold", "vector, with an arrow", "\\vec"),
    "vu": _form("bold", "unit vector", "\\hat"),
    "Res": _form("applied", "residue", "\\operatorname{Res}", default="{"),
    "pv": _form("applied", "principal value", "\\mathcal{P}"),
    "PV": _form("applied", "principal value", "\\operatorname{P.V.}"),
    "Re": _form("applied", "real part", "\\operatorname{Re}", default="{"),
    "Im": _form("applied", "imaginary part", "\\operatorname{Im}", default="{"),
    "real": Macro("\\mathfrak{R}", description="real part"),
    "imaginary": Macro("\\mathfrak{I}", description="imaginary part"),
    "rank": Macro("\\operatorname{rank}", description="rank"),
}
_STATES = {
    "bra": Macro("", 1, description="bra", delimiters=("\\langle", "|"), form=f"{PREFIX}state"),
    "ket": Macro("", 1, description="ket", delimiters=("|", "\\rangle"), form=f"{PREFIX}state"),
    "braket": _form("bracket", "inner product of states"),
    "ketbra": _form("dyad", "outer product"),
    "ev": _form("expectation", "expectation value"),
    "mel": _form("element", "matrix element"),
}
_MATRICES = {
    "mqty": _form("matrix", "matrix", "matrix"),
    "pmqty": _form("matrix", "matrix in parentheses", "matrix", default="p"),
    "bmqty": _form("matrix", "matrix in brackets", "matrix", default="b"),
    "vmqty": _form("matrix", "determinant", "matrix", default="v"),
    "smqty": _form("matrix", "small matrix", "smallmatrix"),
    "spmqty": _form("matrix", "small matrix in parentheses", "smallmatrix", default="p"),
    "sbmqty": _form("matrix", "small matrix in brackets", "smallmatrix", default="b"),
    "svmqty": _form("matrix", "small determinant", "smallmatrix", default="v"),
    "imat": _form("entries", "identity matrix", "i"),
    "zmat": _form("entries", "zero matrix", "z"),
    "xmat": _form("entries", "matrix of like entries", "x"),
    "pmat": _form("pauli", "Pauli matrix"),
    "dmat": _form("diagonal", "diagonal matrix", "d"),
    "admat": _form("diagonal", "antidiagonal matrix", "a"),
}

_FUNCTIONS = {
    "sine": "sin", "cosine": "cos", "tangent": "tan", "cosecant": "csc", "secant": "sec",
    "cotangent": "cot",
}  # fmt: skip
_KINDS = {"": "", "hyp": "h", "arc": "arc", "a": "a"}
_WITH_BRACKETS = (
    *("sin", "sinh", "arcsin", "asin", "cos", "cosh", "arccos", "acos", "tan", "tanh", "arctan"),
    *("atan", "csc", "csch", "arccsc", "acsc", "sec", "sech", "arcsec", "asec", "cot", "coth"),
    *("arccot", "acot", "exp", "log", "ln", "tr", "Tr", "erf"),
)


def _named(kind: str, short: str) -> str:
    return f"{short}h" if kind == "h" else f"{kind}{short}"


_OPERATORS = {
    **{name: _form("function", name, f"\\operatorname{{{name}}}") for name in _WITH_BRACKETS},
    "det": _form("function", "determinant", "\\operatorname*{det}"),
    "Pr": _form("function", "probability", "\\operatorname*{Pr}"),
    **{
        f"{kind}{long}": Macro(f"\\operatorname{{{_named(sign, short)}}}", description=long)
        for long, short in _FUNCTIONS.items()
        for kind, sign in _KINDS.items()
    },
    "exponential": Macro("\\exp", description="exponential function"),
    "logarithm": Macro("\\log", description="logarithm"),
    "naturallogarithm": Macro("\\ln", description="natural logarithm"),
    "determinant": Macro("\\operatorname*{det}", description="determinant"),
    "Probability": Macro("\\operatorname*{Pr}", description="probability"),
}

_WORDS = ("if", "then", "else", "otherwise", "unless", "given", "using", "assume", "since", "let",
          "for", "all", "even", "odd", "integer", "and", "or", "as", "in")  # fmt: skip

_TEXTS = {
    **{f"q{word}": _form("words", f"the word '{word}'", word) for word in _WORDS},
    "qq": _form("words", "words between formulas"),
    "qcc": _form("words", "the complex conjugate", "c.c."),
    "qcomma": Macro("{,}\\quad", description="a comma between formulas"),
}

_NAMED = {
    **_BRACKETS, **_CALCULUS, **_VECTORS, **_STATES, **_MATRICES, **_OPERATORS, **_TEXTS,
}  # fmt: skip

_LONG_NAMES = {
    "quantity": "qty", "evaluated": "eval", "commutator": "comm", "anticommutator": "acomm",
    "pb": "acomm", "poissonbracket": "acomm", "absolutevalue": "abs", "differential": "dd",
    "variation": "var", "derivative": "dv", "partialderivative": "pdv", "pderivative": "pdv",
    "functionalderivative": "fdv", "fderivative": "fdv", "gradient": "grad", "divergence": "div",
    "gradientnabla": "vnabla", "dotproduct": "vdot", "crossproduct": "cross", "cp": "cross",
    "vectorbold": "vb", "vectorarrow": "va", "vectorunit": "vu", "trace": "tr", "Trace": "Tr",
    "Residue": "Res", "principalvalue": "pv", "expval": "ev", "expectationvalue": "ev", "vev": "ev",
    "dyad": "ketbra", "outerproduct": "ketbra", "op": "ketbra", "matrixel": "mel",
    "matrixelement": "mel", "innerproduct": "braket", "ip": "braket", "matrixquantity": "mqty",
    "Pmqty": "pmqty", "matrixdeterminant": "vmqty", "mdet": "vmqty", "smallmatrixquantity": "smqty",
    "sPmqty": "spmqty", "smallmatrixdeterminant": "svmqty", "smdet": "svmqty",
    "identitymatrix": "imat", "xmatrix": "xmat", "zeromatrix": "zmat", "paulimatrix": "pmat",
    "diagonalmatrix": "dmat", "antidiagonalmatrix": "admat", "qqtext": "qq", "qc": "qcomma",
}  # fmt: skip

PHYSICS: dict[str, Macro] = {
    **_NAMED,
    **{long: _NAMED[short] for long, short in _LONG_NAMES.items()},
}
"""By name without backslash."""
