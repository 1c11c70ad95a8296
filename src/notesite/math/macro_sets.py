r"""Sets of macros that a site may choose by name, in `[math] macro_sets`.

None is in force by default: the names are common, but not the same to everyone. LaTeX's and
KaTeX's own commands need no set.
"""

from __future__ import annotations

from notesite.math.physics import PHYSICS
from notesite.math.values import Macro

_BLACKBOARD = {
    letter: (f"\\mathbb{{{letter}}}", description)
    for letter, description in {
        "N": "the natural numbers", "Z": "the integers", "Q": "the rational numbers",
        "R": "the real numbers", "C": "the complex numbers", "F": "a field",
        "K": "a field, real or complex", "T": "the torus",
    }.items()
}  # fmt: skip

_NAMES = {
    "tr": "trace", "Tr": "trace", "rank": "rank", "diag": "diagonal matrix", "sign": "sign",
    "sgn": "sign", "spn": "linear span", "im": "image", "coker": "cokernel", "id": "identity",
    "Hom": "homomorphisms", "End": "endomorphisms", "Aut": "automorphisms", "supp": "support",
    "dom": "domain", "vol": "volume", "dist": "distance", "conv": "convex hull",
    "vect": "vectorisation", "adj": "adjugate", "Spec": "spectrum", "Gal": "Galois group",
}  # fmt: skip

_PROBABILITY = {
    "E": ("\\mathbb{E}", "expectation"),
    "Prob": ("\\mathbb{P}", "probability"),
    "Var": ("\\operatorname{Var}", "variance"),
    "Cov": ("\\operatorname{Cov}", "covariance"),
    "Corr": ("\\operatorname{Corr}", "correlation"),
    "KL": ("\\operatorname{KL}", "Kullback–Leibler divergence"),
    "Ent": ("\\operatorname{H}", "entropy"),
    "ind": ("\\mathbf{1}", "indicator function"),
    "given": ("\\mid", "conditioned on"),
    "iid": ("\\overset{\\text{iid}}{\\sim}", "independent and identically distributed as"),
    "indep": ("\\perp\\!\\!\\!\\perp", "independent of"),
}

_LEARNING = {
    "softmax": ("\\operatorname{softmax}", "softmax"),
    "relu": ("\\operatorname{ReLU}", "rectified linear unit"),
    "sigmoid": ("\\operatorname{\\sigma}", "logistic function"),
    "loss": ("\\mathcal{L}", "loss"),
    "data": ("\\mathcal{D}", "data set"),
    "normal": ("\\mathcal{N}", "normal distribution"),
    "T": ("\\top", "transpose, as an exponent"),
    "eps": ("\\varepsilon", "a small number"),
}


def _pair(opening: str, closing: str, description: str) -> Macro:
    body = f"{opening} #1 {closing}"
    return Macro(body, 1, description=description, delimiters=(opening, closing), form="paired")


_DELIMITERS = {
    "abs": _pair("\\lvert", "\\rvert", "absolute value"),
    "norm": _pair("\\lVert", "\\rVert", "norm"),
    "ceil": _pair("\\lceil", "\\rceil", "least integer not below"),
    "floor": _pair("\\lfloor", "\\rfloor", "greatest integer not above"),
    "inner": Macro("\\left\\langle #1, #2 \\right\\rangle", 2, description="inner product"),
}


def _described(entries: dict[str, tuple[str, str]]) -> dict[str, Macro]:
    return {name: Macro(body, description=text) for name, (body, text) in entries.items()}


MACRO_SETS: dict[str, dict[str, Macro]] = {
    "blackboard": _described(_BLACKBOARD),
    "operators": {
        name: Macro(f"\\operatorname{{{name}}}", description=text) for name, text in _NAMES.items()
    },
    "delimiters": _DELIMITERS,
    "probability": _described(_PROBABILITY),
    "learning": _described(_LEARNING),
    "physics": PHYSICS,
}
"""The sets by name, each with its macros by name, without the backslash."""
