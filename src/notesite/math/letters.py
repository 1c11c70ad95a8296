r"""Upright Greek letters by the names of upgreek, words in italics, alphabets no engine knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notesite.math.engines.alphabets import in_alphabet
from notesite.math.reading import Frame, Wrapped

if TYPE_CHECKING:
    from notesite.math.reader import FormulaReader
    from notesite.math.tex import Token

_LETTERS = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ϵ", "zeta": "ζ", "eta": "η",
    "theta": "θ", "iota": "ι", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ",
    "omicron": "ο", "pi": "π", "rho": "ρ", "sigma": "σ", "tau": "τ", "upsilon": "υ", "phi": "ϕ",
    "chi": "χ", "psi": "ψ", "omega": "ω", "varepsilon": "ε", "vartheta": "ϑ", "varpi": "ϖ",
    "varrho": "ϱ", "varsigma": "ς", "varphi": "φ",
}  # fmt: skip
_CAPITALS = {
    "gamma": "Γ", "delta": "Δ", "theta": "Θ", "lambda": "Λ", "xi": "Ξ", "pi": "Π", "sigma": "Σ",
    "upsilon": "Υ", "phi": "Φ", "psi": "Ψ", "omega": "Ω",
}  # fmt: skip

UPRIGHT: dict[str, str] = {
    **{f"up{name}": letter for name, letter in _LETTERS.items()},
    **{f"Up{name}": letter for name, letter in _CAPITALS.items()},
}
"""The letters by their commands."""


def upright(reader: FormulaReader, token: Token) -> None:
    """An upright letter: browsers slant a lone one unless it says that it is not."""
    letter = f'<mi mathvariant="normal">{UPRIGHT[token.name]}</mi>'
    if reader.inside("text"):
        reader.emit(token.replaced(UPRIGHT[token.name]))
    else:
        reader.emit_hole(Wrapped(letter, (), ""), token)


def italic(reader: FormulaReader, token: Token) -> None:
    r"""`\mathit`, which unlike the italics of formulas sets a word as a word: no gap in `diff`."""
    content = reader.stream.argument()
    word = "".join(part.text for part in content if not part.is_space)
    if len(word) > 1 and word.isascii() and word.isalpha() and not reader.inside("text"):
        reader.push_text(f"\\textit{{{word}}}", token)
        return
    reader.emit(token, token.replaced("{"))
    reader.frames.append(Frame("{", token))
    reader.stream.push([*content, token.replaced("}")])


ALPHABETS: dict[str, str] = {
    **dict.fromkeys(("mathsfit", "symsfit"), "sans-serif-italic"),
    **dict.fromkeys(("mathbfsf", "symbfsf", "mathbfsfup", "symbfsfup"), "bold-sans-serif"),
    **dict.fromkeys(("mathbfsfit", "symbfsfit"), "sans-serif-bold-italic"),
    **dict.fromkeys(("mathbffrak", "symbffrak"), "bold-fraktur"),
}
"""The alphabets by their commands, of unicode-math mostly."""


def in_one_alphabet(reader: FormulaReader, token: Token) -> None:
    """Letters and digits in an alphabet."""
    content = reader.stream.argument()
    written = "".join(part.text for part in content if not part.is_space)
    if not (written.isascii() and written.isalnum()):
        message = f"'{token.text}' works only for letters and digits"
        reader.problem("math-unsupported", message, token)
        return
    variant = ALPHABETS[token.name]
    shown = "".join(f"<mi>{in_alphabet(letter, variant)}</mi>" for letter in written)
    reader.emit_hole(Wrapped(f"<mrow>{shown}</mrow>", (), ""), token)
