"""How symbols and commands are said in plain text; the tables of `readable`."""

from __future__ import annotations

from notesite.patterns import pattern

_FUNCTION_NAMES = """
    Pr arccos arcctg arcsin arctan arctg arg cos cosec cosh cot cotg coth csc ctg cth deg det dim
    exp gcd hom inf ker lg lim liminf limsup ln log max min plim sec sin sinh sup tan tanh tg th
"""
FUNCTIONS: dict[str, str] = {name: name for name in _FUNCTION_NAMES.split()} | {
    "liminf": "lim inf", "limsup": "lim sup", "argmin": "arg min", "argmax": "arg max",
}  # fmt: skip
"""The names of functions, which stand apart from what is around them."""

_SILENT_NAMES = """
    middle big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr Biggl Biggr bigm Bigm displaystyle
    textstyle scriptstyle scriptscriptstyle limits nolimits notag nonumber rm bf it cal sf tt relax
    hline hdashline centering ! mathstrut strut tiny scriptsize footnotesize small normalsize large
    Large LARGE huge Huge begingroup endgroup smash llap rlap clap mathllap mathrlap mathclap mathop
    mathrm mathit mathsf mathtt mathbf bm boldsymbol pmb
"""
SIGNS: dict[str, str] = {
    **dict.fromkeys(_SILENT_NAMES.split(), ""),
    ",": " ", ":": " ", ";": " ", " ": " ", "quad": " ", "qquad": " ", "\\": " ; ",
    "surd": "√",
    "dots": "…", "ldots": "…", "cdots": "⋯", "dotsb": "⋯", "dotsc": "…", "bmod": " mod ",
    "mid": " | ", "lbrace": "{", "rbrace": "}", "colon": ": ", "iff": " ⟺ ", "implies": " ⟹ ",
    "impliedby": " ⟸ ", "setminus": "∖", "backslash": "\\", "empty": "∅", "emptyset": "∅",
    "enspace": " ", "thinspace": " ", "nobreakspace": " ", "newline": " ; ", "cr": " ; ", "-": "",
    "{": "{", "}": "}", "%": "%", "&": "&", "#": "#", "$": "$", "_": "_", "|": "‖", "/": "",
}  # fmt: skip
"""Commands without arguments that are said otherwise than they are drawn, or not at all."""

ACCENTS: dict[str, str] = {
    "hat": "\u0302", "widehat": "\u0302", "tilde": "\u0303", "widetilde": "\u0303",
    "bar": "\u0304", "overline": "\u0305", "vec": "\u20d7", "dot": "\u0307", "ddot": "\u0308",
    "check": "\u030c", "breve": "\u0306", "acute": "\u0301", "grave": "\u0300",
    "mathring": "\u030a", "underline": "\u0332",
}  # fmt: skip
"""Accents, as characters that combine with the one before."""

DROPPED: dict[str, int] = {
    "label": 1, "tag": 1, "phantom": 1, "hphantom": 1, "vphantom": 1, "hspace": 1, "mspace": 1,
    "color": 1, "vspace": 1, "rule": 2, "sisetup": 1,
    "DeclareMathOperator": 2, "require": 1, "ref": 1, "eqref": 1,
    "cref": 1, "Cref": 1, "autoref": 1,
}  # fmt: skip
"""Commands that are not said, by how many arguments go with them."""

LABELLED: dict[str, str] = {
    "xrightarrow": "→", "xleftarrow": "←", "xleftrightarrow": "↔", "xRightarrow": "⇒",
    "xLeftarrow": "⇐", "xLeftrightarrow": "⇔", "xmapsto": "↦", "xhookrightarrow": "↪",
    "xhookleftarrow": "↩", "xrightleftharpoons": "⇌", "xleftrightharpoons": "⇋",
    "xrightleftarrows": "⇄", "xtofrom": "⇄", "xrightequilibrium": "⇌", "xleftequilibrium": "⇋",
    "xlongequal": "=", "xtwoheadrightarrow": "↠",
}  # fmt: skip
"""Arrows with labels, which are said before an arrow to the right and left out else."""

SPECIFIED = frozenset({"array", "subarray", "darray", "alignat", "alignedat", "alignat*"})
"""The environments whose name a description of columns follows."""

_LOOSE = "=<>⊢⊨⊣⊩⊊⊑⊒≔≜≍≲≳↔↪↠≤≥≠≈≡∼≃≅∈∉⊂⊆⊃⊇→←↦⟶⇒⟹⟺⇔⟸≪≫∝"
LOOSE: dict[str, str] = {relation: f" {relation} " for relation in _LOOSE}
"""The relations that read better with a blank on either side."""

_RAISED = str.maketrans("0123456789+-=()niT*′−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱᵀ*′⁻")
_LOWERED = str.maketrans("0123456789+-=()aeijknmprstuvx−", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑᵢⱼₖₙₘₚᵣₛₜᵤᵥₓ₋")
_CAN_RAISE = pattern(r"[0-9+\-−=()niT*′]+")
_CAN_LOWER = pattern(r"[0-9+\-−=()aeijknmprstuvx]+")
_WORD = pattern(r"[^\W\d_]{2}")
_TIGHT = pattern(r" ?([^\w\s(),]) ")
_ATOM = pattern(r"\w*|\S")
_FACTOR = pattern(r"[^\s+\-−=<>,/·⋯±∓]*")
_WHOLE_SCRIPTS = {"∘": "°", "∗": "*", "⊤": "ᵀ", "†": "†", "′": "′", "*": "*"}


def raised(script: str) -> str:
    """A superscript, in small characters where Unicode has them."""
    if script in _WHOLE_SCRIPTS:
        return _WHOLE_SCRIPTS[script]
    script = _TIGHT.sub(r"\1", script)
    if _CAN_RAISE.fullmatch(script) and not _WORD.search(script):
        return script.translate(_RAISED)
    return f"^{_bracketed(script)}"


def lowered(script: str) -> str:
    """A subscript, in small characters where Unicode has them."""
    script = _TIGHT.sub(r"\1", script)
    if _CAN_LOWER.fullmatch(script) and not _WORD.search(script):
        return script.translate(_LOWERED)
    return f"_{_bracketed(script)}"


def _bracketed(script: str) -> str:
    return script if _ATOM.fullmatch(script) else f"({script})"


def as_factor(text: str) -> str:
    """The text, in parentheses where it would fall apart beside a stroke or root."""
    return text if _FACTOR.fullmatch(text) else f"({text})"
